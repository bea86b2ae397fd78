"""Asks the Edition what else must be known to read a figure rightly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import ibis

from tallystick.metrics.caveats import Circumstances
from tallystick.metrics.coverage import Holdings
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.filters import column, filtered, within
from tallystick.metrics.stock import compared, snapshots
from tallystick.metrics.tally import Tally, tallies, told_apart
from tallystick.nouns.metric import Metric, Question

Asks = Callable[[str, Question, Callable[[Question], Any]], Sequence[Mapping[str, Any]]]
_MOST_VALUES = 50_000


@dataclass(frozen=True)
class Inquiry:
    """The questions beside one question.

    `asks` gives the rows of what an expression makes of a question, over the Edition. What is asked is named: of one
    name and one shape of question there is one SELECT.
    """

    metrics: Metrics
    asks: Asks

    def circumstances(self, question: Question, held: Holdings, tally: Tally) -> Circumstances:
        """Everything that caveats are made from, but for what the `tally` tells."""
        metric = self.metrics.metric(question.metric)
        reached: tuple[str, ...] = ()
        if metric.on is not None and {"scope", "sub_agency_code"} <= set(self._table(question).columns):
            reached = held.reached(metric, question, self._codes(question, held))
        return Circumstances(
            counted=tally.counted,
            reached=reached,
            missing=held.missing(reached),
            lacking=tally.lacking,
            nameless=self._nameless(question),
            unmatched=self._unmatched(question, tally.counted),
            taken_on=self._taken_on(metric, question) if metric.stock else None,
            ends=self._ends(metric, question) if "baseline" in metric.takes else (),
            covered=self._covered(metric, question),
            span=self._span(metric),
        )

    def tally(self, question: Question) -> Tally:
        """How many rows stand behind the answer to a question."""

        def counted(question: Question) -> Any:
            rows = self.metrics.rows(question)
            return rows.aggregate(**tallies(rows, self.metrics.metric(question.metric).over))

        return told_apart(self.asks("tally", question, counted))[1]

    def _covered(self, metric: Metric, question: Question) -> tuple[int, date | None, date | None] | None:
        """How many days the metric's calendar has in the period, and the first and the last of them."""
        if metric.calendar is None:
            return None

        def covered(question: Question) -> Any:
            day = dict(self.metrics.tables(question))[str(metric.calendar)].day
            return day.as_table().aggregate(days=day.nunique(), first=day.min(), last=day.max())

        (told,) = self.asks("covered", question, covered)
        return told["days"], told["first"], told["last"]

    def _span(self, metric: Metric) -> tuple[date | None, date | None] | None:
        """The first and last day, or month, of the rows of a metric by it, where no calendar tells more."""
        if metric.on not in ("day", "month") or metric.stock or metric.calendar:
            return None

        def spanned(question: Question) -> Any:
            days = self._table(question)[str(metric.on)]
            return days.as_table().aggregate(first=days.min(), last=days.max())

        (told,) = self.asks("span", Question(metric.name), spanned)
        return told["first"], told["last"]

    def _taken_on(self, metric: Metric, question: Question) -> date | None:
        """The day of the newest snapshot that answers a question about a stock; None when there is none."""

        def newest(question: Question) -> Any:
            rows = snapshots(self._table(question), metric, question)
            return rows.aggregate(newest=rows[str(metric.on)].max())

        (told,) = self.asks("taken on", question, newest)
        return told["newest"]  # type: ignore[no-any-return]

    def _ends(self, metric: Metric, question: Question) -> tuple[tuple[date, int], ...]:
        """The day of each of the two snapshots compared, the baseline first, and how many rows of it are counted."""

        def ends(question: Question) -> Any:
            both = compared(self._table(question), metric, question)
            days = both.group_by("is_baseline").aggregate(day=both[str(metric.on)].max())
            rows = self.metrics.rows(question)
            counted = rows.group_by("is_baseline").aggregate(rows=rows.count())
            return days.left_join(counted, "is_baseline").select("is_baseline", "day", "rows")

        found = sorted(self.asks("ends", question, ends), key=lambda row: not row["is_baseline"])
        return tuple((row["day"], row["rows"] or 0) for row in found)

    def _table(self, question: Question) -> Any:
        return self.metrics.graph.unbound(self.metrics.metric(question.metric).inputs[0])

    def _codes(self, question: Question, held: Holdings) -> set[str]:
        """The sub-agencies a question is about: those it names, else those of the rows it matches in any period."""
        named = held.codes(question.where)
        if named is not None:
            return named

        def agencies(question: Question) -> Any:
            return filtered(self._table(question), question.where).select("sub_agency_code").distinct()

        found = self.asks("agencies", Question(question.metric, question.where), agencies)
        return {row["sub_agency_code"] for row in found} - {None}

    def _nameless(self, question: Question) -> dict[str, tuple[int, float]]:
        """Rows that pass every other filter and have a name but no code where a code is asked for."""
        table = self._table(question)
        found: dict[str, tuple[int, float]] = {}
        for dimension in question.where:
            code = column(table, dimension)
            name = code.removesuffix("_code") + "_name"
            if code.endswith("_code") and {name, "federal_action_obligation_usd"} <= set(table.columns):
                others = {other: value for other, value in question.where.items() if other != dimension}
                found[code] = self._without(replace(question, where=others, by=()), code, name)
        return found

    def _without(self, others: Question, code: str, name: str) -> tuple[int, float]:
        def any_bare(question: Question) -> Any:
            table = self._table(question)
            return table.aggregate(rows=(table[code].isnull() & table[name].notnull()).sum())

        (held,) = self.asks(f"any bare {code}", Question(others.metric), any_bare)
        if not held["rows"]:  # asked once of a table, and of few tables more has to be asked
            return 0, 0.0

        def bare(question: Question) -> Any:
            metric = self.metrics.metric(question.metric)
            rows = within(filtered(self._table(question), question.where), metric.on, question.start, question.end)
            bare = rows[code].isnull() & rows[name].notnull()
            gross = rows.federal_action_obligation_usd.clip(lower=0)
            return rows.aggregate(rows=bare.sum(), usd=gross.sum(where=bare), all_usd=gross.sum())

        (told,) = self.asks(f"bare {code}", others, bare)
        return told["rows"] or 0, float((told["usd"] or Decimal(0)) / (told["all_usd"] or Decimal(1)))

    def _unmatched(self, question: Question, counted: int) -> dict[str, Sequence[str]]:
        """Plain filter values that no row of the Edition has, with near ones; looked for where there is doubt."""
        found: dict[str, Sequence[str]] = {}
        for dimension, wanted in question.where.items():
            values = [wanted] if isinstance(wanted, str) else wanted
            if counted and len(values) < 2:
                continue
            cells = self._cells(question, dimension)
            for value in values:
                if "*" not in value and value not in cells:
                    found[f"{dimension}={value}"] = get_close_matches(value, cells, n=3, cutoff=0.6)
        return found

    def _cells(self, question: Question, dimension: str) -> list[str]:
        def cells(question: Question) -> Any:
            table = self._table(question)
            cell = table[column(table, dimension)].cast("string")
            return (
                table.select(cell=cell).filter(ibis._.cell.notnull()).distinct().order_by("cell").limit(_MOST_VALUES)
            )

        return [row["cell"] for row in self.asks(f"cells {dimension}", Question(question.metric), cells)]
