"""Quantities are found in sentences with their hedges and periods, and what only looks like one is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.articles.find import quantities
from tallystick.articles.periods import periods_in
from tallystick.articles.quantity import Bound, Kind
from tests.articles.labelled import labelled_sentences, score


def test_quantities_of_the_labelled_sentences_are_found() -> None:
    found = score()
    assert len(list(labelled_sentences())) >= 150
    assert found.recall >= 0.95, found.told
    assert found.precision >= 0.95, found.told


@given(
    st.integers(1, 999_999_999), st.sampled_from(["more than ", "at least ", "up to ", "less than ", "nearly ", ""])
)
def test_money_is_read_as_it_is_written(dollars: int, hedge: str) -> None:
    (found,) = quantities(f"The firm was paid {hedge}${dollars:,} by the agency.")
    assert found.kind is Kind.MONEY
    assert found.value == dollars
    assert found.interval.holds(Decimal(dollars)) is (hedge not in ("more than ", "less than ", "nearly "))


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from([("thousand", 3), ("million", 6), ("billion", 9)]))
def test_a_scale_multiplies_and_keeps_the_precision(whole: int, tenth: int, scale: tuple[str, int]) -> None:
    (found,) = quantities(f"They bought {whole}.{tenth} {scale[0]} rounds.")
    assert found.value == Decimal(f"{whole}.{tenth}").scaleb(scale[1])
    assert found.unit == Decimal(1).scaleb(scale[1] - 1)


@given(st.text(max_size=200) | st.text("0123456789 .,$%-–of to and a half million dozen Jan. (g)", max_size=120))
def test_any_text_is_read_and_no_two_quantities_overlap(text: str) -> None:
    found = quantities(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("fiscal year 2025", date(2024, 10, 1), date(2025, 9, 30)),
        ("FY24", date(2023, 10, 1), date(2024, 9, 30)),
        ("January 20 to October 20, 2025", date(2025, 1, 20), date(2025, 10, 20)),
        ("Sept. 30, 2025", date(2025, 9, 30), date(2025, 9, 30)),
        ("September 2025", date(2025, 9, 1), date(2025, 9, 30)),
        ("October 2023 to September 2024", date(2023, 10, 1), date(2024, 9, 30)),
        ("20 January 2025", date(2025, 1, 20), date(2025, 1, 20)),
        ("2025-08-20", date(2025, 8, 20), date(2025, 8, 20)),
        ("2019-21", date(2019, 1, 1), date(2021, 12, 31)),
        ("the first quarter of 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("the second half of 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("December 2024", date(2024, 12, 1), date(2024, 12, 31)),
        ("October through March 2026", date(2025, 10, 1), date(2026, 3, 31)),
        ("November 30 to February 3, 2026", date(2025, 11, 30), date(2026, 2, 3)),
        ("March 2026 to October 2025", None, None),
        ("last year", None, None),
        ("the same period of 2024", None, None),
        ("February 30, 2025", None, None),
    ],
)
def test_a_period_is_the_days_that_its_words_say(text: str, start: date | None, end: date | None) -> None:
    (found,) = periods_in(f"It was in {text}, they said.")
    assert (found.period.start, found.period.end) == (start, end)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("It handed over 47,289 addresses.", Bound.WRITTEN),
        ("It spent over 47,289 hours.", Bound.WRITTEN),
        ("It spent over $4 million.", Bound.OVER),
        ("It could exceed $4 million.", Bound.OVER),
        ("No more than 50 came.", Bound.UP_TO),
        ("No fewer than 50 came.", Bound.AT_LEAST),
        ("50 or more came.", Bound.AT_LEAST),
        ("Just under 50 came.", Bound.NEARLY),
        ("An estimated 50 came.", Bound.ABOUT),
        ("As many as 50 came.", Bound.UP_TO),
    ],
)
def test_a_hedge_is_read_from_the_words_around(sentence: str, bound: Bound) -> None:
    (found,) = quantities(sentence)
    assert found.bound is bound


def test_from_one_number_to_another_are_two_and_a_range_is_one() -> None:
    assert [one.states for one in quantities("It rose from 36 to 76.")] == ["≈ 36e0", "≈ 76e0"]
    assert [one.states for one in quantities("It is 36 to 76 long.")] == ["between 36 and 76"]


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("Arrests more than halved.", ["< 5e-1"]),
        ("Arrests nearly halved.", ["about 5e-1"]),
        ("Arrests more than doubled.", ["> 2e0"]),
        ("Arrests rose more than fifteenfold.", ["> 15e0"]),
        ("It rose from 37,700 in fiscal 2024 to 48,400 in fiscal 2025.", ["≈ 37700e0", "≈ 48400e0"]),
    ],
)
def test_more_than_halved_is_less_and_no_number_is_lost_in_a_year(sentence: str, states: list[str]) -> None:
    assert [one.states for one in quantities(sentence) if one.value is not None] == states
