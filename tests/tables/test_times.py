"""Fiscal years, quarters and the days of months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB
from tallystick.expressions import days_in_month, fiscal_year_of, month_of, per_day, quarter_of
from tallystick.tables.statements import compiled

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def told_of(day: date, through: date | None = None) -> dict[str, Any]:
    """Every time of one day, as the engine works it out."""
    table = ibis.table({"day": "date", "through": "date"}, name="days")
    month = month_of(table.day)
    times = table.select(
        year=fiscal_year_of(table.day),
        month=month,
        quarter=quarter_of(table.day),
        days=days_in_month(month, table.through),
    )
    last = "NULL" if through is None else f"'{through}'"
    with DuckDB(threads=1, memory="200MB") as engine:
        engine.create("days", f"SELECT DATE '{day}' AS day, CAST({last} AS DATE) AS through")
        return dict(engine.query(compiled(times)).to_pylist()[0])


def counts(rows: Sequence[tuple[str, str, int, int | None]], *by: str) -> list[dict[str, Any]]:
    schema = {"month": "date", "agency": "string", "counted": "int64", "days": "int64"}
    with DuckDB(threads=1, memory="200MB") as engine:
        values = ", ".join(
            f"(DATE '{month}', '{agency}', {counted}, {'NULL' if days is None else days})"
            for month, agency, counted, days in rows
        )
        engine.create("counts", f"SELECT * FROM (VALUES {values}) AS t(month, agency, counted, days)")
        table = ibis.table(schema, name="counts")
        return list(engine.query(compiled(per_day(table, list(by), "counted"))).to_pylist())


@settings(max_examples=15, deadline=None)
@given(DAYS)
def test_the_times_of_a_day_are_those_of_the_calendar(day: date) -> None:
    assert told_of(day) == {
        "year": day.year + (day.month >= 10),
        "month": day.replace(day=1),
        "quarter": f"{day.year}Q{(day.month + 2) // 3}",
        "days": monthrange(day.year, day.month)[1],
    }


@settings(max_examples=15, deadline=None)
@given(DAYS, st.integers(-40, 70))
def test_a_month_not_over_has_the_days_that_are_and_one_not_begun_has_none(day: date, later: int) -> None:
    through = day.replace(day=1) + timedelta(days=later)
    told = told_of(day, through)["days"]
    whole = monthrange(day.year, day.month)[1]
    assert told == (None if later < 0 else min(later + 1, whole))


def test_the_days_of_a_month_count_once_however_many_rows_it_has() -> None:
    rows = [("2024-02-01", "ICE", 29, 29), ("2024-02-01", "CBP", 29, 29), ("2024-03-01", "ICE", 62, 31)]
    assert counts(rows) == [{"value": 120 / 60}]
    assert counts(rows, "month")[0]["value"] == pytest.approx(2)
    assert {row["agency"]: row["value"] for row in counts(rows, "agency")} == {"ICE": 91 / 60, "CBP": 1.0}


def test_a_rate_over_a_month_of_unknown_length_is_unknown() -> None:
    assert counts([("2024-02-01", "ICE", 29, None), ("2024-03-01", "ICE", 62, 31)]) == [{"value": None}]
