"""Turns a question into one SELECT over the Edition's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import ibis

from tallystick.catalog import Catalog
from tallystick.errors import RecordError, UnknownName, UsageError
from tallystick.nouns.metric import Metric, Question, Values
from tallystick.tables.graph import Graph


@dataclass(frozen=True)
class Metrics:
    """Every metric of a catalog over the tables of a graph."""

    catalog: Catalog
    graph: Graph

    @cached_property
    def by_name(self) -> Mapping[str, Metric]:
        found: dict[str, Metric] = {}
        for module in self.catalog.modules("metrics"):
            for value in vars(module).values():
                if not isinstance(value, Metric):
                    continue
                if value.name in found:
                    raise RecordError(f"two metrics are called '{value.name}'", where=str(module.__file__))
                found[value.name] = value
        return found

    def metric(self, name: str) -> Metric:
        """The metric called `name`; raises `UnknownName` with near names."""
        if name not in self.by_name:
            raise UnknownName("metric", name, self.by_name)
        return self.by_name[name]

    def rows(self, question: Question) -> Any:
        """The rows of the metric's first table that the question is about, as an expression."""
        metric = self.metric(question.metric)
        table = self.graph.unbound(metric.inputs[0])
        conditions = [_matches(table[column(table, name)], wanted) for name, wanted in question.where.items()]
        conditions += _period(table, metric, question.start, question.end)
        return table.filter(conditions) if conditions else table

    def expression(self, question: Question) -> Any:
        """The answer as an expression: the breakdowns, then `value`."""
        metric = self.metric(question.metric)
        rows = self.rows(question)
        others = [self.graph.unbound(name) for name in metric.inputs[1:]]
        for name in question.by:
            if name not in metric.by:
                raise UnknownName(f"breakdown of {metric.name}", name, metric.by)
        by = [column(rows, name) for name in question.by]
        if metric.grouped:
            made = metric.function(rows, *others, by=by)
        else:
            value = metric.function(rows, *others)
            made = rows.group_by(by).aggregate(value=value) if by else rows.aggregate(value=value)
        answer = made.select(*[made[b].name(name) for b, name in zip(by, question.by, strict=True)], made.value)
        return answer.order_by(list(question.by)) if by else answer


def column(table: Any, dimension: str) -> str:
    """The column that a reader's word names: itself, its code or its name. Raises `UnknownName`."""
    for candidate in (dimension, f"{dimension}_code", f"{dimension}_name"):
        if candidate in table.columns:
            return candidate
    raise UnknownName("column", dimension, table.columns)


def _matches(cell: Any, wanted: Values) -> Any:
    """`*` in a wanted value stands for any text; several values mean any of them."""
    values = [wanted] if isinstance(wanted, str) else wanted
    plain = [value for value in values if "*" not in value]
    text = cell.cast("string")
    tests = [text.isin(plain)] if plain else []
    tests += [
        text.like(value.replace("%", r"\%").replace("_", r"\_").replace("*", "%")) for value in values if "*" in value
    ]
    return ibis.or_(*tests)


def _period(table: Any, metric: Metric, start: date | None, end: date | None) -> list[Any]:
    if start is None and end is None:
        return []
    if metric.on is None:
        raise UsageError(f"{metric.name} has no date to cut a period by", next_step="leave out --from and --to")
    if start is not None and end is not None and start > end:
        raise UsageError(f"the period ends before it starts: {start} to {end}")
    day = table[metric.on]
    return ([day >= ibis.literal(start)] if start else []) + ([day <= ibis.literal(end)] if end else [])
