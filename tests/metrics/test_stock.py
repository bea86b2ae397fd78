"""A stock is of a day: the newest snapshot answers, and no two are added up."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import pytest

from tallystick import metric
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.caveats import Circumstances, caveats
from tallystick.metrics.coverage import Holdings
from tallystick.metrics.filters import filtered
from tallystick.metrics.stock import compared, known, snapshots
from tallystick.nouns.metric import Metric, Question
from tallystick.tables.statements import compiled

SCHEMA = {
    "as_of": "date", "fiscal_year": "int64", "sex": "string", "held": "int64",
    "member": "string", "release_id": "string",
}  # fmt: skip
HELD = Metric("held", lambda population: population, ("population",), "count", "as_of", ("as_of",), stock=True)
ROWS = """
    (DATE '2025-09-10', 2025, 'M', 5, 'list am', '2'), (DATE '2025-09-10', 2025, 'M', 6, 'list pm', '1'),
    (DATE '2025-09-24', 2025, 'M', 7, 'list', '3'), (DATE '2025-09-24', 2025, 'F', 1, 'list', '3'),
    (DATE '2026-02-02', 2026, 'M', 9, 'list', '4')
"""


def held(where: dict[str, Any] | None = None, by: tuple[str, ...] = (), **period: date) -> dict[Any, int]:
    question = Question("held", dict(where or {}), by, period.get("start"), period.get("end"))
    table = ibis.table(SCHEMA, name="population")
    rows = filtered(snapshots(table, HELD, question), question.where)
    with DuckDB(threads=1, memory="200MB") as engine:
        engine.create("population", f"SELECT * FROM (VALUES {ROWS}) AS t({', '.join(SCHEMA)})")
        summed = rows.group_by("as_of").aggregate(held=rows.held.sum()).order_by("as_of")
        return {row["as_of"]: row["held"] for row in engine.query(compiled(summed)).to_pylist()}


def test_the_newest_snapshot_answers() -> None:
    assert held() == {date(2026, 2, 2): 9}


def test_the_newest_on_or_before_the_end_answers_even_where_it_is_older_than_the_start() -> None:
    assert held(end=date(2025, 9, 30)) == {date(2025, 9, 24): 8}
    assert held(start=date(2025, 10, 1), end=date(2025, 10, 31)) == {date(2025, 9, 24): 8}
    assert held(end=date(2020, 1, 1)) == {}


def test_a_stock_by_its_day_is_told_for_each_snapshot_of_the_period() -> None:
    assert held(by=("as_of",), start=date(2025, 9, 11)) == {date(2025, 9, 24): 8, date(2026, 2, 2): 9}


def test_of_two_releases_of_one_day_the_later_named_one_answers() -> None:
    assert held(end=date(2025, 9, 11)) == {date(2025, 9, 10): 6}
    assert held(by=("as_of",), end=date(2025, 9, 11)) == {date(2025, 9, 10): 6}


def test_a_stock_by_fiscal_year_is_that_of_the_last_snapshot_in_each() -> None:
    assert held(by=("fiscal_year",)) == {date(2025, 9, 24): 8, date(2026, 2, 2): 9}


def test_a_filter_on_a_time_chooses_the_day_and_another_filter_does_not() -> None:
    assert held({"fiscal_year": "2025"}) == {date(2025, 9, 24): 8}
    assert held({"sex": "F"}) == {}


def test_a_stock_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="name its column"):
        metric(unit="count", by=[], stock=True)


def told(taken_on: date | None, **period: Any) -> tuple[str, ...]:
    found = Circumstances(1, taken_on=taken_on)
    return caveats(HELD, Question("held", **period), Holdings(date(2026, 4, 9), ()), found)


def test_the_day_of_a_stock_is_told_beside_it() -> None:
    day = date(2025, 9, 24)
    assert told(day) == ("the figure is of 2025-09-24, the day of the newest good snapshot",)
    assert told(day, end=date(2025, 9, 30))[0].endswith("newest good snapshot on or before 2025-09-30")
    assert "before it" in told(day, start=date(2025, 10, 1))[0]
    assert "of its time" in told(day, by=("fiscal_year",))[0]
    assert told(day, by=("as_of",)) == ()


def test_a_period_that_cuts_a_month_is_told_to_count_whole_months() -> None:
    monthly = Metric("monthly", lambda booked: booked, ("booked",), "count", "month", ())
    holdings = Holdings(date(2026, 4, 9), ())
    cut = Question("monthly", start=date(2025, 1, 20), end=date(2025, 2, 28))
    assert "whole months" in caveats(monthly, cut, holdings, Circumstances(1))[0]
    whole = Question("monthly", start=date(2025, 1, 1), end=date(2025, 2, 28))
    assert caveats(monthly, whole, holdings, Circumstances(1)) == ()


def test_a_stock_is_unknown_before_its_first_snapshot_and_zero_where_a_snapshot_has_none() -> None:
    def counted(where: dict[str, Any], end: date) -> Any:
        question = Question("held", where, (), None, end)
        snapshot = snapshots(ibis.table(SCHEMA, name="population"), HELD, question)
        rows = filtered(snapshot, question.where)
        with DuckDB(threads=1, memory="200MB") as engine:
            engine.create("population", f"SELECT * FROM (VALUES {ROWS}) AS t({', '.join(SCHEMA)})")
            answer = known(rows.aggregate(value=rows.held.count()), snapshot)
            return engine.query(compiled(answer)).to_pylist()[0]["value"]

    assert counted({"sex": "X"}, date(2025, 9, 24)) == 0
    assert counted({}, date(2025, 9, 24)) == 2
    assert counted({}, date(2025, 9, 9)) is None


def ends(**period: date) -> dict[bool, tuple[date, int]]:
    question = Question("held", {}, (), period.get("start"), period.get("end"))
    rows = compared(ibis.table(SCHEMA, name="population"), HELD, question)
    summed = rows.group_by("is_baseline").aggregate(day=rows.as_of.max(), held=rows.held.sum())
    with DuckDB(threads=1, memory="200MB") as engine:
        engine.create("population", f"SELECT * FROM (VALUES {ROWS}) AS t({', '.join(SCHEMA)})")
        return {row["is_baseline"]: (row["day"], row["held"]) for row in engine.query(compiled(summed)).to_pylist()}


def test_what_grew_is_set_against_what_there_was_on_the_first_day() -> None:
    before, last = (date(2025, 9, 24), 8), (date(2026, 2, 2), 9)
    assert ends(start=date(2025, 12, 1), end=date(2026, 5, 1)) == {True: before, False: last}
    assert ends(start=date(2025, 9, 24)) == {True: before, False: last}
    assert ends(start=date(2025, 12, 1), end=date(2025, 12, 31)) == {True: before, False: before}


def test_without_a_snapshot_so_early_the_first_one_is_the_baseline_and_of_two_of_its_day_the_later() -> None:
    first = (date(2025, 9, 10), 6)
    assert ends()[True] == first
    assert ends(start=date(2020, 1, 1))[True] == first
    assert ends(end=date(2020, 1, 1)) == {}


def test_both_ends_of_a_growth_and_their_numbers_are_told() -> None:
    found = Circumstances(1978, ends=((date(2024, 12, 11), 135), (date(2026, 5, 18), 1843)))
    growth = Metric("growth", lambda population: population, ("population",), "ratio", "as_of", ())

    def told_of(start: date | None) -> str:
        return "\n".join(caveats(growth, Question("growth", start=start), Holdings(date(2026, 4, 9), ()), found))

    assert "of 2024-12-11, the newest good one on or before 2025-01-20, with 135 rows" in told_of(date(2025, 1, 20))
    assert "that of 2026-05-18 has 1,843" in told_of(None)
    assert "since none is of 2020-01-01 or before" in told_of(date(2020, 1, 1))
