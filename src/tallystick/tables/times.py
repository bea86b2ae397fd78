"""Stretches of time as columns: fiscal year, quarter, month, and how many days each has."""

from __future__ import annotations

from typing import Any

import ibis


def fiscal_year_of(day: Any) -> Any:
    """The federal fiscal year of a date column: it begins on the first of October of the calendar year before."""
    return (day.year() + (day.month() >= 10).cast("int64")).cast("int64")


def month_of(day: Any) -> Any:
    """The first day of the month that a date column lies in."""
    return ibis.date(day.year(), day.month(), 1)


def quarter_of(day: Any) -> Any:
    """The calendar quarter of a date column as text that sorts: `2015Q4`."""
    return day.year().cast("string") + "Q" + day.quarter().cast("string")


def a_year_on(rows: Any, moved: Any) -> Any:
    """`rows` with their dates and fiscal years one year later where `moved` is true: the same month, by its date and
    not by its place. Meant for sums by month or year, which are few.
    """
    # By way of a timestamp: a date and an interval give one in DuckDB, which Ibis takes for a date already.
    later = {
        name: (rows[name].cast("timestamp") + ibis.interval(months=12)).cast("date")
        for name, dtype in rows.schema().items()
        if dtype.is_date()
    }
    if "fiscal_year" in rows.columns:
        later["fiscal_year"] = rows.fiscal_year + 1
    return rows.mutate({name: ibis.ifelse(moved, value, rows[name]) for name, value in later.items()})


def days_in_month(month: Any, through: Any = None) -> Any:
    """How many days a month has, leap years told apart; with `through`, how many of them are over on that day.

    `month` is the first of a month, `through` the last day counted. A month that begins after it has no days yet,
    and its number is NULL; where `through` is NULL the number is that of the whole month.
    """
    following = ibis.date(
        month.year() + (month.month() == 12).cast("int64"), ibis.ifelse(month.month() == 12, 1, month.month() + 1), 1
    )
    whole = following.delta(month, unit="day")
    if through is None:
        return whole
    counted = through.delta(month, unit="day") + 1
    return ibis.cases((through.isnull(), whole), (counted < 1, None), (counted < whole, counted), else_=whole)


def per_day(rows: Any, by: list[str], count: str) -> Any:
    """The column `count` summed up, divided by the days of the months it was counted in: a table of `by` and `value`.

    `rows` have `month` and `days`, the days of that month that were counted; the days of a month count once however
    many rows of it there are. Where the days of a month are not known, neither is the rate over it.
    """
    months = rows.group_by([*by, *(["month"] if "month" not in by else [])])
    months = months.aggregate(counted=rows[count].sum(), length=rows.days.max())
    known = months.length.count() == months.count()
    value = months.counted.sum().cast("float64") / months.length.sum().nullif(0).cast("float64")
    return months.aggregate(by=by, value=ibis.ifelse(known, value, None))


def per_covered_day(rows: Any, days: Any, by: list[str], count: str) -> Any:
    """The column `count` of the rows of covered days, divided by how many there are: a table of `by` and `value`.

    `days` has a row for each covered `day`, whether anything was counted on it or not. Breakdowns that it has too
    (a month, say) are divided by their own days, any other by all of them.
    """
    shared = [name for name in by if name in days.columns]
    counted = rows.semi_join(days, "day").aggregate(by=by, counted=rows[count].sum())
    lengths = days.aggregate(by=shared, length=days.count())
    joined = counted.join(lengths, shared) if shared else counted.cross_join(lengths)
    value = joined.counted.cast("float64") / joined.length.nullif(0).cast("float64")
    return joined.select(*by, value=value)


def covered_days(told: Any) -> Any:
    """The days that releases say they cover, with their month, quarter and fiscal year: a table keyed by `day`.

    `told` has `covers_from_date` and `covers_to_date`, and for a release that states neither the fiscal year that it
    is the whole of, as `stated_fiscal_year`.
    """
    told = told.distinct()
    year = told.stated_fiscal_year.cast("int32")
    first = ibis.coalesce(told.covers_from_date, ibis.date(year - 1, 10, 1))
    last = ibis.coalesce(told.covers_to_date, ibis.date(year, 9, 30))
    step = ibis.interval(days=1)
    days = ibis.range(first.cast("timestamp"), last.cast("timestamp") + step, step).unnest()
    rows = told.select(day=days).select(day=ibis._.day.cast("date")).distinct()
    day = rows.day
    return rows.select("day", month=month_of(day), quarter=quarter_of(day), fiscal_year=fiscal_year_of(day))
