"""Calendar quarters as people write them: 2025Q3 is July to September 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tallystick.errors import UsageError
from tallystick.nouns.days import FIRST, LAST


@dataclass(frozen=True)
class Quarter:
    """Three months, from their `start` to their `end`, both included."""

    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def start(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        following = date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, 3 * self.number + 1, 1)
        return following - timedelta(days=1)

    @property
    def fiscal_year(self) -> int:
        """The federal fiscal year that it lies in: October to December begin the next."""
        return self.year + (self.number == 4)

    @property
    def fiscal_year_start(self) -> date:
        return date(self.fiscal_year - 1, 10, 1)


def quarter(written: str) -> Quarter:
    """The quarter as written. Raises `UsageError` when it is none."""
    found = re.fullmatch(r"(\d{4})-?[qQ]([1-4])", written.strip())
    if found is None:
        raise UsageError(
            f"'{written}' is not a quarter", next_step="write it as year and quarter, for example 2025Q3"
        )
    if not FIRST.year <= int(found[1]) <= LAST.year:
        raise UsageError(
            f"{written} is too far away to ask about", next_step=f"name one of {FIRST.year} to {LAST.year}"
        )
    return Quarter(int(found[1]), int(found[2]))


def last_whole(day: date) -> Quarter:
    """The last calendar quarter that was over on `day`."""
    now = Quarter(day.year, (day.month + 2) // 3)
    if day == now.end:
        return now
    return Quarter(now.year - 1, 4) if now.number == 1 else Quarter(now.year, now.number - 1)
