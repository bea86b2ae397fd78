"""Figures in the cells of a page: short enough to read; the exact ones lie in the data behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.views.answer import figure
from tallystick.views.hidden import HIDDEN
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.words import Words

_SMALL = 10
_JOINED = re.compile(r"[a-z]+(_[a-z]+)+")
_NARROWED = re.compile(r"\b([a-z]+(?:_[a-z]+)*)=([\w.-]*\w)")
_CODE = re.compile(r"`([^`]+)`")
_AGENCIES = {"7012": "ICE", "7014": "CBP"}
_SCOPE = re.compile(rf"\b({'|'.join(_AGENCIES)})/FY(\d{{4}})\b")
_POWER = re.compile(r"\b10\^(\d+)")


def cell(value: object, unit: str, words: Words) -> str:
    """A cell as a page shows it: a share in per cent, a rate with one decimal, money with its cents.

    What nothing supports is *unknown*, what is not told *hidden*, in words; text without a unit stays as it is, or
    is `spaced`.
    """
    if value is None:
        return words("unknown")
    if value == HIDDEN:
        return words(HIDDEN)
    if unit == "share" and isinstance(value, int | float | Decimal):
        return f"{value:,.1%}"
    if unit and unit != "USD" and isinstance(value, float | Decimal):
        return f"{value:,.{_places(value)}f}"
    if isinstance(value, str) and not unit:
        return spaced(value)
    return str(value) if isinstance(value, date) else figure(value, unit)


def spaced(text: str) -> str:
    """`close_out` is said *close out*; whatever is no words joined by underscores stays as it is."""
    return text.replace("_", " ") if _JOINED.fullmatch(text) else text


def plain(text: str, words: Words) -> str:
    """A sentence without what only programs read: `agency=ICE` is *agency ICE*, 10^42 a number of zeros."""
    said = _NARROWED.sub(lambda found: f"{words(dimension_title(found[1]))} {spaced(found[2])}", text)
    said = _CODE.sub(lambda found: f"“{spaced(found[1])}”", said)
    said = _POWER.sub(lambda found: words("a 1 with {count} zeros", count=found[1]), said)
    return _SCOPE.sub(
        lambda found: words("{agency}'s fiscal year {year}", agency=_AGENCIES[found[1]], year=found[2]), said
    )


def told(row: Mapping[str, Any], column: str) -> Any:
    """The cell of a column as it is said: a month by its year and number, not by its first day."""
    value = row[column]
    if isinstance(value, str):
        return spaced(value)
    return f"{value:%Y-%m}" if column == "month" and isinstance(value, date) else value


def _places(value: float | Decimal) -> int:
    """None for a whole number, two below ten, else one."""
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return 0
    return 2 if abs(number) < _SMALL else 1
