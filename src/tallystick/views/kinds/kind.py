"""A kind of view: the options that a page may write under its name, and what it shows for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from tallystick.bench import Bench
from tallystick.nouns.metric import Question, Values
from tallystick.nouns.written import Written
from tallystick.views.kinds.periods import month_end, period_of
from tallystick.views.shown import Shown
from tallystick.views.visit import Visit


class Kind(Written, frozen=True, kw_only=True):
    """The options of a view as people write them; a kind says what it shows for a visit.

    `title` is its heading; where none is written, a kind gives one.
    """

    title: str = ""

    def shown(self, visit: Visit) -> Shown:
        """What the view shows in the visit's Edition."""
        raise NotImplementedError


class Asking(Kind, frozen=True, kw_only=True):
    """A kind that asks one metric.

    `over` is a period in words, such as `the last 12 months` (see `periods`), counted back from the last day that the
    metric's rows tell of; `from` and `to` are days, both inside the period. `day` is the one that a metric looks
    ahead from.
    """

    metric: str
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    over: str = ""
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    day: date | None = None

    def __post_init__(self) -> None:
        if self.over and (self.start or self.end):
            raise ValueError("a period is written as `over`, or as `from` and `to`, not as both")
        if self.over:
            period_of(self.over, date(2025, 1, 20))

    def question(self, bench: Bench, by: tuple[str, ...] = ()) -> Question:
        """The question in the bench's Edition."""
        question = Question(self.metric, dict(self.where), by, self.start, self.end, self.day)
        if not self.over:
            return question
        last = last_day(bench, question)
        start, end = period_of(self.over, last)
        if end == last and bench.metrics.metric(self.metric).on == "month":
            end = min(bench.day, month_end(end))  # a row of a month is of all of it, and has its first day
        return replace(question, start=start, end=end)


def last_day(bench: Bench, question: Question) -> date:
    """The last day that the rows behind a question tell of, and at most the day that the Edition speaks for."""
    span = bench.span(question)
    return min(bench.day, span[1]) if span and span[1] else bench.day
