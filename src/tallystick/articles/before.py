"""What is known of an article when a sentence of it is read: its day, and what the sentences before have said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tallystick.articles.vocabulary import Named


@dataclass(frozen=True)
class Window:
    """The days that a period is, both inside; `start` is None for a day that only ends something (`as of June 1`).

    `moment` is set for an edge of a longer time (`the end of 2024`). `certain` is false where the year or the end was
    taken from the article and not from the sentence.
    """

    start: date | None
    end: date
    certain: bool = True
    moment: bool = False

    @property
    def fiscal_year(self) -> str:
        """The fiscal year that it is; '' for another time."""
        start = self.start
        whole = start and (start.month, start.day) == (10, 1) and self.end == date(start.year + 1, 9, 30)
        return str(self.end.year) if whole else ""


@dataclass(frozen=True)
class Last:
    """What the sentence before said, for one that leans on it; through one that only went on, what that leant on.

    `text` is the whole, `left` its words without numbers, times and names; `windows` are its times (none where one
    of them is not told), `names` what it names, `nouns` what its numbers count and `per` what its last one is for.
    """

    text: str = ""
    left: str = ""
    windows: tuple[Window, ...] = ()
    names: tuple[Named, ...] = ()
    nouns: tuple[str, ...] = ()
    per: str = ""


@dataclass(frozen=True)
class Before:
    """The article's `day` (None where it tells none), the `year` named last, the last `window`, the `names` that may
    be left unsaid, the `last` sentence; what the last few said (`heard`) and when (`windows`), the newest first."""

    day: date | None = None
    year: int | None = None
    window: Window | None = None
    names: tuple[Named, ...] = ()
    last: Last = field(default_factory=Last)
    heard: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
