"""Numbers that a sentence tells as a target, in the register of targets: who said it, when, and what is contested.

That a target was told is no figure, so nothing of it is judged: the entry is shown, and what would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tallystick.articles.quantity import Kind, Quantity
from tallystick.tables.registers import Register

_TOLD = re.compile(
    r"(?i)\b(?:targets?|targeted|goals?|quotas?|aims?|aimed|benchmarks?|objectives?|mandate[sd]?|told to|ordered to|"
    r"asked to|wants?|wanted|demand\w*|must|required?|fund(?:s|ed|ing)?|pledge\w*|promise\w*)\b"
)
_MEASURED = {
    "arrests": r"arrest|apprehen",
    "removals": r"remov|deport",
    "detained": r"\bbeds?\b|detention space",
    "inspections": r"inspect",
    "installation_days": r"install",
}


@dataclass(frozen=True)
class Aim:
    """An entry of the register of targets: its `number`, what it is `per`, what it `measures`, and what it `says`."""

    name: str
    number: Decimal
    per: str
    measures: str
    says: str
    settled_by: str


def aims_of(register: Register) -> tuple[Aim, ...]:
    """Each row of the register of targets."""
    rows = [dict(zip(register.columns, row, strict=True)) for row in register.rows]
    return tuple(
        Aim(
            str(row["target"]),
            Decimal(str(row["value_number"])),
            str(row["per"]),
            str(row["measured_by"]),
            _says(row),
            str(row["settled_by"]),
        )
        for row in rows
    )


def _says(row: Mapping[str, str | None]) -> str:
    of = f" on {row['said_date']}" if row["said_date"] else ""
    kind = "an official figure" if str(row["official"]) in ("yes", "True") else "as reported, in no official paper"
    against = f"; contested: {row['contested_because']}" if row["contested_because"] else ""
    return f"{row['what']}, said by {row['said_by']}{of}, {kind}{against}"


def aim_in(quantity: Quantity, text: str, aims: tuple[Aim, ...]) -> Aim | None:
    """The one target that the number is told as; None where the sentence tells of none, or of several."""
    if quantity.value is None or quantity.kind not in (Kind.RATE, Kind.COUNT) or not _TOLD.search(text):
        return None
    found = [
        one
        for one in aims
        if one.number == quantity.value
        and (quantity.kind is Kind.COUNT or one.per == quantity.per)
        and re.search(_MEASURED.get(one.measures, r"(?!)"), text, re.IGNORECASE)
    ]
    return found[0] if len(found) == 1 else None
