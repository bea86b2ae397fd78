"""Units that the newest list lacks are told apart from those that it has: they are done soon, or never."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tallystick.nouns.forecast import Stay
from tallystick.processes.forecast import WEIGHT
from tallystick.processes.hazards import BANDS, ONE_BAND, Hazards, fitted
from tallystick.processes.phases import Model, OnLists, modelled
from tests.processes.stays import FIRST, stay

DAY = FIRST + timedelta(400)
SINCE = FIRST


def waiting(number: int, random: Random) -> Stay:
    """A request that is on the lists for 20 days or so; half of those that go from them are listed within days."""
    entered = FIRST + timedelta(number // 2)
    missing = entered + timedelta(round(random.expovariate(1 / 20)))
    if missing > DAY:
        return stay(f"u{number}", entered, DAY)
    after = round(random.expovariate(1 / 4))
    took = (missing - entered).days + after if number % 2 else None
    return replace(stay(f"u{number}", entered, DAY, took), missing_from=missing)


@pytest.fixture(scope="module")
def model() -> Model:
    random = Random(5)
    return modelled([waiting(number, random) for number in range(760)], SINCE, WEIGHT)


def test_where_no_list_lacks_any_the_rates_are_those_of_age_alone() -> None:
    stays = [stay(f"u{day}", FIRST + timedelta(day), DAY, 10 + day % 7) for day in range(300)]
    found = modelled(stays, SINCE, WEIGHT)
    assert found.off is None
    assert found.on == fitted(stays, BANDS, SINCE, WEIGHT)


def test_one_that_has_just_gone_from_the_lists_may_be_done_soon_and_one_that_went_long_ago_hardly_will(
    model: Model,
) -> None:
    gone = stay("new", DAY - timedelta(30), DAY)
    just, long_ago = (replace(gone, missing_from=DAY - timedelta(days)) for days in (0, 60))
    chances = [rates.within(age, 14) for rates, age in (model.of(just), model.of(long_ago))]
    assert chances[0] == pytest.approx(0.45, abs=0.1)
    assert chances[1] < 0.05


def test_one_that_is_on_the_lists_goes_from_them_first_and_is_done_in_half_of_all_cases(model: Model) -> None:
    rates, age = model.of(stay("on", DAY - timedelta(2), DAY))
    assert age == 2
    assert rates.within(age, 7) < rates.within(age, 30) < rates.within(age, 120)
    assert rates.within(age, 200) == pytest.approx(0.5, abs=0.08)
    days = rates.days_until(age, 0.25)
    assert days is not None
    assert rates.within(age, days) >= 0.25 > rates.within(age, days - 1)
    assert rates.days_until(age, 0.9) is None


def test_two_constant_rates_one_after_the_other_have_the_chance_of_their_sum() -> None:
    from math import exp

    on = Hazards(ONE_BAND, (0.0,), (0.1,))
    off = Hazards(ONE_BAND, (0.05,), (0.0,))
    found = OnLists(on, off).within(0, 40)
    exact = 1 - (0.1 * exp(-0.05 * 40) - 0.05 * exp(-0.1 * 40)) / (0.1 - 0.05)
    assert found == pytest.approx(exact, abs=0.02)
