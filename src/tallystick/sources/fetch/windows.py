"""Stretches of days, halved until an answer about one fits on one page.

An answer that fits on one page cannot be cut short, and no row of it can be repeated or missed between pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True)
class Window:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last

    def halves(self) -> tuple[Window, Window]:
        middle = self.first + (self.last - self.first) // 2
        return Window(self.first, middle), Window(middle + timedelta(days=1), self.last)


def gathered(window: Window, ask: Callable[[Window], list[_T] | None]) -> list[_T]:
    """What `ask` gives for `window`; where it gives None, because there is too much, for its halves in turn."""
    rows = ask(window)
    if rows is not None:
        return rows
    return [row for half in window.halves() for row in gathered(half, ask)]
