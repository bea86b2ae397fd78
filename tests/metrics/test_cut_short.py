"""A stretch of time that the rows held fill only in part is said to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.metrics.cut_short import Stretch, cut_short, not_whole
from tallystick.metrics.stock import TIMES
from tallystick.nouns.metric import Metric, Question, Values, to_date

DAILY = Metric("arrests", lambda rows: rows, ("rows",), "count", "day", ("fiscal_year", "quarter"))
MONTHLY = Metric("encounters", lambda rows: rows, ("rows",), "count", "month", ("fiscal_year", "quarter"))
FIRST, LAST = date(2015, 10, 1), date(2019, 8, 31)


def told(metric: Metric, *by: str, last: date = LAST, where: dict[str, Values] | None = None) -> list[str]:
    return cut_short(metric, Question(metric.name, where or {}, by), FIRST, last)


def test_a_fiscal_year_of_eleven_months_may_not_be_whole() -> None:
    assert told(DAILY, "fiscal_year") == ["fiscal year 2019 may not be whole: the rows held end on 2019-08-31"]
    assert told(DAILY, "quarter") == ["quarter 2019Q3 may not be whole: the rows held end on 2019-08-31"]
    assert told(DAILY, where={"fiscal_year": "2019"}) == told(DAILY, "fiscal_year")


def test_the_longest_stretch_speaks_for_those_within_it_at_either_end() -> None:
    assert told(DAILY, "quarter", "year") == [
        "year 2015 may not be whole: the rows held begin on 2015-10-01",
        "year 2019 may not be whole: the rows held end on 2019-08-31",
    ]


def test_a_metric_by_the_month_ends_with_its_last_month() -> None:
    assert told(MONTHLY, "fiscal_year", last=date(2024, 11, 1)) == [
        "fiscal year 2025 may not be whole: the rows held end with November 2024"
    ]
    assert told(MONTHLY, "fiscal_year", last=date(2024, 9, 1)) == []
    assert told(MONTHLY, "month", last=date(2024, 11, 1)) == []


@pytest.mark.parametrize(
    "where", [{"fiscal_year": "2018"}, {"fiscal_year": ["2016", "2017"]}, {"quarter": "2018*"}, {"year": "2018"}]
)
def test_a_filter_that_leaves_the_ends_out_needs_no_words(where: dict[str, Values]) -> None:
    assert told(DAILY, "fiscal_year", where=where) == []


def test_no_stretch_asked_about_and_an_end_that_is_asked_for_need_no_words() -> None:
    assert told(DAILY) == []
    asked = Question("arrests", {}, ("year",), start=date(2016, 2, 1), end=date(2018, 3, 1))
    assert cut_short(DAILY, asked, FIRST, LAST) == []


def test_the_stretches_that_rows_fill_in_part_are_named_as_the_rows_name_them() -> None:
    asked = Question("arrests", by=("fiscal_year", "quarter"))
    assert not_whole(DAILY, asked, FIRST, LAST, LAST) == ("2019Q3", "2019")
    assert not_whole(DAILY, asked, FIRST, LAST, date(2019, 5, 31)) == ("2019Q2", "2019Q3", "2019")
    assert not_whole(DAILY, Question("arrests", by=("month",)), FIRST, LAST, LAST) == ()
    assert not_whole(DAILY, Question("arrests", by=("state",)), FIRST, LAST, LAST) == ()


def test_a_period_that_begins_within_a_month_fills_that_month_in_part() -> None:
    asked = Question("arrests", by=("month",), start=date(2017, 1, 20), end=date(2019, 6, 30))
    assert not_whole(DAILY, asked, FIRST, LAST, LAST)[0] == "2017-01-01"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(TIMES))
def test_stretches_follow_on_each_other_and_hold_their_days(day: date, time: str) -> None:
    stretch = Stretch.around(day, time)
    assert stretch.first <= day <= stretch.last
    assert Stretch.around(stretch.first, time) == Stretch.around(stretch.last, time) == stretch
    assert Stretch.around(stretch.last + timedelta(days=1), time).first == stretch.last + timedelta(days=1)


def test_a_month_that_the_newest_release_does_not_reach_the_end_of_may_not_be_whole() -> None:
    by_month = Question("encounters", by=("month",))
    says = ["month 2026-04-01 may not be whole: the newest release speaks for 2026-04-09"]
    assert cut_short(MONTHLY, by_month, FIRST, date(2026, 4, 1), date(2026, 4, 9)) == says
    assert cut_short(MONTHLY, by_month, FIRST, date(2026, 4, 1), date(2026, 4, 30)) == []
    assert not_whole(MONTHLY, by_month, FIRST, date(2026, 4, 30), date(2026, 4, 9)) == ("2026-04-01",)


def test_what_grows_through_the_fiscal_year_is_not_whole_before_its_last_day() -> None:
    since_october = to_date(
        Metric("removals", lambda rows: rows, ("rows",), "count", "as_of", ("fiscal_year",), stock=True)
    )
    by_year = Question("removals", by=("fiscal_year",))
    april, over = date(2026, 4, 9), date(2026, 9, 30)
    assert not_whole(since_october, by_year, april, april, april) == ("2026",)
    assert not_whole(since_october, by_year, over, over, over) == ()
    assert not_whole(since_october, Question("removals", by=("as_of",)), april, april, april) == ()
