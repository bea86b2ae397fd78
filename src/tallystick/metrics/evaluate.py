"""Turns a question into one SELECT over the Edition's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import ibis

from tallystick.catalog import Catalog
from tallystick.errors import RecordError, UnknownName, UsageError
from tallystick.metrics.filters import checked, column, filtered, within
from tallystick.metrics.periods import FISCAL_YEAR, earlier, year_named
from tallystick.metrics.stock import compared, known, snapshots
from tallystick.metrics.tally import tallies
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.process import MADE_UP
from tallystick.nouns.register import TOLD
from tallystick.once import given
from tallystick.tables.graph import Graph


@dataclass(frozen=True)
class Metrics:
    """Every metric of a catalog over the tables of a graph; of registers the rows that were told by a day, if any."""

    catalog: Catalog
    graph: Graph
    told_by: date | None = None

    def as_told_by(self, day: date) -> Metrics:
        """The same metrics over what registers told by a day."""
        return given(replace(self, told_by=day), by_name=self.by_name)

    def table(self, name: str) -> Any:
        """The table `name` as an expression; of one that says when a row was told, the rows told by then.

        Raises `UnknownName`.
        """
        table = self.graph.unbound(name)
        if self.told_by is None or TOLD not in table.columns:
            return table
        return table.filter(table[TOLD].isnull() | (table[TOLD] <= ibis.literal(self.told_by)))

    def told_on(self, name: str) -> frozenset[date]:
        """The days on which the rows of registers that a metric is made from were told. Raises `UnknownName`."""
        inputs = self.metric(name).inputs
        behind = {made for table in inputs for made in self.graph.made_from(table)} & self.graph.registers.keys()
        days = (day for register in behind for day in self.graph.registers[register].values(TOLD))
        return frozenset(date.fromisoformat(day) for day in days)

    @cached_property
    def by_name(self) -> Mapping[str, Metric]:
        found: dict[str, Metric] = {}
        for module in self.catalog.modules("metrics"):
            for value in vars(module).values():
                if not isinstance(value, Metric):
                    continue
                if value.name in found:
                    raise RecordError(f"two metrics are called '{value.name}'", where=str(module.__file__))
                if persons := self.catalog.only_counted.intersection(value.inputs):
                    raise RecordError(
                        f"'{value.name}' asks {min(persons)}, whose rows are single persons",
                        where=str(module.__file__),
                        next_step="make a table of counts of it, and ask that",
                    )
                found[value.name] = value
        return found

    def metric(self, name: str) -> Metric:
        """The metric called `name`; raises `UnknownName` with near names."""
        if name not in self.by_name:
            raise UnknownName("metric", name, self.by_name)
        return self.by_name[name]

    def check(self, question: Question) -> None:
        """Refuse what the question's metric does not allow. Raises `UnknownName` with near names, or `UsageError`."""
        metric = self.metric(question.metric)
        checked(metric, question, self.table(metric.inputs[0]))

    def in_its_period(self, question: Question) -> Question:
        """The question with a fiscal year that it names as its period, if it is beside the year before.

        As a filter a year would leave out the year before it. Raises `UnknownName`, and `UsageError` for several.
        """
        if "year_before" not in self.metric(question.metric).takes or FISCAL_YEAR not in question.where:
            return question
        first, last = year_named(question.where[FISCAL_YEAR])
        where = {name: wanted for name, wanted in question.where.items() if name != FISCAL_YEAR}
        start, end = max(first, question.start or first), min(last, question.end or last)
        if start > end:
            raise UsageError(
                f"nothing of {start} to {end} lies in the fiscal year named", next_step="name the year or the days"
            )
        return replace(question, where=where, start=start, end=end)

    def lacks_period(self, question: Question) -> bool:
        """Whether its metric is beside the year before and nothing says which year that is. Raises `UnknownName`."""
        metric = self.metric(question.metric)
        told = (question.start and question.end) or {"month", FISCAL_YEAR, metric.on} & set(question.by)
        return "year_before" in metric.takes and not told

    def rows(self, question: Question) -> Any:
        """The rows of the metric's first table that the question is about, as an expression."""
        metric = self.metric(question.metric)
        table = _of_the_record(self.table(metric.inputs[0]), question)
        checked(metric, question, table)
        if "baseline" in metric.takes:
            return filtered(compared(table, metric, question), question.where)
        if metric.stock:
            return filtered(snapshots(table, metric, question), question.where)
        return within(filtered(table, question.where), metric.on, question.start, question.end)

    def tables(self, question: Question) -> list[tuple[str, Any]]:
        """Every table of the metric by name, with the rows of it that the question is about."""
        metric = self.metric(question.metric)
        first, *others = metric.inputs
        return [(first, self.rows(question)), *((name, self._alongside(name, metric, question)) for name in others)]

    def expression(self, question: Question, day: date | None = None) -> Any:
        """The answer as an expression: the breakdowns, then `value`.

        `day` is the Edition's own, for metrics that look ahead from one. Raises `UnknownName` and `UsageError`.
        """
        return self._answer(question, day, {})

    def tallied(self, question: Question, day: date | None = None) -> Any:
        """The answer and beside each figure its tally, which one pass over the rows makes too (`told_apart`)."""
        over = self.metric(question.metric).over
        return self._answer(question, day, tallies(self.rows(question), over))

    def told_of(self, names: Iterable[str]) -> date | None:
        """The day by which the rows of tables were told, where one of them says when each was."""
        if self.told_by is None:  # without a day no table has to be worked out for it
            return None
        return self.told_by if any(TOLD in self.graph.unbound(name).columns for name in names) else None

    def _answer(self, question: Question, day: date | None, beside: Mapping[str, Any]) -> Any:
        metric = self.metric(question.metric)
        rows = self.rows(question)
        by = [column(rows, name) for name in question.by]
        if "year_before" in metric.takes:
            rows = self._both_years(metric, question)
        tables = [rows, *(self._alongside(name, metric, question) for name in metric.inputs[1:])]
        given = _given(metric, question, by, day)
        if "year_before" in metric.takes:
            given["year_before"] = rows.is_year_before
        if "baseline" in metric.takes:
            given["baseline"] = rows.is_baseline
        made = metric.function(*tables, **given)
        if not metric.grouped:
            figures = {"value": made, **beside}
            made = rows.group_by(by).aggregate(**figures) if by else rows.aggregate(**figures)
        if metric.stock and not by:
            made = known(made, snapshots(self.table(metric.inputs[0]), metric, question))
        named = [made[b].name(name) for b, name in zip(by, question.by, strict=True)]
        answer = made.select(*named, made.value, *(made[name] for name in beside))
        return answer.order_by(list(question.by)) if by else answer

    def _alongside(self, name: str, metric: Metric, question: Question) -> Any:
        table = self.table(name)
        if name == metric.calendar:
            told = {dimension: wanted for dimension, wanted in question.where.items() if _knows(table, dimension)}
            return within(filtered(table, told), metric.on, question.start, question.end)
        for dimension in [*question.where, *question.by]:
            if not _knows(table, dimension):
                raise UsageError(
                    f"{metric.name} sets {metric.inputs[0]} against {name}, which does not know '{dimension}'",
                    next_step=f"leave out '{dimension}'",
                )
        return filtered(table, question.where)

    def _both_years(self, metric: Metric, question: Question) -> Any:
        """The rows of the period and of the same a year earlier; `is_year_before` is true in these, NULL between."""
        if metric.on is None:
            raise RecordError(f"{metric.name} asks for the year before and names no date", where=metric.name)
        start, end = question.start, question.end
        table = filtered(self.table(metric.inputs[0]), question.where)
        if start and end and earlier(end) < start:
            # The two periods lie apart: one pass over the table sees both, and to mark the rows between costs less
            # than to leave them out.
            rows = within(table, metric.on, earlier(start), end)
            before = (rows[metric.on] <= ibis.literal(earlier(end)), True)
            return rows.mutate(is_year_before=ibis.cases(before, (rows[metric.on] >= ibis.literal(start), False)))
        if self.lacks_period(question):
            raise UsageError(
                f"{metric.name} needs a period to compare with the same period a year before",
                next_step="state --from and --to, or break down by month or fiscal_year",
            )
        now = within(table, metric.on, start, end).mutate(is_year_before=False)
        before = within(table, metric.on, earlier(start) if start else None, earlier(end) if end else None)
        return now.union(before.mutate(is_year_before=True))


def _of_the_record(rows: Any, question: Question) -> Any:
    """The rows without those that a generator made up, unless their process is asked for by its name."""
    if MADE_UP not in rows.columns:
        return rows
    wanted = question.where.get("process", [])
    named = [name for name in ([wanted] if isinstance(wanted, str) else wanted) if "*" not in name]
    recorded = ~rows[MADE_UP].fill_null(False)
    return rows.filter(recorded | rows.process.isin(named) if named else recorded)


def _knows(table: Any, dimension: str) -> bool:
    return bool({dimension, f"{dimension}_code", f"{dimension}_name"} & set(table.columns))


def _given(metric: Metric, question: Question, by: list[str], day: date | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "by" in metric.takes:
        given["by"] = by
    if "day" in metric.takes:
        given["day"] = ibis.literal(_day(metric, question.day or day))
    return given


def _day(metric: Metric, day: date | None) -> date:
    if day is None:
        raise UsageError(f"{metric.name} needs a day to look ahead from", next_step="state the day")
    return day
