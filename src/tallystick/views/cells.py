"""Figures in the cells of a page: short enough to read; the exact ones lie in the data behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.views.answer import figure
from tallystick.views.hidden import HIDDEN
from tallystick.views.words import Words

_SMALL = 10


def cell(value: object, unit: str, words: Words) -> str:
    """A cell as a page shows it: a share in per cent, a rate with one decimal, money with its cents.

    What nothing supports is *unknown*, what is not told *hidden*, in words; text without a unit stays as it is.
    """
    if value is None:
        return words("unknown")
    if value == HIDDEN:
        return words(HIDDEN)
    if unit == "share" and isinstance(value, int | float | Decimal):
        return f"{value:,.1%}"
    if unit and unit != "USD" and isinstance(value, float | Decimal):
        return f"{value:,.{_places(value)}f}"
    return str(value) if isinstance(value, date) else figure(value, unit)


def told(row: Mapping[str, Any], column: str) -> Any:
    """The cell of a column as it is said: a month by its year and number, not by its first day."""
    value = row[column]
    return f"{value:%Y-%m}" if column == "month" and isinstance(value, date) else value


def _places(value: float | Decimal) -> int:
    """None for a whole number, two below ten, else one."""
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return 0
    return 2 if abs(number) < _SMALL else 1
