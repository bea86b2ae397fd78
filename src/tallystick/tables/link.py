"""What may be said to be the same organisation. Never a name that is merely like another.

Expressions only: they run in whatever engine holds the rows.
"""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.nouns.source import WITHHELD

_LEGAL_FORMS = {
    "INCORPORATED": "INC",
    "CORPORATION": "CORP",
    "COMPANY": "CO",
    "LIMITED LIABILITY CO": "LLC",
    "LIMITED PARTNERSHIP": "LP",
    "LIMITED": "LTD",
}


def normalised(name: Any) -> Any:
    """The spelling under which one organisation's name is always found: capitals, no punctuation, short legal form.

    The legal form stays: an Inc. and an LLC of one name are two firms. `name` is a text expression; NULL and
    blank give NULL.
    """
    plain = name.upper().re_replace(r"[.,'’\"]", "").re_replace(r"[^\p{L}\p{N}&]+", " ").strip()
    for long, short in _LEGAL_FORMS.items():
        plain = plain.re_replace(rf"\b{long}\b", short)
    return plain.nullif("")


def canonical(rows: Any, by_uei: Any, by_name: Any) -> Any:
    """`rows` with `recipient`: by the register's UEIs, then its names, then UEI, CAGE, parent's UEI, then name.

    `rows` has recipient_name, recipient_uei, recipient_cage_code and recipient_parent_uei. `by_uei` says of a UEI
    (its column `name`) which curated recipient it is. `by_name` says it of a normalised name, and in `has_uei`
    whether the register knows UEIs of that recipient: then a row with another UEI is another firm of one name.
    A person's cells, withheld at ingest, give `withheld`.
    """
    spelt = rows.mutate(recipient_spelt=normalised(rows.recipient_name))
    known = by_uei.select(uei_listed="name", recipient_of_uei="recipient")
    named = by_name.select(name_listed="name", recipient_of_name="recipient", has_uei="has_uei")
    beside = spelt.left_join(known, spelt.recipient_uei == known.uei_listed).drop("uei_listed")
    beside = beside.left_join(named, beside.recipient_spelt == named.name_listed).drop("name_listed")
    another = beside.recipient_uei.notnull() & beside.has_uei
    schemes = {
        "uei": beside.recipient_uei,
        "cage": beside.recipient_cage_code,
        "parent": beside.recipient_parent_uei,
        "name": beside.recipient_spelt,
    }
    found = ibis.coalesce(
        beside.recipient_of_uei,
        ibis.ifelse(another, None, beside.recipient_of_name),
        *[ibis.literal(f"{scheme}:") + value for scheme, value in schemes.items()],
    )
    made = beside.mutate(recipient=ibis.ifelse(beside.recipient_name == WITHHELD, "withheld", found))
    return made.drop("recipient_spelt", "recipient_of_uei", "recipient_of_name", "has_uei")
