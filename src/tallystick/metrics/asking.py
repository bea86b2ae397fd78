"""Asks an Edition: each SELECT is compiled once for all questions of its shape, their values are bound to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.shapes import Shape, shape_of
from tallystick.metrics.tally import Tally, told_apart
from tallystick.nouns.metric import Question
from tallystick.tables.statements import Statement, Value, Wording

Rows = list[dict[str, Any]]
Express = Callable[[Question], Any]
_MOST = 500


@dataclass(frozen=True)
class Asking:
    """What one Edition, that of `day`, says to questions; `run` gives the rows of a SELECT with its values."""

    metrics: Metrics
    run: Callable[[str, tuple[Value, ...]], Rows]
    dialect: str
    day: date

    def answered(self, question: Question) -> tuple[Rows, Tally | None, str]:
        """The rows, their tally where the same pass makes it, and the SELECT of the rows as people read it."""
        metric = self.metrics.metric(question.metric)
        shape = shape_of(metric, question)
        day = self.day if "day" in metric.takes else None
        plain = self._statement(f"answer of {day}", shape, lambda asked: self.metrics.expression(asked, day))
        told = plain.told(shape.values, self.dialect)
        if not metric.is_of_its_rows:
            return self.run(plain.sql, plain.bound(shape.values)), None, told
        both = self._statement(f"tallied of {day}", shape, lambda asked: self.metrics.tallied(asked, day))
        rows, tally = told_apart(self.run(both.sql, both.bound(shape.values)))
        return rows, tally, told

    def beside(self, what: str, question: Question, express: Express) -> Rows:
        """The few rows of what must be known beside answers. Many answers ask the same, so these are kept."""
        return self._kept(*self._bound(what, question, express))

    def behind(self, what: str, question: Question, express: Express) -> Rows:
        """The rows of what `express` makes of a question; `what` says which of the things that it may make."""
        return self.run(*self._bound(what, question, express))

    def shape(self, question: Question) -> Question:
        """The question with stand-ins for its values: what is so of it is so of every question of its shape."""
        return shape_of(self.metrics.metric(question.metric), question).question

    def _bound(self, what: str, question: Question, express: Express) -> tuple[str, tuple[Value, ...]]:
        shape = shape_of(self.metrics.metric(question.metric), question)
        statement = self._statement(what, shape, express)
        return statement.sql, statement.bound(shape.values)

    def _statement(self, what: str, shape: Shape, express: Express) -> Statement:
        told_by = self.metrics.told_of(self.metrics.metric(shape.question.metric).inputs)
        key, stand_ins = (what, shape.question, told_by), tuple(shape.values)
        wording = Wording(key, stand_ins, self.dialect, lambda: express(shape.question), repr(key))
        return self.metrics.graph.statement(wording)

    @cached_property
    def _kept(self) -> Callable[[str, tuple[Value, ...]], Rows]:
        return lru_cache(_MOST)(self.run)
