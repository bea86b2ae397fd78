"""Walks a figure back: the rows that stand behind it, table by table, and the releases that they lie in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ibis.expr.operations import Sort

from tallystick.metrics.asking import Asking
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Question
from tallystick.remembered import Remembered
from tallystick.sheets.fill import Span
from tallystick.tables.behind import rows_behind

Rows = Sequence[dict[str, Any]]
Tables = list[tuple[str, Any]]
"""Expressions over tables, by their names."""
_FEW = 100
"""How many rows behind a figure are remembered: those that a page shows, not those that somebody takes home."""


@dataclass(frozen=True)
class Origins:
    """What stands behind the answers of one Edition.

    `prepared` resolves a question and makes the tables of its metric ready; `asking` runs what is asked of the rows,
    compiled once for all questions of a shape; `remembered` is what was answered to such a question before.
    """

    metrics: Metrics
    edition: Edition
    prepared: Callable[[Question], Question]
    asking: Asking
    remembered: Callable[[Question], Remembered]
    _names: dict[tuple[str, Question], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, question: Question, limit: int) -> Rows:
        """The rows behind an answer, `limit` of each table; of several tables each row says which it stands in.

        Of a table that sums up many rows (awards, say) its own rows come first and then those that they were summed
        up from.
        """
        if limit > _FEW:
            return self._rows(question, limit)
        return list(self.remembered(question).recall(f"why {limit} {question}", lambda: self._rows(question, limit)))

    def counts(self, question: Question) -> Mapping[str, int]:
        """How many rows of each table `rows` has to give, in its order."""
        return dict(self.remembered(question).recall(f"counts {question}", lambda: self._counts(question)))

    def only_counted(self, question: Question) -> tuple[str, ...]:
        """The published tables behind an answer of which a row is about one person: these are never shown."""
        return tuple(sorted(self._published(question) & self._hidden))

    def releases(self, question: Question, guarded: bool = False) -> set[str]:
        """The ids of the releases that the rows lie in; all in force where no row says, or none may (`guarded`)."""
        if guarded:
            tables = self._published(question)
            return {part.release for part in self.edition.parts if part.table in tables}
        return set(self.remembered(question).recall(f"behind {question}", lambda: sorted(self._releases(question))))

    def span(self, question: Question) -> Span | None:
        """The first and last day of the rows that a question's filters let through; None when there are none."""
        told = self.remembered(question).recall(f"span {question}", lambda: self._span(question))
        return told and tuple(told)

    def _span(self, question: Question) -> Span | None:
        on = self.metrics.metric(question.metric).on

        def spanned(asked: Question) -> Any:
            rows = self.metrics.rows(asked)
            told = {"first": rows[on].min(), "last": rows[on].max()} if on else {}
            return rows.aggregate(rows=rows.count(), **told)

        asked = replace(self.prepared(question), by=(), start=None, end=None)
        (row,) = self.asking.behind("first and last day of rows", asked, spanned)
        return (row.get("first"), row.get("last")) if row["rows"] else None

    def _rows(self, question: Question, limit: int) -> Rows:
        rows = self._of_each(f"rows {limit}", question, self._tables, lambda its: its.limit(limit))
        if len(rows) == 1 and all("release_id" in row for row in rows[0][1]):
            return rows[0][1]
        return [{"table": name, **row} for name, its in rows for row in its]

    def _counts(self, question: Question) -> dict[str, int]:
        told = self._of_each("counts", question, self._tables, _counted)
        return {name: int(rows[0]["rows"]) for name, rows in told}

    def _releases(self, question: Question) -> set[str]:
        told = self._of_each("releases", question, self._placed, _places)
        if told:
            return {row["release_id"] for _, rows in told for row in rows}
        tables = self._published(question)
        return {part.release for part in self.edition.parts if part.table in tables}

    def _of_each(
        self, what: str, question: Question, tables: Callable[[Question], Tables], express: Callable[[Any], Any]
    ) -> list[tuple[str, Rows]]:
        """The rows of what `express` makes of each of the `tables` of a question, by name."""
        asked = self.prepared(question)
        key = tables.__name__, self.asking.shape(asked)
        if key not in self._names:
            told = self.metrics.graph.recall(f"{key} has", lambda: [name for name, _ in tables(key[1])])
            self._names[key] = tuple(told)
        return [
            (name, self.asking.behind(f"{what} of {place} of {key[0]}", asked, partial(_one, tables, place, express)))
            for place, name in enumerate(self._names[key])
        ]

    def _tables(self, asked: Question) -> Tables:
        (first, rows), *_ = self.metrics.tables(asked)
        placed = self._placed(asked)
        if [name for name, _ in placed] == [first]:
            return placed
        shown = [] if first in self._hidden else [(first, rows.order_by(list(rows.columns)))]
        return [*shown, *((name, its) for name, its in placed if name != first)]

    def _placed(self, question: Question) -> Tables:
        """The rows of releases behind an answer, by table; none of a table whose rows are persons."""
        tables = self.metrics.tables(question)
        found = [pair for name, rows in tables for pair in rows_behind(self.metrics.graph, name, rows)]
        return [pair for pair in found if pair[0] not in self._hidden]

    def _published(self, question: Question) -> set[str]:
        inputs = self.metrics.metric(question.metric).inputs
        return {name for table in inputs for name in self.metrics.graph.published(table)}

    @property
    def _hidden(self) -> frozenset[str]:
        return self.metrics.graph.catalog.only_counted


def _one(tables: Callable[[Question], Tables], place: int, express: Callable[[Any], Any], asked: Question) -> Any:
    """What `express` makes of one of the tables."""
    return express(tables(asked)[place][1])


def _counted(rows: Any) -> Any:
    found = unordered(rows)
    return found.aggregate(rows=found.count())


def _places(rows: Any) -> Any:
    return unordered(rows).select("release_id").distinct()


def unordered(rows: Any) -> Any:
    """The rows in no order: an engine would sort all of them, even for who only counts them."""
    made = rows.op()
    return made.parent.to_expr() if isinstance(made, Sort) else rows
