"""Forecast: what was said of units under way, and of a whole process, on a day; and how it turned out.

A unit is an agency's request, a contract, a recommendation: never a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

WITHIN = (7, 14, 30, 60)
"""The days ahead of which chances are told."""

LONGEST = WITHIN[-1]
"""Lengths are judged up to so many days ahead: then all are known, also of those that are never done."""

HEARD_WITHIN = 365
"""A unit that was last watched more days ago is not heard of any more: it is not told as under way."""

PARTS = (0.1, 0.5, 0.9)
"""Of which parts the days are told: the ends of an 80 percent interval, and its middle."""


@dataclass(frozen=True)
class Stay:
    """A stay at a stage as far as was known: from its entry, last watched on a day, `how` it ended as in spells.

    `length` are its days (None where its start is unknown), `after` those that had passed when it came to notice.
    `missing_from` is the first list that lacks it, where units stand on lists; None while the newest has it.
    """

    unit: str
    visit: int
    title: str | None
    state: str | None
    entered: date
    watched: date
    is_start_known: bool
    length: int | None
    after: int
    how: int
    is_open: bool
    left: date | None
    target_days: int | None
    target_calendar: str
    missing_from: date | None = None


@dataclass(frozen=True)
class Said:
    """What one method said of a unit: the chances of being done within `WITHIN` days, and the days for `PARTS`.

    Days are None where so large a part is never done, as far as can be told. `in_time` is the chance of meeting the
    target, None without one. `ends` are the chances below and up to each end of the interval, in whole days.
    """

    chances: tuple[float, ...]
    days: tuple[int | None, ...]
    in_time: float | None
    ends: tuple[float, ...] = (0.0, 0.0, 1.0, 1.0)


UNSAID = Said((), (None,) * len(PARTS), None)
"""Of a unit of which nothing can be said."""


@dataclass(frozen=True)
class Ahead:
    """A unit under way: since when, on which day last watched, until when it is to be done, and what was said.

    Chances and days count from `given_on`, where that is told: given that it was still under way on that day; else
    from the day on which it was last watched. `unknown` says why nothing is said of it; it is `heard_of` unless it
    was last watched too long before.
    """

    unit: str
    visit: int
    title: str | None
    state: str | None
    entered: date
    watched: date
    is_start_known: bool
    due: date | None
    model: Said
    naive: Said
    given_on: date | None = None
    unknown: str | None = None
    heard_of: bool = True

    @property
    def counts_from(self) -> date:
        """The day from which on chances and days count."""
        return self.given_on or self.watched


@dataclass(frozen=True)
class Flow:
    """How many units enter (`arrivals`) or leave (`completions`) within so many days: the parts of `PARTS`.

    The ends are the chances below and up to each end of the interval.
    """

    what: str
    within: int
    model: tuple[float, ...]
    naive: tuple[float, ...]
    model_ends: tuple[float, ...] = (0.0, 0.0, 1.0, 1.0)
    naive_ends: tuple[float, ...] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Forecast:
    """What was said of one stage of a process: from what was known of it on `day`, in an Edition, by a method.

    `stays` says of how many stays the method learned. Without flows nothing was told of what comes in. `last_entered`
    is the last day on which one is known to have come, `target_days` those of the target: None where nobody set one.
    """

    process: str
    stage: str
    day: date
    edition: str
    method: str
    stays: int
    units: tuple[Ahead, ...]
    flows: tuple[Flow, ...]
    last_entered: date | None = None
    target_days: int | None = None


@dataclass(frozen=True)
class Stored:
    """A forecast as it was kept, and the instant at which it was made: ahead, or of a past day afterwards."""

    forecast: Forecast
    made_at: datetime
    is_ahead: bool


@dataclass(frozen=True)
class Score:
    """What a method and the naive one lost, on average over `judged` figures of forecasts of `days` days.

    `measure` is Brier, pinball or inside (the share that lay inside the interval of 80 percent, which is no loss).
    `low` and `high` are the ends of the 95 percent interval over days: of the difference from the naive one, and of
    inside from 80 percent.
    """

    measure: str
    of: str
    judged: int
    days: int
    model: float
    naive: float
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """Whether the method beats the naive one; of inside whether its intervals are as wide as they say."""
        if self.low is None or self.high is None:
            return "too few days to tell"
        if self.measure == "inside":
            return "too wide" if self.low > 0 else "too narrow" if self.high < 0 else "as wide as it says"
        if self.high < 0:
            return "beats the naive one"
        return "is worse than the naive one" if self.low > 0 else "does not surely beat the naive one"


@dataclass(frozen=True)
class Became:
    """What was said of a unit on a past day, and what became of it: when it left, or that it ended otherwise."""

    said: Ahead
    left: date | None
    is_open: bool


@dataclass(frozen=True)
class Judged:
    """How forecasts turned out: the scores, and on which past days forecasts were made from what is `held_back`.

    Of a day on which one was kept that one is judged. `last` are the units of the last past day with several.
    """

    scores: tuple[Score, ...] = ()
    held_back: tuple[date, ...] = ()
    last: tuple[Became, ...] = ()
