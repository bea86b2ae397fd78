"""Filters let through what they say, and names that are not there are answered with near ones."""

from __future__ import annotations

import re
from datetime import date
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import UnknownName, UsageError
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import make_up
from tallystick.metrics.filters import filtered
from tallystick.nouns.metric import Question
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

CATALOG = Catalog((bundled_records(),))
METRICS = Metrics(CATALOG, Graph(CATALOG))
CELLS = ["10", "1005", "1010", "A_B", "A%B", "AxB", "", "10'; --", "*"]
WANTED = st.lists(st.sampled_from([*CELLS, "10*", "*B", "A_*", "A%*", "*", "*0*"]), min_size=1, max_size=3)


@given(WANTED)
@settings(max_examples=40, deadline=None)
def test_a_star_stands_for_any_text_and_nothing_else_does(wanted: list[str]) -> None:
    table = METRICS.graph.unbound("contract_actions")
    with DuckDB(threads=1, memory="200MB") as engine:
        make_up(engine, "contract_actions", [{"psc_code": cell} for cell in CELLS], table.schema())
        sql = compiled(filtered(table, {"psc": wanted}).select("psc_code"), engine.dialect)
        found = {row["psc_code"] for row in engine.query(sql).to_pylist()}
    assert found == {cell for cell in CELLS if any(fnmatchcase(cell, value) for value in wanted)}


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        (Question("obligation"), "obligations"),
        (Question("obligations", {"agencyy": "ICE"}), "agency"),
        (Question("obligations", {"federal_action_obligation_usd": "1"}), "agency"),
        (Question("obligations", by=("fiscal_yaer",)), "fiscal_year"),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_near_ones(question: Question, hint: str) -> None:
    with pytest.raises(UnknownName, match="is called") as refused:
        METRICS.expression(question)
    assert hint in refused.value.next_step


@pytest.mark.parametrize(
    "question",
    [
        Question("obligations", start=date(2025, 2, 1), end=date(2025, 1, 1)),
        Question("ceiling", start=date(2025, 1, 1)),
        Question("change_on_year_before"),
        Question("awards_ending_within_a_year"),
        Question("share_of_appropriation_obligated", {"section": "90003"}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(question: Question) -> None:
    with pytest.raises(UsageError):
        METRICS.expression(question)


def test_counties_of_one_name_in_several_states_are_not_summed_up() -> None:
    metrics = Metrics(Catalog((bundled_records(),)), Graph(Catalog((bundled_records(),))))
    with pytest.raises(UsageError, match="one row would sum them up") as refused:
        metrics.expression(Question("agreements_in_force", by=("county",)))
    assert "by state and county, or by county_fips" in refused.value.next_step
    for told_apart in (
        Question("agreements_in_force", by=("state", "county")),
        Question("agreements_in_force", {"state": "TEXAS"}, by=("county",)),
    ):
        metrics.expression(told_apart)


@pytest.mark.parametrize(
    ("metric", "instead"),
    [
        ("agreements_in_force", r"end of the period \('to'\)"),
        ("obligations", "ends on 2025-06-01"),
        ("ceiling", "leave out the day"),
    ],
)
def test_a_day_that_would_change_nothing_is_refused_with_what_to_state_instead(metric: str, instead: str) -> None:
    with pytest.raises(UsageError, match="looks ahead from no day") as refused:
        METRICS.expression(Question(metric, day=date(2025, 6, 1)))
    assert re.search(instead, refused.value.next_step)


def test_a_metric_that_looks_ahead_takes_its_day() -> None:
    asked = Question("awards_ending_within_a_year", day=date(2025, 6, 1))
    assert "2025, 6, 1" in compiled(METRICS.expression(asked)).replace("'2025-06-01'", "2025, 6, 1")
