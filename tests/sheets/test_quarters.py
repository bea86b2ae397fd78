"""Quarters: named as people write them, whole, and over before they are the last whole one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import UsageError
from tallystick.sheets.quarters import Quarter, last_whole, quarter


def test_a_quarter_is_three_months_and_belongs_to_a_fiscal_year() -> None:
    asked = quarter("2024Q4")
    assert (asked.start, asked.end, asked.fiscal_year) == (date(2024, 10, 1), date(2024, 12, 31), 2025)
    assert asked.fiscal_year_start == date(2024, 10, 1)
    assert quarter("2024q1").end == date(2024, 3, 31)


@pytest.mark.parametrize("written", ["2024", "2024Q5", "Q32024", "2024Q3 to 2024Q4"])
def test_what_is_no_quarter_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="not a quarter"):
        quarter(written)


@pytest.mark.parametrize("written", ["0000Q1", "0001Q1", "9999Q4"])
def test_a_quarter_that_no_release_can_tell_of_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="too far away"):
        quarter(written)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_the_last_whole_quarter_is_over_and_the_next_is_not(day: date) -> None:
    found = last_whole(day)
    assert found.end <= day
    following = found.end + timedelta(days=1)
    assert Quarter(following.year, (following.month + 2) // 3).end > day
