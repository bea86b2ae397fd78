"""Periods in words, counted back from the day that an Edition speaks for."""

from __future__ import annotations

import re
from datetime import date

from tallystick.errors import RecordError

_LAST = re.compile(r"the last (\d+) months")
FISCAL_YEAR_BEGINS = 10


def period_of(words: str, day: date) -> tuple[date, date]:
    """The first and last day of `this fiscal year`, `the last N months` or `since YEAR-MONTH-DAY`, as of `day`.

    Months are whole ones: the month of `day` is the last of them. Raises `RecordError` for other words.
    """
    found = _LAST.fullmatch(words)
    if found:
        months = day.year * 12 + day.month - int(found[1])
        return date(months // 12, months % 12 + 1, 1), day
    if words == "this fiscal year":
        year = day.year if day.month >= FISCAL_YEAR_BEGINS else day.year - 1
        return date(year, FISCAL_YEAR_BEGINS, 1), day
    if words.startswith("since "):
        try:
            return date.fromisoformat(words.removeprefix("since ")), day
        except ValueError:
            pass
    raise RecordError(
        f"'{words}' is not a period",
        next_step="write 'this fiscal year', 'the last 12 months' or 'since 2025-01-20'",
    )
