"""What may be said to be the same organisation. Never a name that is merely like another.

Expressions only: they run in whatever engine holds the rows.
"""

from __future__ import annotations

from typing import Any

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
