"""Every metric that counts people passes the gate, or is made of totals that others published as they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.protection import NO_PLAN
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

PUBLISHED_AS_TOTALS = {
    "agreements_287g_participating_published": "agreements; the people are residents",
    "agreements_287g_web_tables_published": "agreements; the people are residents",
    "area_arrests_published": "arrests of an area over whole periods, as published",
    "area_rules_published": "areas; the people are residents",
    "border_patrol_encounters_published": "the agency's own monthly tables",
    "counties_published": "counties; the people are residents",
    "county_areas_published": "areas; the people are residents",
    "county_population_published": "estimates of residents by the Census Bureau",
    "custody_deaths_published": "deaths in custody by fiscal year, as the agency publishes them",
    "custody_population_published": "people held by fiscal year, as published",
    "detention_facilities_published": "the agency's own list of facilities with their average population",
    "detention_figures_published": "the agency's own detention statistics",
    "detention_stated_days_published": "the days that these statistics speak for",
    "law_enforcement_agencies_published": "agencies; the people are residents whom they police",
    "reported_training_published": "what offices report of their own staff's training, by course",
    "southwest_encounters_published": "the agency's own monthly tables",
    "state_arrests_published": "arrests of a state over whole periods, as published",
}
"""The published tables that metrics of people may be made of without the gate, and what they hold."""


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home: Path = tmp_path_factory.mktemp("empty")
    return Bench(Pipeline(Settings(home, (bundled_records(),), threads=1, memory_limit="1GB", profile="public")))


def unexplained(bench: Bench, totals: Collection[str]) -> set[str]:
    """The metrics of people that leave without the gate, made of a table that is not among `totals`."""
    return {
        name
        for name, metric in bench.metrics.by_name.items()
        if metric.counts == "people" and not bench.gate.guards(name)
        if not set().union(*map(bench.metrics.graph.published, metric.inputs)) <= set(totals)
    }


def test_a_metric_of_people_passes_the_gate_or_is_made_of_published_totals(others: Bench) -> None:
    assert unexplained(others, PUBLISHED_AS_TOTALS) == set()
    assert not others.metrics.graph.catalog.guarded & set(PUBLISHED_AS_TOTALS)


def test_one_that_is_made_of_a_table_nobody_spoke_for_is_found(others: Bench) -> None:
    without = set(PUBLISHED_AS_TOTALS) - {"custody_deaths_published"}
    assert unexplained(others, without) == {"deaths_in_custody", "deaths_per_10_000_held"}


def test_no_table_is_spoken_for_that_no_metric_of_people_is_made_of(others: Bench) -> None:
    assert all(unexplained(others, set(PUBLISHED_AS_TOTALS) - {table}) for table in PUBLISHED_AS_TOTALS)


def test_a_guarded_metric_without_a_plan_tells_nothing(guarded_home: Settings) -> None:
    bench = Bench(Pipeline(replace(guarded_home, profile="public")))
    unplanned = [
        name
        for name, metric in bench.metrics.by_name.items()
        if bench.gate.guards(name) and bench.gate.plan(metric) is None and "baseline" not in metric.takes
    ]
    assert "median_days_to_departure" in unplanned
    for name in unplanned:
        answer = bench.ask(Question(name))
        assert answer.value is None
        assert answer.unknown_because == NO_PLAN


def test_names_of_places_are_told_under_every_profile(others: Bench) -> None:
    """A page that names the places of its figures is else refused as a whole."""
    others.gate.refuse(("areas_of_responsibility", "county_areas", "facilities", "states"))
