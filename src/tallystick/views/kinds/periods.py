"""Periods in words, counted back from the day that an Edition speaks for."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallystick.errors import RecordError

_LAST = re.compile(r"the last ([1-9]\d{0,3})( whole)? months")
FISCAL_YEAR_BEGINS = 10


def period_of(words: str, day: date) -> tuple[date, date]:
    """The first and last day of a period in words, as of `day`. Raises `RecordError` for other words.

    `this fiscal year`, `since YEAR-MONTH-DAY`, `the last N months` (the last of them is that of `day`, as far as it
    goes) and `the last N whole months` (those that were over by the end of `day`).
    """
    found = _LAST.fullmatch(words)
    if found:
        end = _whole(day) if found[2] else day
        months = end.year * 12 + end.month - int(found[1])
        return date(months // 12, months % 12 + 1, 1), end
    if words == "this fiscal year":
        return date(fiscal_year(day) - 1, FISCAL_YEAR_BEGINS, 1), day
    if words.startswith("since "):
        try:
            return date.fromisoformat(words.removeprefix("since ")), day
        except ValueError:
            pass
    raise RecordError(
        f"'{words}' is not a period",
        next_step="write 'this fiscal year', 'the last 12 months', 'the last 3 whole months' or 'since 2025-01-20'",
    )


def fiscal_year(day: date) -> int:
    """The federal fiscal year that a day lies in: it has the number of the calendar year that it ends in."""
    return day.year + (day.month >= FISCAL_YEAR_BEGINS)


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _whole(day: date) -> date:
    """The last day of the last month that was over by the end of `day`."""
    after = day + timedelta(days=1)
    return after.replace(day=1) - timedelta(days=1)
