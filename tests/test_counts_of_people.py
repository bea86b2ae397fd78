"""Every metric that counts people passes the gate, or is made of totals that others published as they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.errors import UsageError
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


NUMBERS_BESIDE = {
    "arrest_days": {"fiscal_year"},
    "facilities": {"capacity", "guaranteed_minimum", "per_diem_usd"},
    "facility_population_days": {"fiscal_year"},
    "office_days": {"fiscal_year", "tellings", "days_late"},
    "removal_days": {"fiscal_year"},
    "state_arrest_days": {"fiscal_year"},
}
"""The numbers in tables told beside a plan: years, beds, money, how often and how late was told; no people."""
SAME_PEOPLE = {("departures_by_day", "removals_by_day")}
"""Plans over the same releases; why they are safe together is told in each."""


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


def test_a_table_that_is_told_beside_a_plan_holds_no_number_of_people(others: Bench) -> None:
    graph = others.metrics.graph
    beside = {name for plan in others.gate.protections.values() for name in plan.beside}
    numbers = {
        name: {column for column, kind in graph.unbound(name).schema().items() if kind.is_numeric()} - {"source_row"}
        for name in beside
    }
    assert numbers == NUMBERS_BESIDE


def test_plans_over_the_same_releases_are_those_that_were_thought_through(others: Bench) -> None:
    graph = others.metrics.graph
    behind = {name: graph.published(name) & graph.catalog.guarded for name in others.gate.protections}
    assert {pair for pair in combinations(sorted(behind), 2) if behind[pair[0]] & behind[pair[1]]} == SAME_PEOPLE


def test_every_other_metric_made_of_guarded_releases_leaves_their_rows_out(others: Bench) -> None:
    graph, gate = others.metrics.graph, others.gate
    beside = {name for plan in gate.protections.values() for name in plan.beside}
    partly = {name for plan in gate.protections.values() for name in plan.without}
    made = {
        name
        for metric in others.metrics.by_name.values()
        for name in metric.inputs
        if not gate.guards(metric.name) and graph.published(name) & graph.catalog.guarded
    }
    assert made <= beside | partly
    assert all(gate.told_of(name) for name in partly)
    for name in partly:
        with pytest.raises(UsageError, match="are not shown"):
            gate.refuse((name,))
