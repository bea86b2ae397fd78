"""Chances by age are those of the formulas of constant rates, and rates are what was seen over how long."""

from __future__ import annotations

from datetime import timedelta
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.processes.hazards import BANDS, ONE_BAND, Hazards, fitted
from tests.processes.stays import FIRST, drawn, stay

RATES = st.floats(0.001, 0.5)


@given(RATES, RATES, st.floats(0, 400), st.floats(0, 900))
def test_constant_rates_that_compete_have_the_chance_of_the_formula(
    left: float, otherwise: float, age: float, days: float
) -> None:
    rates = Hazards(BANDS, (left,) * len(BANDS), (otherwise,) * len(BANDS))
    both = left + otherwise
    assert rates.within(age, days) == pytest.approx(left / both * (1 - exp(-both * days)), abs=1e-9)


@given(st.lists(RATES, min_size=3, max_size=3), RATES, st.integers(0, 60), st.floats(0.05, 0.95))
def test_the_days_until_a_part_is_done_are_the_first_with_that_chance(
    left: list[float], otherwise: float, age: int, part: float
) -> None:
    rates = Hazards((0.0, 7.0, 30.0), tuple(left), (otherwise,) * 3)
    days = rates.days_until(age, part)
    if days is None:
        assert rates.within(age, 3650) < part + 1e-6
    else:
        assert rates.within(age, days) >= part - 1e-6
        assert days == 0 or rates.within(age, days - 1) < part + 1e-6


def test_rates_are_ends_over_the_days_watched() -> None:
    day = FIRST + timedelta(100)
    stays = [stay("a", FIRST, day, 10), stay("b", FIRST, day, 30), stay("c", FIRST, day)]
    rates = fitted(stays, ONE_BAND)
    assert rates.left[0] == pytest.approx(2.5 / 141)
    assert rates.otherwise[0] == pytest.approx(0.5 / 141)


def test_only_what_was_seen_since_a_day_counts() -> None:
    day = FIRST + timedelta(100)
    stays = [stay("a", FIRST, day, 10), stay("b", FIRST, day, 95), stay("c", FIRST, day)]
    rates = fitted(stays, ONE_BAND, since=day - timedelta(10))
    assert rates.left[0] == pytest.approx(1.5 / (5 + 10 + 1))


def test_one_that_came_to_notice_late_is_watched_from_then_on() -> None:
    from dataclasses import replace

    day = FIRST + timedelta(100)
    late = replace(stay("a", FIRST, day), after=90)
    assert fitted([late, stay("b", day, day, 0)], ONE_BAND).left[0] == pytest.approx(1.5 / (10 + 0.5 + 1))


def test_rates_by_age_find_a_mixture_that_slows_down() -> None:
    rates = fitted(drawn(FIRST + timedelta(400), slow=60, quick=5), BANDS, weight=3)
    young, old = rates.within(0, 7), rates.within(40, 7)
    assert young > 2 * old
    alone = 1 - exp(-7 / 60)
    assert old == pytest.approx(alone, abs=0.05)


def test_an_exponential_of_known_mean_is_found_again() -> None:
    rates = fitted(drawn(FIRST + timedelta(2000), slow=20, quick=20), BANDS, weight=3)
    assert rates.days_until(0, 0.5) == pytest.approx(20 * log(2), abs=2.5)
    assert rates.days_until(50, 0.5) == pytest.approx(20 * log(2), abs=4)
