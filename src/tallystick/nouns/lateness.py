"""Lateness: a promised rhythm beside the releases that came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tallystick.nouns.source import Cadence


@dataclass(frozen=True)
class Gap:
    """Two releases with nothing between them, and how many promised ones would have fit there.

    They never came, or nobody collected them: what is archived here cannot tell.
    """

    after: date
    before: date
    missed: int


@dataclass(frozen=True)
class Lateness:
    """One promise about a source: whose it is (`promised_by`), how often, and what came of it as of `day`.

    `last` is the newest release that came, `last_day` the day it was put out or, where nobody said, speaks for.
    `expected_by` is the day by which the next is due. All three are None where nothing came or nothing is promised.
    `title` is what readers call the source.
    """

    source: str
    promised_by: str
    every: Cadence
    day: date
    last: str | None = None
    last_day: date | None = None
    expected_by: date | None = None
    gaps: tuple[Gap, ...] = ()
    title: str = ""

    @property
    def days_late(self) -> int:
        """Days since the next release was due; 0 while it is not."""
        return max(0, (self.day - self.expected_by).days) if self.expected_by else 0

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    @property
    def says(self) -> str:
        """A sentence to put beside a figure; empty while nothing is overdue. It does not change from day to day."""
        if not self.is_overdue:
            return ""
        return (
            f"{self.title or self.source} is overdue: the last release held, {self.last}, is of {self.last_day}, and "
            f"{self.promised_by} promised the next by {self.expected_by} ({self.every})"
        )
