"""Fiscal years named in a question, as days."""

from __future__ import annotations

from datetime import date

from tallystick.errors import UsageError
from tallystick.nouns.metric import Values

FISCAL_YEAR = "fiscal_year"


def year_named(wanted: Values) -> tuple[date, date]:
    """The first and last day of the one federal fiscal year that a filter names. Raises `UsageError` for others."""
    named = [wanted] if isinstance(wanted, str) else wanted
    if len(named) != 1 or not named[0].isdecimal() or not date.min.year < int(named[0]) <= date.max.year:
        raise UsageError(
            f"{', '.join(named)} is not one fiscal year that has a year before",
            where=FISCAL_YEAR,
            next_step="name one year, such as 2025, or break down by fiscal_year",
        )
    year = int(named[0])
    return date(year - 1, 10, 1), date(year, 9, 30)


def earlier(day: date) -> date:
    """The same day one year before; the last of February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
