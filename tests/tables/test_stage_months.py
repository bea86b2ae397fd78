"""Days of stays by month are all of their days, each once; and a change is that of two curves counted one by one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from tallystick.catalog import Catalog
from tallystick.crosschecks import crosschecks, expression, findings
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import make_up
from tallystick.nouns.metric import Question
from tallystick.tables.graph import Graph

DAY = date(2025, 6, 1)
END = date(2025, 12, 31)


def made(seed: int) -> list[dict[str, Any]]:
    random, rows = Random(seed), []
    for number in range(160):
        entered = DAY + timedelta(random.randint(-220, 200))
        took = random.randint(0, 60 if entered < DAY else 35)
        until = min(entered + timedelta(took), END)
        how = random.choice((1, 1, 1, 2)) if until < END else 0
        rows.append({
            "process": "p", "unit": f"u{number}", "stage": "s", "visit": 1, "entered_date": entered,
            "until_date": until, "watched_until_date": END, "days": (until - entered).days, "how": how, "after": -1,
            "is_start_known": True, "is_out_of_order": False, "is_synthetic": False,
        })  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def graph(catalog: Catalog) -> Graph:
    return Graph(catalog)


def test_the_days_of_a_stay_are_those_of_its_months_each_once(graph: Graph) -> None:
    rows = made(1)
    with DuckDB(threads=1, memory="500MB") as engine:
        make_up(engine, "stage_spells", rows, graph.unbound("stage_spells").schema())
        engine.create("stage_months", graph.derived(graph.derivations["stage_months"]))
        found = engine.query("SELECT unit, month, days_there FROM stage_months").to_pylist()
    counted: dict[tuple[str, date], int] = {}
    for row in rows:
        for number in range(row["days"]):
            day = row["entered_date"] + timedelta(number)
            key = (row["unit"], day.replace(day=1))
            counted[key] = counted.get(key, 0) + 1
    assert {(row["unit"], row["month"]): row["days_there"] for row in found} == counted


@pytest.mark.parametrize("seed", [2, 3])
def test_a_change_is_the_difference_of_two_curves_of_which_the_first_ends_with_the_day(
    graph: Graph, catalog: Catalog, seed: int
) -> None:
    rows = made(seed)
    metrics = Metrics(catalog, graph)
    with DuckDB(threads=1, memory="500MB") as engine:
        make_up(engine, "stage_spells", rows, graph.unbound("stage_spells").schema())
        names = ("change_in_median_days_low", "change_in_median_days", "change_in_median_days_high")
        asked = [Question(name, {"process": "p"}, day=DAY) for name in names]
        low, value, high = (
            engine.query(graph.sql(metrics.expression(one), engine.dialect)).to_pylist()[0]["value"] for one in asked
        )
    gaps = [(row, (row["entered_date"] - DAY).days) for row in rows]
    before = [
        (min(row["days"], -gap), row["how"] if row["days"] <= -gap else 0) for row, gap in gaps if -180 <= gap < 0
    ]
    after = [(row["days"], row["how"]) for row, gap in gaps if 0 <= gap < 180]
    (b, b_low, b_high), (a, a_low, a_high) = _median(before), _median(after)
    assert value == a - b
    assert low == pytest.approx(a - b - np.hypot(a - a_low, b_high - b))
    assert high == pytest.approx(a - b + np.hypot(a_high - a, b - b_low))


def _median(spells: list[tuple[int, int]]) -> tuple[float, float, float]:
    lengths, ended = np.array([length for length, _ in spells]), np.array([int(how > 0) for _, how in spells])
    curve = SurvfuncRight(lengths, ended)
    with np.errstate(all="ignore"):
        low, high = curve.quantile_ci(0.5, method="cloglog")
    return float(curve.quantile(0.5)), float(low), float(high)


def test_a_stay_that_ended_before_it_began_is_a_finding_and_a_made_up_one_is_none(
    graph: Graph, catalog: Catalog
) -> None:
    check = crosschecks(catalog)["stages_that_ended_before_they_began"]
    whole = {"process": "requests_287g", "unit": "a/b", "stage": "signature", "visit": 1, "title": "Ada County"}
    amiss = whole | {
        "is_out_of_order": True,
        "ended": "left",
        "is_synthetic": False,
        "entered_date": DAY,
        "ended_date": date(2025, 5, 1),
    }
    rows = [
        amiss,
        amiss | {"unit": "fine", "is_out_of_order": False},
        amiss | {"unit": "made up", "is_synthetic": True},
    ]
    stages = [{"process": "requests_287g", "stage": "signature", "enters": "pending", "leaves": "signed"}]
    with DuckDB(threads=1, memory="500MB") as engine:
        make_up(engine, "stage_spells", rows, graph.unbound("stage_spells").schema())
        make_up(engine, "process_stages", stages, graph.unbound("process_stages").schema())
        told = engine.query(graph.sql(expression(check, graph.unbound), engine.dialect)).to_pylist()
    (found,) = findings(check, told)
    assert found.scope == "requests_287g/a/b"
    assert "Ada County, no state stated, no model stated: signed on 2025-05-01, before it was pending" in found.says
