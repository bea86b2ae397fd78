"""A kind of view: the options that a page may write under its name, and what it shows for them."""

from __future__ import annotations

from datetime import date

import msgspec

from tallystick.nouns.metric import Question, Values
from tallystick.nouns.written import Written
from tallystick.views.kinds.periods import period_of
from tallystick.views.shown import Shown
from tallystick.views.visit import Visit


class Kind(Written, frozen=True, kw_only=True):
    """The options of a view as people write them; a kind says what it shows for a visit."""

    title: str = ""

    def shown(self, visit: Visit) -> Shown:
        """What the view shows in the visit's Edition."""
        raise NotImplementedError


class Asking(Kind, frozen=True, kw_only=True):
    """A kind that asks one metric.

    `over` is a period in words, such as `the last 12 months` (see `periods`); `start` and `end` are days.
    """

    metric: str
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    by: list[str] = msgspec.field(default_factory=list)
    over: str = ""
    start: date | None = None
    end: date | None = None

    def question(self, day: date) -> Question:
        """The question, its period counted back from `day`. Raises `RecordError` for a period that is none."""
        start, end = period_of(self.over, day) if self.over else (self.start, self.end)
        return Question(self.metric, dict(self.where), tuple(self.by), start, end)
