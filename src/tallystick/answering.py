"""Works out the answers of one Edition: the rows asked for, and what the figure may be taken to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from tallystick.crosschecks import expression
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.engine import Engine
from tallystick.engines.registry import warehouse
from tallystick.errors import NotYetError, UnknownName, UsageError
from tallystick.gate import (
    Gate,
    MadeOf,
    chosen_before,
    counted,
    every_cell,
    put_in_place,
    shown_cells,
)
from tallystick.metrics.asking import Asking
from tallystick.metrics.caveats import caveats, unfilled
from tallystick.metrics.circumstances import Inquiry
from tallystick.metrics.coverage import Holdings, Stretch, stretches
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.false_zeros import without_false_zeros
from tallystick.metrics.grounds import Grounds
from tallystick.metrics.names import Names
from tallystick.metrics.nearest import frequent_values, unheard
from tallystick.metrics.tally import Tally
from tallystick.nouns.crosscheck import Crosscheck
from tallystick.nouns.lateness import Lateness
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.protection import AS_PUBLISHED, NO_PLAN, SMALL, TOO_FINE, Protection
from tallystick.once import once
from tallystick.pipeline import Pipeline
from tallystick.tables.coverage import coverage_of
from tallystick.tables.elsewhere import made_in
from tallystick.tables.inforce import Standing
from tallystick.tables.kept import keep
from tallystick.tables.statements import Value

if TYPE_CHECKING:
    from tallystick.disclosure.pattern import Pattern

Cell = tuple[Any, ...]
# A breakdown by one of these shows for itself which stretches are not there.
_TIMES = {"fiscal_year", "month", "action_date"}


@dataclass(frozen=True)
class Known:
    """What is known of an Edition: what stands in it, the day it speaks for, what is late.

    `undated` are the releases of which nobody stated a day; `valued` keeps, by SQL, what names in questions were
    looked up among.
    """

    standing: Standing
    day: date
    lateness: tuple[Lateness, ...]
    undated: frozenset[str]
    valued: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)
    making: Lock = field(default_factory=Lock, compare=False, repr=False)
    """Held while the database file is made: once, whichever of several threads asks."""
    planning: dict[str, Lock] = field(default_factory=dict, compare=False, repr=False)
    """By plan, held while its cells are chosen: nobody who asks something else waits for it."""


@dataclass(frozen=True)
class Answering:
    """Answers over the database file of an Edition, made and opened when first needed."""

    pipeline: Pipeline
    metrics: Metrics
    known: Known
    gate: Gate
    hurried: bool = False
    """Whether nothing may be worked out: then each attempt raises `NotYetError`."""

    @once
    def engine(self) -> DuckDB:
        if self.hurried:
            raise NotYetError
        settings = self.pipeline.settings
        return DuckDB(self.built(), read_only=True, threads=settings.threads, memory=settings.memory_limit)

    @once
    def answers(self) -> Engine:
        """The engine that answers: the warehouse that settings name, with the Edition's tables in it, or this one."""
        here = self.engine
        if not self._warehouse:
            return here
        if self.gate.profile.rule is not None:
            raise UsageError(
                f"the profile '{self.gate.profile.name}' is told by the embedded engine alone",
                where="TALLYSTICK_ENGINE",
                next_step="unset it, or set TALLYSTICK_PROFILE=open where nobody else can ask",
            )
        edition = self.known.standing.edition
        there = warehouse(self._warehouse, edition.id)
        with self.known.making:
            made_in(there, here, edition, self.pipeline.graph)
        return there

    @property
    def told(self) -> str:
        """What else makes an answer another: a profile that hides, and another engine, whose SQL it tells."""
        profile = f"{self.gate.profile}" if self.gate.profile.rule else ""
        return profile + self._warehouse.partition(":")[0]

    @property
    def _warehouse(self) -> str:
        """The address of the warehouse, for what is known now: each past day would be another schema in it."""
        return "" if self.metrics.told_by else self.pipeline.settings.engine

    def built(self) -> Path:
        """The database file, made if it is not there."""
        with self.known.making:
            return self.pipeline.built(self.known.standing.edition)

    def give_up(self, after: float) -> None:
        """End what the engine works on for another thread, if it takes over `after` s."""
        if "engine" in vars(self):
            self.engine.give_up(after)

    def close(self) -> None:
        """Give back the connections."""
        for name in {"engine", "answers"} & vars(self).keys():
            getattr(self, name).close()

    def rows(self, expression: Any, kept: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The rows of an expression over the tables of the Edition; the rows of those `kept` are derived once."""
        self._keep_tables(kept)
        return self._run(self.pipeline.graph.sql(expression, self.answers.dialect))

    def those(self, table: str, column: str, cells: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of a table whose `column` holds one of some cells; those of the whole table are kept."""
        rows = self.metrics.table(table)
        return self.rows(rows.filter(rows[column].isin(cells)).order_by(rows.columns), (table,))

    def not_as(self, check: Crosscheck) -> list[dict[str, Any]]:
        """The rows of which a crosscheck does not hold."""
        return self.rows(expression(check, self.metrics.table), check.inputs)

    def prepared(self, question: Question) -> Question:
        """The question as `resolved`, the tables of its metric ready to be asked.

        What is set beside the year before ends with the day that the Edition speaks for at the latest, so that both
        years have the same days.
        """
        self._keep(question.metric)
        question = self.resolved(question)
        if self._is_clipped(question):
            question = replace(question, end=self.known.day)
        if plan := self._plan(question.metric):
            put_in_place(self.engine, plan.name, self._shown_cells(plan), self.gate.stands_in(question))
        return question

    def _is_clipped(self, question: Question) -> bool:
        day = self.known.day
        beside = "year_before" in self.metrics.metric(question.metric).takes
        return beside and (question.start or day) <= day < (question.end or date.max)

    def resolved(self, question: Question) -> Question:
        """The question with states, areas and counties, named in any way, spelt as the metric's table spells them."""
        question = self.metrics.in_its_period(question)
        if not self._names.are_asked(question):
            return question
        self._keep(question.metric)
        return self._names.resolved(question, self._first_table(question.metric), self._looked_up)

    def worked_out(self, question: Question) -> dict[str, Any]:
        """The fields of an answer, as text, numbers, dates, lists and mappings.

        Where the question reaches a stretch that no good release covers, the figure is unknown, not a short sum.
        """
        metric, guarded = self.metrics.metric(question.metric), self.gate.guards(question.metric)
        if guarded and not self.gate.plan(metric):
            return self._not_told(metric, question, NO_PLAN)
        is_clipped = self._is_clipped(self.resolved(question))
        question = self.prepared(question)
        if guarded and not self.gate.stands_in(question):
            return self._not_told(metric, question, TOO_FINE)
        rows, tally, sql = self.asking.answered(question)
        small = self._small(question) if guarded else frozenset[Cell]()
        tally = tally or self._tally(question, guarded)
        self._keep(question.metric)  # what is said beside a figure is of all cells, whichever stood in for it
        found = self._inquiry.circumstances(question, self.held, tally)
        rested = self._grounds.of(question, found.taken_on)
        found = replace(found, stated=rested.stated)
        told, unknown = (*caveats(metric, question, self.held, found), *rested.says), ""
        if (found.missing or rested.is_unknown) and not set(question.by) & _TIMES:
            rows = [row | {"value": None} for row in rows]
            unknown = told[0] if found.missing else rested.says[0]
        if is_clipped:
            told = (f"both years are counted to the same day: this one to {question.end}", *told)
        partly = unfilled(metric, question, self.held, found)
        rows, false_zero = without_false_zeros(question, rows, partly, any(map(self.held.says, found.reached)))
        if false_zero:
            told, unknown = (false_zero, *told), unknown or ("" if question.by else false_zero)
        hidden = self._hidden(question, rows, small) if guarded else []
        if guarded:
            rows = [
                row | ({"value": None} if (few := place in hidden) else {}) | {"hidden": few}
                for place, row in enumerate(rows)
            ]
            told = (*told, self.gate.told(len(hidden), len(rows)))
            unknown = unknown or (SMALL if hidden and not question.by else "")
        elif metric.counts == "people" and self.gate.profile.rule:
            told = (*told, AS_PUBLISHED)
        return _of(metric, question) | {
            "rows": rows,
            "sql": sql,
            "caveats": list(told),
            "counted": None if guarded else found.counted,
            "unknown_because": unknown,
            "not_whole": list(partly),
            "hidden": hidden,
        }

    def _not_told(self, metric: Metric, question: Question, because: str) -> dict[str, Any]:
        """The fields of an answer of which nothing is told."""
        rows = [] if question.by else [{"value": None, "hidden": True}]
        caveats = [because, self.gate.profile.says]
        told: dict[str, Any] = {"sql": "", "counted": None, "unknown_because": because, "not_whole": []}
        return _of(metric, question) | told | {"rows": rows, "caveats": caveats, "hidden": list(range(len(rows)))}

    def _tally(self, question: Question, guarded: bool) -> Tally:
        """The tally of a question; not kept where other cells may stand in for the same rows next time."""
        asks = self.asking.behind if guarded else self.asking.beside
        return replace(self._inquiry, asks=asks).tally(question)

    def _small(self, question: Question) -> frozenset[Cell]:
        """What stands in the columns of a breakdown, of each row that would be made of a hidden cell."""
        found = self.asking.behind("hidden cells", question, self.gate.hidden_cells)
        return frozenset(tuple(row[name] for name in question.by) for row in found if row["hidden"])

    def _hidden(self, question: Question, rows: Sequence[dict[str, Any]], small: frozenset[Cell]) -> list[int]:
        """The places of the rows that are not told."""
        none = () if self.gate.profile.zeros else (0,)  # nobody at all: not told from few
        return [
            place
            for place, row in enumerate(rows)
            if tuple(row[name] for name in question.by) in small or row["value"] in none
        ]

    def _plan(self, metric: str) -> Protection | None:
        """The plan that a guarded metric is asked of."""
        return self.gate.plan(self.metrics.metric(metric)) if self.gate.guards(metric) else None

    def _shown_cells(self, plan: Protection) -> Path:
        """The file of the cells of a plan in this Edition, hidden ones without their counts; made if not there."""
        self.built()
        with self.known.planning.setdefault(plan.name, Lock()):
            before = partial(self._pattern_before, plan)
            return shown_cells(plan, self.gate.profile, self._aside, self._made_of, before)

    def _pattern_before(self, plan: Protection) -> Pattern | None:
        """The pattern of the last day on which other releases were behind a plan; None where there is none.

        It depends on the releases alone: the pattern of a day carries on that of the day before, whoever asks first.
        """
        sources, behind = self.pipeline.catalog.sources, self.pipeline.graph.published(plan.name)
        edition = self.known.standing.edition
        mine = {part for part in edition.parts if part.table in behind}
        days = self.pipeline.days([name for name, one in sources.items() if behind.intersection(one.publishes)])
        for day in reversed([day for day in days if edition.known_on is None or day <= edition.known_on]):
            standing = self.pipeline.standing(day)
            its = {part for part in standing.edition.parts if part.table in behind}
            if its != mine:
                return replace(self, known=Known(standing, day, (), frozenset()))._pattern(plan) if its else None
        return None

    def _pattern(self, plan: Protection) -> Pattern | None:
        """The pattern of a plan in this Edition; None where nobody was counted."""
        rows, rule = self.counted(plan), self.gate.profile.rule
        if rule is None or not rows.num_rows:
            return None
        return chosen_before(plan, rule, rows, self._shown_cells(plan))

    def choose_shown_cells(self) -> None:
        """Make the files of the cells of every plan that are not there yet, so that no question waits for them."""
        filled = {part.table for part in self.known.standing.edition.parts}
        for plan in self.gate.plans:
            if filled & self.pipeline.graph.published(plan.name):
                self._shown_cells(plan)

    def counted(self, plan: Protection) -> Any:
        """The rows of the table of a plan as they are, as a table of Arrow: for the own machine only."""
        return counted(plan, self._aside, self._made_of)

    @property
    def _made_of(self) -> MadeOf:
        return self.known.standing.edition, self.pipeline.graph, self.pipeline.warehouse

    def _aside(self) -> DuckDB:
        """The tables of the Edition as they are, on a connection of its own."""
        settings = self.pipeline.settings
        return DuckDB(
            self.pipeline.built(self.known.standing.edition),
            read_only=True,
            threads=settings.threads,
            memory=settings.memory_limit,
        )

    def frequent(self, metric: str, dimension: str) -> list[dict[str, Any]]:
        """A row for each `value` of a dimension that the most rows of a metric's table have, those first."""
        if self.gate.guards(metric) and not self._plan(metric):
            return []
        self._keep(metric)
        return self.rows(frequent_values(self._first_table(metric), dimension))

    def refuse_unheard(self, question: Question) -> None:
        """Refuse a wanted value that no row of this Edition has. Raises `UnknownName` with the nearest that exist."""
        if self.gate.guards(question.metric) and not self._plan(question.metric):
            return
        self._keep(question.metric)
        table = self._first_table(question.metric)
        for name, value, nearest in unheard(table, self.resolved(question).where, self.rows):
            raise UnknownName(name, value, nearest, self._names.near(name, value, nearest))

    @once
    def held(self) -> Holdings:
        """The stretches of contract actions that this Edition holds, and what was found of its releases."""
        known, graph = self.known, self.pipeline.graph
        rows = self.rows(stretches(graph.unbound("contract_actions")))
        found = tuple(Stretch(row["scope"], row["agency"] or "", row["latest"]) for row in rows)
        coverage = coverage_of("contract_actions", graph, known.standing.coverage)
        return Holdings(known.day, found, coverage, known.standing.findings)

    @once
    def _grounds(self) -> Grounds:
        known = self.known
        return Grounds(self.metrics, known.standing.coverage, known.lateness, self.asking.beside, known.undated)

    @once
    def _inquiry(self) -> Inquiry:
        return Inquiry(self.metrics, self.asking.beside)

    @once
    def asking(self) -> Asking:
        """What compiles the SELECTs of questions, once for each shape."""
        return Asking(self.metrics, self._run, self.answers.dialect, self.known.day)

    @once
    def _names(self) -> Names:
        return Names(self.pipeline.graph)

    @once
    def _kept(self) -> set[str]:
        return set()

    def _keep(self, metric: str) -> None:
        if plan := self._plan(metric):
            every_cell(self.engine, plan.name, self._shown_cells(plan))
        self._keep_tables(self.metrics.metric(metric).inputs)

    def _keep_tables(self, names: Sequence[str]) -> None:
        if self.answers is not self.engine:  # a warehouse has the rows of every table
            return
        for name in names:
            if name not in self._kept and not self.gate.guards_table(name):
                if not self._planned.isdisjoint(self.pipeline.graph.made_from(name)):
                    with self._aside() as engine:  # here shown cells may stand in the place of what it is made of
                        keep(engine, name, *self._made_of)
                keep(self.engine, name, *self._made_of, self.gate.told_of(name) or "true")
                self._kept.add(name)

    @once
    def _planned(self) -> frozenset[str]:
        """The tables in whose place shown cells are put."""
        return frozenset(plan.name for plan in self.gate.plans)

    def _first_table(self, metric: str) -> Any:
        return self.pipeline.graph.unbound(self.metrics.metric(metric).inputs[0])

    def _looked_up(self, expression: Any) -> Sequence[str]:
        key = self.pipeline.graph.sql(expression, self.answers.dialect)
        valued = self.known.valued
        if key not in valued:
            valued[key] = [row["value"] for row in self._run(key)]
        return valued[key]

    def _run(self, sql: str, values: Sequence[Value] = ()) -> list[dict[str, Any]]:
        return list(self.answers.query(sql, values).to_pylist())


def _of(metric: Metric, question: Question) -> dict[str, Any]:
    return {"where": question.where, "unit": metric.unit, "definition": metric.definition}
