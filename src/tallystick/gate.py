"""The gate: beyond the own machine, figures of people are asked of shown cells and of nothing else."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tallystick.disclosure.apart import cells_apart
from tallystick.disclosure.less import less
from tallystick.disclosure.profile import Profile
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.stand_in import StandIn, once_chosen, protected, told
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.errors import TallystickError, UsageError
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.filters import column
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.protection import Protection
from tallystick.once import once
from tallystick.tables.build import Warehouse, write
from tallystick.tables.columns_read import columns_read
from tallystick.tables.graph import Graph
from tallystick.tables.kept import keep

if TYPE_CHECKING:
    from tallystick.disclosure.pattern import Pattern

MadeOf = tuple[Edition, Graph, Warehouse]
Before = Callable[[], "Pattern | None"]


@dataclass(frozen=True)
class Gate:
    """What a profile lets through of the metrics of a catalog."""

    profile: Profile
    metrics: Metrics

    @once
    def protections(self) -> Mapping[str, Protection]:
        return self.metrics.graph.catalog.written("disclosure", Protection)

    @property
    def plans(self) -> tuple[Protection, ...]:
        """The plans whose shown cells are told in place of rows; none where everything is told."""
        return tuple(one for name, one in sorted(self.protections.items()) if self.guards_table(name))

    @once
    def _harmless(self) -> frozenset[str]:
        return frozenset(name for one in self.protections.values() for name in one.beside)

    @once
    def _left_out(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Of each table that holds small counts beside others, the cells of the rows that do, by column."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for one in self.protections.values() if self.profile.rule else ():
            for table, columns in one.without.items():
                its = found.setdefault(table, {})
                its |= {column: its.get(column, frozenset()).union(cells) for column, cells in columns.items()}
        return found

    def told_of(self, name: str) -> str:
        """The condition that rows of a table must meet to be asked of at all, in SQL; empty where all are."""
        columns = self._left_out.get(name, {})
        return " AND ".join(
            f"coalesce({named(column)} NOT IN ({', '.join(map(quoted, sorted(cells)))}), true)"
            for column, cells in sorted(columns.items())
        )

    def shows_rows(self, metric: str) -> bool:
        """Whether the rows behind a metric's figures may be shown. Raises `UnknownName`."""
        return not self.guards(metric) and self._left_out.keys().isdisjoint(self.metrics.metric(metric).inputs)

    def guards_table(self, name: str) -> bool:
        """Whether small counts of people could be told from a table. Raises `UnknownName`."""
        if self.profile.rule is None or name in self._harmless or name in self._left_out:
            return False
        return bool(self.metrics.graph.published(name) & self.metrics.graph.catalog.guarded)

    def refuse(self, tables: Iterable[str]) -> None:
        """Refuse rows that would tell small counts of people. Raises `UnknownName`, `UsageError`."""
        if told := [name for name in tables if self.guards_table(name) or name in self._left_out]:
            raise UsageError(
                f"rows of {told[0]} are not shown under the profile '{self.profile.name}': they count persons",
                next_step="ask a metric made of it; for yourself alone, set TALLYSTICK_PROFILE=open",
            )

    def veiled(self, findings: Iterable[Finding], source_of: Mapping[str, str]) -> tuple[Finding, ...]:
        """The Findings, those about releases that count persons without their sentence, rows and number.

        `source_of` says which source a release is of. The id is made of what is left, since a hash of a sentence with
        a count in it tells the count to whoever tries some.
        """
        if self.profile.rule is None:
            return tuple(findings)
        sources, guarded = self.metrics.graph.catalog.sources, self.metrics.graph.catalog.guarded
        persons = {name for name, source in sources.items() if not guarded.isdisjoint(source.publishes)}
        told = (_veiled(one) if source_of.get(one.release) in persons else one for one in findings)
        return tuple({one.id: one for one in told}.values())

    def guards(self, metric: str) -> bool:
        """Whether figures of a metric pass the gate at all. Raises `UnknownName`."""
        return any(self.guards_table(name) for name in self.metrics.metric(metric).inputs)

    def plan(self, metric: Metric) -> Protection | None:
        """The plan that a metric's figures can be asked of; None where there is none."""
        first, *others = metric.inputs
        if any(map(self.guards_table, others)) or metric.takes & {"year_before", "baseline"}:
            return None
        return self.protections.get(first)

    def stands_in(self, question: Question) -> StandIn | None:
        """The table of the plan that a question can be asked of: the coarsest that knows all it reads."""
        metric = self.metrics.metric(question.metric)
        plan = self.plan(metric)
        if plan is None:
            return None
        read = self.reads(question, plan)
        if metric.on in read and _is_of_whole_months(question) and "month" in plan.coarser[metric.on]:
            beside = self.reads(replace(question, start=None, end=None), plan)
            if metric.on not in beside:
                return StandIn.of(plan, beside | {"month"}, metric.on)
        return StandIn.of(plan, read)

    def reads(self, question: Question, plan: Protection) -> frozenset[str]:
        """The columns of the plan's table, but that of its counts, that the answer depends on."""
        is_cut = question.start is not None, question.end is not None
        shape = question.metric, question.by, frozenset(question.where), is_cut
        if shape not in self._read:
            graph, names = self.metrics.graph, self.metrics.metric(question.metric).inputs
            columns = {name: self.metrics.table(name).columns for name in names}
            sql = graph.sql(self.metrics.expression(question), DuckDB.dialect)
            self._read[shape] = columns_read(sql, plan.name, columns, DuckDB.dialect) - {plan.count}
        return self._read[shape]

    @once
    def _read(self) -> dict[Hashable, frozenset[str]]:
        """By the shape of a question, which its values do not change."""
        return {}

    def hidden_cells(self, question: Question) -> Any:
        """How many hidden cells each figure of a question would be made of, as an expression."""
        rows = self.metrics.rows(question)
        by = [column(rows, name) for name in question.by]
        counts = self.protections[self.metrics.metric(question.metric).inputs[0]].count
        hidden = rows[counts].isnull().sum()
        made = rows.group_by(by).aggregate(hidden=hidden) if by else rows.aggregate(hidden=hidden)
        return made.select(*[made[b].name(name) for b, name in zip(by, question.by, strict=True)], made.hidden)

    def told(self, hidden: int, of: int) -> str:
        """What a reader is told beside figures."""
        if not hidden:
            return f"every figure here is {self.profile.exactly}; {self.profile.says}"
        return f"{hidden:,} of {of:,} figures are hidden, which is neither zero nor unknown; {self.profile.says}"


def _veiled(found: Finding) -> Finding:
    says = f"{found.kind.replace('_', ' ')}: what was found of counts of persons is told on the own machine only"
    return replace(found, says=says, evidence=(), count=0)


def shown_cells(
    plan: Protection, profile: Profile, aside: Callable[[], DuckDB], made_of: MadeOf, before: Before
) -> Path:
    """The file of the cells of a plan, hidden ones without their counts; made if it is not there.

    `aside` opens the tables of the Edition as they are, `before` gives the pattern of the one before.
    """
    edition, graph, warehouse = made_of
    behind = graph.published(plan.name)
    parts = [part for part in edition.parts if part.table in behind]
    told_by = repr((edition.code, edition.merged, parts, profile, plan))
    path = warehouse.root / "protected" / plan.name / f"{sha256(told_by.encode()).hexdigest()[:16]}.parquet"
    if not path.exists():
        if profile.rule is None:
            raise TallystickError("an open profile hides nothing")
        made = less(plan, _chosen(plan, profile.rule, counted(plan, aside, made_of), before), profile)
        with DuckDB() as engine:
            engine.take("cells", made)
            path.parent.mkdir(parents=True, exist_ok=True)
            write(engine, "SELECT * FROM cells", path, warehouse)
    return path


def _chosen(plan: Protection, rule: Rule, rows: pa.Table, before: Before) -> pa.Table:
    """The cells of a plan, hidden ones without their counts, by its `of_table`."""
    if plan.least_revised:
        return cells_apart(plan, rows, rule)
    return told(plan, rows, protected(plan, rows.to_pydict(), rule, before()))


def chosen_before(plan: Protection, rule: Rule, rows: pa.Table, path: Path) -> Pattern:
    """The pattern whose cells a file shows, of the rows of the table of its plan."""
    with DuckDB() as engine:
        shown = engine.query(f"SELECT {named(plan.count)} FROM read_parquet({quoted(str(path))})")  # noqa: S608
    return once_chosen(plan, rows.to_pydict(), rule, shown.column(0).to_pylist())


def counted(plan: Protection, aside: Callable[[], DuckDB], made_of: MadeOf) -> pa.Table:
    """The rows of the table of a plan as they are: for the own machine only."""
    edition, graph, warehouse = made_of
    with aside() as engine:
        keep(engine, plan.name, edition, graph, warehouse)
        return engine.query(f"SELECT * FROM {named(plan.name)}")  # noqa: S608


def every_cell(engine: DuckDB, name: str, path: Path) -> None:
    """Have `name` mean, on this connection, the cells of all tables of a plan: what to choose values from."""
    rows = f"SELECT * EXCLUDE (of_table) FROM read_parquet({quoted(str(path))})"  # noqa: S608
    engine.run(f"CREATE OR REPLACE TEMP VIEW {named(name)} AS {rows}")


def _is_of_whole_months(question: Question) -> bool:
    start, end = question.start, question.end
    return (start is None or start.day == 1) and (end is None or _ends_a_month(end))


def _ends_a_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def put_in_place(engine: DuckDB, name: str, path: Path, stand_in: StandIn | None) -> None:
    """Have `name` mean, on this connection, the shown cells that stand in for it; none where nothing does."""
    rows = f"SELECT * EXCLUDE (of_table) FROM read_parquet({quoted(str(path))})"  # noqa: S608
    if stand_in is None:
        engine.run(f"CREATE OR REPLACE TEMP VIEW {named(name)} AS {rows} WHERE false")
        return
    if stand_in.whole:
        month, day = named("month"), named(stand_in.whole)
        rows = rows.replace("(of_table)", f"(of_table) REPLACE ({month} AS {day})")
    engine.run(f"CREATE OR REPLACE TEMP VIEW {named(name)} AS {rows} WHERE of_table = {quoted(stand_in.table)}")
