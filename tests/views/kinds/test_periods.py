"""Periods in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import RecordError
from tallystick.views.kinds.periods import month_end, period_of


@pytest.mark.parametrize(
    ("words", "day", "first", "last"),
    [
        ("this fiscal year", date(2026, 8, 20), date(2025, 10, 1), date(2026, 8, 20)),
        ("this fiscal year", date(2025, 10, 1), date(2025, 10, 1), date(2025, 10, 1)),
        ("the last 12 months", date(2026, 8, 20), date(2025, 9, 1), date(2026, 8, 20)),
        ("the last 3 whole months", date(2026, 4, 9), date(2026, 1, 1), date(2026, 3, 31)),
        ("the last 3 whole months", date(2026, 4, 30), date(2026, 2, 1), date(2026, 4, 30)),
        ("the last 1 months", date(2026, 1, 31), date(2026, 1, 1), date(2026, 1, 31)),
        ("since 2025-01-20", date(2026, 1, 31), date(2025, 1, 20), date(2026, 1, 31)),
    ],
)
def test_a_period_in_words_is_counted_back_from_a_day(words: str, day: date, first: date, last: date) -> None:
    assert period_of(words, day) == (first, last)


@given(st.integers(1, 60), st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.booleans())
def test_the_last_months_are_as_many_as_they_say(months: int, day: date, whole: bool) -> None:
    first, last = period_of(f"the last {months}{' whole' * whole} months", day)
    assert first.day == 1
    assert (last.year - first.year) * 12 + last.month - first.month + 1 == months
    assert last <= day


@pytest.mark.parametrize("words", ["the last 0 months", "last year", "since 2025-13-01", ""])
def test_words_that_are_no_period_are_refused_with_what_may_be_written(words: str) -> None:
    with pytest.raises(RecordError) as refused:
        period_of(words, date(2025, 1, 20))
    assert "this fiscal year" in refused.value.next_step


@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_ends_the_day_before_the_next_one_begins(day: date) -> None:
    ends = month_end(day)
    assert (ends.year, ends.month) == (day.year, day.month)
    assert date.fromordinal(ends.toordinal() + 1).day == 1
