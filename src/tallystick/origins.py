"""Walks a figure back: the rows that stand behind it, table by table, and the releases that they lie in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.catalog import Catalog
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Question
from tallystick.tables.behind import rows_behind


@dataclass(frozen=True)
class Origins:
    """What stands behind the answers of one Edition; `run` gives the rows of an expression over it."""

    metrics: Metrics
    catalog: Catalog
    edition: Edition
    run: Callable[[Any], list[dict[str, Any]]]

    def rows(self, question: Question, limit: int) -> Sequence[dict[str, Any]]:
        """The rows behind an answer, `limit` of each table; of several tables each row says which it stands in.

        Of a table that sums up many rows (awards, say) its own rows come first and then those that they were summed
        up from.
        """
        tables = self._tables(question)
        if len(tables) == 1 and "release_id" in tables[0][1].columns:
            return self.run(tables[0][1].limit(limit))
        return [{"table": name, **row} for name, its in tables for row in self.run(its.limit(limit))]

    def counts(self, question: Question) -> Mapping[str, int]:
        """How many rows of each table `rows` has to give, in its order."""
        return {
            name: int(self.run(its.aggregate(rows=its.count()))[0]["rows"]) for name, its in self._tables(question)
        }

    def only_counted(self, question: Question) -> tuple[str, ...]:
        """The published tables behind an answer of which a row is about one person: these are never shown."""
        inputs = self.metrics.metric(question.metric).inputs
        found = {name for table in inputs for name in self.metrics.graph.published(table)}
        return tuple(sorted(found & self.catalog.only_counted))

    def releases(self, question: Question) -> set[str]:
        """The ids of the releases that the rows lie in; where no row says where it lies, all in force."""
        places = [rows.select("release_id").distinct() for _, rows in self._placed(question)]
        if places:
            return {row["release_id"] for place in places for row in self.run(place)}
        inputs = self.metrics.metric(question.metric).inputs
        tables = {name for table in inputs for name in self.metrics.graph.published(table)}
        return {part.release for part in self.edition.parts if part.table in tables}

    def _tables(self, question: Question) -> list[tuple[str, Any]]:
        (first, rows), *_ = self.metrics.tables(question)
        placed = self._placed(question)
        if [name for name, _ in placed] == [first]:
            return placed
        shown = [] if first in self.catalog.only_counted else [(first, rows)]
        others = [(name, its) for name, its in placed if name != first]
        return [*((name, its.order_by(list(its.columns))) for name, its in shown), *others]

    def _placed(self, question: Question) -> list[tuple[str, Any]]:
        """The rows of releases behind an answer, by table; none of a table whose rows are persons."""
        tables = self.metrics.tables(question)
        found = [pair for name, rows in tables for pair in rows_behind(self.metrics.graph, name, rows)]
        return [pair for pair in found if pair[0] not in self.catalog.only_counted]
