"""How long units stay at stages: made-up milestones through the tables, and days against another calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from holidays.countries.united_states import UnitedStates

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.examples import make_up
from tallystick.tables.graph import Graph

CHAIN = ("stage_events", "stage_units", "working_days", "stage_spells", "stages_in_progress")
STAGES: list[dict[str, Any]] = [
    {"stage": "reading", "place": "01", "enters": "asked", "leaves": "read", "target_days_number": 10},
    {"stage": "testing", "place": "02", "enters": "read", "leaves": "tested", "target_calendar": "working days"},
    {"stage": "overall", "place": "03", "enters": "asked", "leaves": "tested"},
]
END = "2025-12-31"


def event(unit: str, event: str, day: str, earliest: str | None = "") -> dict[str, Any]:
    """An event known to the day, unless `earliest` says otherwise."""
    return {
        "process": "p",
        "unit": unit,
        "event": event,
        "day": day,
        "earliest_date": day if earliest == "" else earliest,
    }


@pytest.fixture(scope="module")
def graph(catalog: Catalog) -> Graph:
    return Graph(catalog)


def spells(
    graph: Graph,
    *events: dict[str, Any],
    watched_from: str | None = None,
    reported: Sequence[dict[str, Any]] = (),
    listed: Sequence[dict[str, Any]] = (),
) -> dict[tuple[str, str, int], Any]:
    """The stays of every unit by unit, stage and visit."""
    units = [
        {"process": "p", "unit": unit, "watched_until_date": END, "watched_from_date": watched_from}
        for unit in sorted({one["unit"] for one in events})
    ]
    stages = [{"process": "p", "known_within_days": 14, "is_told": "yes"} | one for one in STAGES]
    made_up = {
        "process_milestones": list(events),
        "process_units": units,
        "process_stages": stages,
        "reported_stage_events": list(reported),
        "process_exits": [{"process": "p", "exit": "withdrawn"}],
        "agreements_287g_units": list(listed),
    }
    with DuckDB(threads=1, memory="500MB") as engine:
        for name, rows in made_up.items():
            make_up(engine, name, rows, graph.unbound(name).schema())
        for name in ("federal_holidays", "states"):
            engine.create(name, graph.registers[name].select())
        for name in CHAIN[:4]:
            engine.create(name, graph.derived(graph.derivations[name]))
        rows = engine.query("SELECT * FROM stage_spells").to_pylist()
    return {(row["unit"], row["stage"], row["visit"]): row for row in rows}


def test_a_stay_runs_from_the_day_of_entry_to_that_of_leaving(graph: Graph) -> None:
    found = spells(graph, event("a", "asked", "2025-03-03"), event("a", "read", "2025-03-13"))
    reading, testing, whole = (found["a", stage, 1] for stage in ("reading", "testing", "overall"))
    assert (reading["days"], reading["ended"], reading["how"], reading["length"]) == (10, "left", 1, 10)
    assert (testing["ended"], testing["how"], testing["days"]) == ("still there", 0, 293)
    assert (whole["ended"], whole["days"]) == ("still there", 303)
    assert reading["after"] == -1


def test_one_that_ends_otherwise_ends_every_stage_that_it_is_at(graph: Graph) -> None:
    found = spells(
        graph,
        event("a", "asked", "2025-03-03"),
        event("a", "read", "2025-03-13"),
        event("a", "withdrawn", "2025-04-02"),
    )
    stays = [found["a", stage, 1] for stage in ("reading", "testing", "overall")]
    assert [(one["ended"], one["days"]) for one in stays] == [("left", 10), ("ended", 20), ("ended", 30)]
    assert found["a", "overall", 1]["ended_by"] == "withdrawn"


def test_a_loop_is_a_second_visit(graph: Graph) -> None:
    found = spells(
        graph,
        event("a", "read", "2025-03-03"), event("a", "tested", "2025-03-08"),
        event("a", "read", "2025-03-20"), event("a", "tested", "2025-04-01"),
    )  # fmt: skip
    assert [found["a", "testing", visit]["days"] for visit in (1, 2)] == [5, 12]


def test_one_that_enters_again_without_having_left_went_back(graph: Graph) -> None:
    found = spells(
        graph, event("a", "read", "2025-03-03"), event("a", "read", "2025-03-20"), event("a", "tested", "2025-04-01")
    )
    stays = [found["a", "testing", visit] for visit in (1, 2)]
    assert [(one["ended"], one["how"], one["days"]) for one in stays] == [("went back", 2, 17), ("left", 1, 12)]


def test_one_that_left_before_it_entered_is_told_and_in_no_duration(graph: Graph) -> None:
    found = spells(graph, event("a", "asked", "2025-03-13"), event("a", "read", "2025-03-03"))
    assert found["a", "reading", 1]["is_out_of_order"]
    assert found["a", "reading", 1]["days"] is None


def test_an_entry_at_some_time_before_the_first_list_is_an_unknown_start(graph: Graph) -> None:
    found = spells(
        graph,
        event("first list", "asked", "2025-03-13", None), event("first list", "read", "2025-03-20"),
        event("far apart", "asked", "2025-03-13", "2025-02-01"), event("far apart", "read", "2025-03-20"),
        event("near", "asked", "2025-03-13", "2025-03-10"), event("near", "read", "2025-03-20", "2025-03-18"),
    )  # fmt: skip
    told = {unit: found[unit, "reading", 1] for unit in ("first list", "far apart", "near")}
    assert [one["is_start_known"] for one in told.values()] == [False, False, True]
    assert [one["days"] for one in told.values()] == [None, None, 7]
    assert (told["near"]["days_at_least"], told["near"]["days_at_most"]) == (5, 10)


def test_a_leaving_between_two_lists_far_apart_counts_up_to_the_first_of_them(graph: Graph) -> None:
    found = spells(graph, event("a", "asked", "2025-03-03"), event("a", "read", "2025-06-01", "2025-03-24"))
    reading = found["a", "reading", 1]
    assert (reading["days"], reading["how"], reading["is_left_between"], reading["ended"]) == (20, 0, True, "left")


def test_one_that_came_to_notice_late_counts_from_then_on(graph: Graph) -> None:
    found = spells(
        graph, event("a", "asked", "2025-03-03"), event("a", "read", "2025-04-02"), watched_from="2025-03-13"
    )
    assert (found["a", "reading", 1]["after"], found["a", "reading", 1]["days"]) == (10, 30)


def test_working_days_are_those_of_another_calendar(graph: Graph) -> None:
    """Thanksgiving, Christmas and Veterans Day between: numpy counts business days of its own accord."""
    first, last = date(2025, 11, 3), date(2025, 12, 29)
    found = spells(graph, event("a", "read", str(first)), event("a", "tested", str(last)))
    kept = sorted(UnitedStates(years=[2025], observed=True))  # type: ignore[no-untyped-call]
    wanted = int(np.busday_count(first, last, holidays=[day.isoformat() for day in kept]))
    assert found["a", "testing", 1]["length"] == found["a", "testing", 1]["working_days"] == wanted == 37


def report(event_id: str, event: str, stage: str, day: str | None, **more: Any) -> dict[str, Any]:
    told = {
        "event_id": event_id,
        "process": "p",
        "unit": "r",
        "event": event,
        "stage": stage,
        "day": day,
        "batch_row": 1,
    }
    return told | {"told_at": "2025-06-01 00:00:00", "author": "office"} | more


def test_reported_events_are_stays_as_they_were_last_corrected(graph: Graph) -> None:
    found = spells(
        graph,
        reported=[
            report("1", "enter", "reading", "2025-03-01"),
            report("2", "exit", "reading", "2025-03-21"),
            report("3", "correct", "reading", "2025-03-11", corrects="2"),
            report("4", "correct", "reading", "2025-03-15", corrects="2", batch_row=2),
            report("5", "enter", "testing", "2025-03-16"),
            report("6", "exit", "testing", "2025-03-18"),
            report("7", "correct", "testing", None, corrects="6"),
            report("8", "withdraw", "withdrawn", "2025-03-31"),
        ],
    )
    stays = {stage: found["r", stage, 1] for stage in ("reading", "testing", "overall")}
    assert {stage: one["days"] for stage, one in stays.items()} == {"reading": 14, "testing": 15, "overall": 30}
    assert {stage: one["ended"] for stage, one in stays.items()} == {
        "reading": "left", "testing": "ended", "overall": "ended",
    }  # fmt: skip
    assert stays["overall"]["ended_by"] == "withdrawn"
    assert stays["reading"]["owner"] == "office"


def test_the_silence_of_one_office_is_not_that_its_units_stand_still(graph: Graph) -> None:
    found = spells(
        graph,
        reported=[
            report("1", "enter", "reading", "2025-03-01"),
            report("2", "enter", "reading", "2025-03-05", unit="s", author="another"),
            report("3", "exit", "reading", "2025-06-01", unit="s", author="another"),
            report("4", "enter", "reading", "2025-03-05", unit="t"),
            report("5", "enter", "testing", "2025-05-01", unit="t", author="another"),
        ],
    )
    until = {unit: found[unit, "reading", 1]["watched_until_date"] for unit in ("r", "s", "t")}
    assert until == {"r": date(2025, 3, 5), "s": date(2025, 6, 1), "t": date(2025, 6, 1)}


def attributes(graph: Graph, *reported: dict[str, Any], listed: Sequence[dict[str, Any]] = ()) -> tuple[Any, ...]:
    found = spells(graph, reported=reported, listed=listed)["r", "reading", 1]
    return tuple(found[name] for name in ("state", "model", "size", "owner"))


def test_what_was_told_of_a_unit_last_stands_and_blank_cells_tell_nothing(graph: Graph) -> None:
    first = report("1", "enter", "reading", "2025-03-01", state="FL", model="Task force", size="12")
    later = report("2", "exit", "reading", "2025-03-21", size="250 officers and more", owner="IT", batch_row=2)
    assert attributes(graph, first) == ("FLORIDA", "Task force", "10 to 49 officers", "office")
    assert attributes(graph, later, first) == ("FLORIDA", "Task force", "250 officers and more", "IT")
    corrected = report("3", "correct", "reading", "2025-03-02", corrects="1", state="Iowa", batch_row=3)
    assert attributes(graph, first, later, corrected)[0] == "IOWA"


def test_of_a_unit_that_nobody_described_only_who_reported_it_is_known(graph: Graph) -> None:
    assert attributes(graph, report("1", "enter", "reading", "2025-03-01")) == (None, None, None, "office")


def test_what_the_lists_of_agreements_say_of_a_unit_stands_before_what_was_told(graph: Graph) -> None:
    told = report("1", "enter", "reading", "2025-03-01", state="FL", model="Task force", size="12", owner="IT")
    listed = [{"unit": "r", "state": "TEXAS", "model": "Jail"}, {"unit": "another", "state": "OHIO"}]
    assert attributes(graph, told, listed=listed) == ("TEXAS", "Jail", "10 to 49 officers", "IT")
