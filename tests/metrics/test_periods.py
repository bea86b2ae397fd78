"""A fiscal year beside the year before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.catalog import Catalog
from tallystick.errors import UsageError
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.metric import Question, Values
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tests.real_home import real_pipeline

CHANGE = "change_on_year_before"


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    catalog = Catalog((bundled_records(),))
    return Metrics(catalog, Graph(catalog))


def test_a_fiscal_year_is_the_period_of_what_is_beside_the_year_before(metrics: Metrics) -> None:
    asked = Question(CHANGE, {"agency": "ICE", "fiscal_year": "2025"}, end=date(2025, 3, 31))
    its = metrics.in_its_period(asked)
    assert its == Question(CHANGE, {"agency": "ICE"}, start=date(2024, 10, 1), end=date(2025, 3, 31))
    assert not metrics.lacks_period(its)


def test_a_fiscal_year_filters_every_other_metric(metrics: Metrics) -> None:
    asked = Question("obligations", {"fiscal_year": "2025"})
    assert metrics.in_its_period(asked) == asked
    assert not metrics.lacks_period(asked)


@pytest.mark.parametrize("wanted", [["2024", "2025"], "20*", "soon", "0", "1", "12345"])
def test_what_is_not_one_year_has_no_year_before(metrics: Metrics, wanted: Values) -> None:
    with pytest.raises(UsageError, match="fiscal year"):
        metrics.in_its_period(Question(CHANGE, {"fiscal_year": wanted}))


def test_days_outside_the_year_named_are_refused(metrics: Metrics) -> None:
    with pytest.raises(UsageError, match="2026-01-01"):
        metrics.in_its_period(Question(CHANGE, {"fiscal_year": "2025"}, start=date(2026, 1, 1)))


@pytest.mark.parametrize("metric", [CHANGE, "obligations_a_year_before"])
def test_a_year_named_gives_what_the_breakdown_by_year_gives(starter_home: Path, metric: str) -> None:
    bench = Bench(real_pipeline(starter_home))
    rows = bench.ask(Question(metric, {"agency": "ICE"}, by=("fiscal_year",))).rows
    assert any(row["value"] for row in rows)
    for row in rows:
        year: dict[str, Values] = {"agency": "ICE", "fiscal_year": str(row["fiscal_year"])}
        assert bench.ask(Question(metric, year)).value == row["value"]
        assert bench.releases_behind(Question(metric, year))


def test_a_period_after_all_that_is_held_is_asked_as_it_is(starter_home: Path) -> None:
    bench = Bench(real_pipeline(starter_home))
    answer = bench.ask(Question(CHANGE, {"agency": "ICE"}, by=("month",), start=date(2090, 10, 1)))
    assert not answer.rows
    assert (answer.question.start, answer.question.end) == (date(2090, 10, 1), None)
