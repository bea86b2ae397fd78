"""Stages of real requests: the known figures come out, and stays are counted again by other code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.tables.kept import keep
from tests.tables.test_survival import by_definition

pytestmark = pytest.mark.real_data
WAY = {"process": "requests_287g", "stage": "overall"}
KNOWN: dict[str, Any] = {"start": date(2025, 5, 13), "end": date(2025, 7, 16), "as_known_on": date(2025, 7, 25)}


def figure(bench: Bench, metric: str, **asked: Any) -> Any:
    return bench.ask(Question(metric, **asked)).value


def test_requests_of_the_summer_of_2025_take_as_long_as_is_known(real_bench: Bench) -> None:
    """142 listed requests of known start, half of them within 12 days (see test_agreements on the figures known);
    counted with those that still wait or went, half are done within more days."""
    left = Question("stages_entered", {**WAY, "ended": "left"}, **KNOWN)
    assert real_bench.ask(left).value == 142
    assert figure(real_bench, "median_days_of_those_that_left", where=WAY, **KNOWN) == 12
    assert figure(real_bench, "median_days_in_stage", where=WAY, **KNOWN) > 12


def test_stays_of_requests_are_as_their_days_say_and_halved_where_a_count_one_by_one_halves_them(
    real_bench: Bench,
) -> None:
    graph, warehouse = real_bench.pipeline.graph, real_bench.pipeline.warehouse
    keep(real_bench.engine, "stage_spells", real_bench.edition, graph, warehouse)
    spells = real_bench.engine.query(
        """SELECT entered_date, entered_earliest_date, ended_date, ended_earliest_date, watched_until_date, days, how
        FROM stage_spells WHERE process = 'requests_287g' AND stage = 'overall'"""
    ).to_pylist()
    known = [row for row in spells if row["days"] is not None]
    for row in known:
        assert (row["entered_date"] - row["entered_earliest_date"]).days < 14
        exact = row["ended_date"] and (row["ended_date"] - row["ended_earliest_date"]).days < 14
        until = row["ended_date"] if exact else row["ended_earliest_date"] or row["watched_until_date"]
        assert bool(exact) == (row["how"] > 0)
        assert row["days"] == max(0, (until - row["entered_date"]).days - bool(row["ended_date"] and not exact))
    curve = by_definition([(-1, row["days"], int(row["how"] > 0)) for row in known])
    half = next(days for days, _, _, share in curve if share <= 0.5)
    assert figure(real_bench, "median_days_in_stage", where=WAY) == half
    assert len(spells) - len(known) == figure(real_bench, "stages_of_unknown_start", where=WAY)


def test_a_request_that_the_record_signs_before_it_is_pending_is_in_no_duration(real_bench: Bench) -> None:
    stage = {"process": "requests_287g", "stage": "signature"}
    assert figure(real_bench, "stages_left_before_they_began", where=stage) == 8
    spent = Question("days_spent_in_stage", {**stage, "is_out_of_order": "true"})
    assert real_bench.ask(spent).value is None


@pytest.mark.parametrize(("process", "stage"), [("requests_287g", "overall"), ("contracts", "overall")])
def test_units_are_told_apart_by_size_and_each_is_counted_once(real_bench: Bench, process: str, stage: str) -> None:
    asked = Question("stages_entered", {"process": process, "stage": stage})
    by_size = real_bench.ask(replace(asked, by=("size",)))
    assert sum(row["value"] for row in by_size.rows) == real_bench.ask(asked).value
    known = sum(row["value"] for row in by_size.rows if row["size"])
    assert known > real_bench.ask(asked).value / 2
