"""Ways that a process does not allow: lists keep them, each is a Finding, and none is work in progress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import ibis
import pytest

from tallystick.catalog import Catalog
from tallystick.crosschecks import crosschecks, expression, findings
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.examples import make_up
from tallystick.nouns.process import Loop, Overall, Process, Stage, Unit
from tallystick.tables.graph import Graph
from tallystick.tables.processes import process_registers

EVENTS = ("asked", "read", "tested", "given", "filed")
PROCESS = Process(
    title="Permits",
    about="For tests.",
    unit=Unit(called="permit", means="one application"),
    events=dict.fromkeys(EVENTS, "for tests"),
    stages={
        "reading": Stage(means="until read", enters="asked", leaves="read"),
        "testing": Stage(means="until tested", enters="read", leaves="tested"),
        "giving": Stage(means="until given", enters="tested", leaves="given"),
        "filing": Stage(means="until filed", enters="given", leaves="filed"),
    },
    loops=[Loop(back_from="giving", to="testing", because="what fails is tested again")],
    exits={"withdrawn": "taken back"},
    overall=Overall(enters="asked", leaves="filed"),
    name="p",
)
CHAIN = ("stage_events", "stage_units", "working_days", "stage_spells", "stages_in_progress")
CHECKS = (
    "stages_that_ended_before_they_began", "events_after_the_end", "ways_back_without_a_loop",
    "stages_skipped_that_may_not_be",
)  # fmt: skip
BEGIN, END = date(2025, 3, 1), date(2025, 12, 31)


@pytest.fixture(scope="module")
def graph(catalog: Catalog) -> Graph:
    return Graph(catalog)


@pytest.fixture
def engine(graph: Graph) -> Iterator[DuckDB]:
    with DuckDB(threads=1, memory="500MB") as made:
        for name in ("federal_holidays", "states"):
            made.create(name, graph.registers[name].select())
        make_up(made, "agreements_287g_units", [], graph.unbound("agreements_287g_units").schema())
        for register in process_registers({"p": PROCESS}):
            if register.name != "federal_holidays":
                make_up(made, register.name, register_rows(register), graph.unbound(register.name).schema())
        yield made


def register_rows(register: Any) -> list[dict[str, Any]]:
    return [dict(zip(register.columns, row, strict=True)) for row in register.rows]


def held(graph: Graph, engine: DuckDB, **ways: str) -> None:
    """The tables about units: of each its events with the days after the first, such as `asked 0, read 5`."""
    told = [
        {"process": "p", "unit": unit, "event": event, "day": day, "earliest_date": day}
        for unit, way in ways.items()
        for event, day in ((one.split()[0], BEGIN + timedelta(int(one.split()[1]))) for one in way.split(", "))
    ]
    units = [{"process": "p", "unit": unit, "title": unit, "watched_until_date": END} for unit in ways]
    for name, rows in (("process_milestones", told), ("process_units", units), ("reported_stage_events", [])):
        make_up(engine, name, rows, graph.unbound(name).schema())
    for name in CHAIN:
        engine.create(name, graph.derived(graph.derivations[name]))


def found(graph: Graph, catalog: Catalog, engine: DuckDB) -> dict[str, list[str]]:
    """The units that each check names."""
    made = {}
    for name in CHECKS:
        check = crosschecks(catalog)[name]
        told = engine.query(graph.sql(expression(check, graph.unbound), engine.dialect)).to_pylist()
        assert all(one.next_step for one in findings(check, told))
        made[name] = [str(one.scope).removeprefix("p/") for one in findings(check, told)]
    return made


def test_every_way_that_is_allowed_is_no_finding(graph: Graph, catalog: Catalog, engine: DuckDB) -> None:
    held(
        graph, engine,
        whole="asked 0, read 5, tested 9, given 12, filed 20",
        looped="asked 0, read 5, tested 9, read 11, tested 15, given 18",
        late="tested 9, given 12",
        gone="asked 0, read 5, withdrawn 9",
        at_once="asked 0, read 0, tested 0, given 0",
    )  # fmt: skip
    assert found(graph, catalog, engine) == {name: [] for name in CHECKS}


def test_each_way_that_is_not_allowed_is_a_finding_of_its_kind(
    graph: Graph, catalog: Catalog, engine: DuckDB
) -> None:
    held(
        graph, engine,
        again="asked 0, read 5, asked 9",
        back="asked 0, read 5, tested 9, given 12, read 20",
        to_the_first="asked 0, read 5, tested 9, asked 20",
        skipped="asked 0, given 12",
        after="asked 0, withdrawn 5, tested 9",
        wrong="asked 9, read 5",
    )  # fmt: skip
    told = found(graph, catalog, engine)
    assert told["stages_that_ended_before_they_began"] == ["wrong"]
    assert told["events_after_the_end"] == ["after"]
    assert told["stages_skipped_that_may_not_be"] == ["skipped"]
    assert sorted(set(told["ways_back_without_a_loop"])) == ["again", "to_the_first"]


def test_what_a_unit_does_after_it_withdrew_is_neither_work_in_progress_nor_a_length(
    graph: Graph, catalog: Catalog, engine: DuckDB
) -> None:
    held(
        graph, engine,
        before="asked 0, read 5, withdrawn 9",
        after="asked 0, withdrawn 5, read 9, tested 20",
        works="asked 0, read 5",
    )  # fmt: skip
    day = ibis.literal(END)
    metric = function_of(catalog, "work_in_progress")(graph.unbound("stage_spells"), day)
    rows = engine.query(
        "SELECT unit, stage, ended, days, is_out_of_order FROM stage_spells ORDER BY unit, stage"
    ).to_pylist()
    after = {row["stage"]: row for row in rows if row["unit"] == "after"}
    assert {stage: row["ended"] for stage, row in after.items()} == dict.fromkeys(after, "ended")
    assert [row["days"] for stage, row in sorted(after.items())] == [None, 5, 5, None]
    assert engine.query(graph.sql(metric.name("found").as_table(), engine.dialect)).to_pylist() == [{"found": 2}]
    still = engine.query("SELECT DISTINCT unit FROM stages_in_progress WHERE month >= '2025-04-01'").to_pylist()
    assert still == [{"unit": "works"}]


def function_of(catalog: Catalog, metric: str) -> Any:
    found = (vars(module).get(metric) for module in catalog.modules("metrics"))
    return next(one for one in found if one is not None).function
