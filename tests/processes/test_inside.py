"""What lies inside an interval of whole numbers comes to 80 percent for whoever says what he knows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from tallystick.nouns.forecast import LONGEST, PARTS, WITHIN, Said
from tallystick.processes.hazards import Hazards
from tallystick.processes.inside import days_inside, ends, inside

FAR = 200


@settings(max_examples=40, deadline=None)
@given(mean=st.floats(0.05, 40))
def test_of_numbers_that_come_as_often_as_was_said_80_percent_lie_inside(mean: float) -> None:
    told = poisson(mean)
    low, high = (float(told.ppf(part)) for part in (PARTS[0], PARTS[-1]))
    its = ends(told.cdf, low, high)
    assert sum(told.pmf(n) * inside((low, high), its, n) for n in range(FAR)) == pytest.approx(0.8, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(soon=st.floats(0.001, 0.5), later=st.floats(0.0001, 0.5), gone=st.floats(0.0001, 0.05))
def test_of_units_that_fare_as_was_said_80_percent_lie_inside_those_never_done_too(
    soon: float, later: float, gone: float
) -> None:
    rates = Hazards((0.0, 7.0), (soon, later), (gone, gone))
    days = tuple(rates.days_until(0, part) for part in PARTS)
    its = ends(lambda last: rates.within(0, last), days[0], days[-1])
    said = Said(tuple(rates.within(0, one) for one in WITHIN), days, None, its)
    chances = [rates.within(0, day) for day in range(LONGEST + 1)]
    lies = sum((chances[day] - chances[day - 1]) * days_inside(said, day) for day in range(1, LONGEST + 1))
    lies += (1 - chances[-1]) * days_inside(said, None)
    assert lies == pytest.approx(0.8, abs=1e-3)


def test_a_truth_beyond_an_end_lies_outside_and_one_at_it_in_part() -> None:
    its = (0.05, 0.15, 0.8, 1.0)
    assert [inside((3, 9), its, truth) for truth in (2, 6, 10)] == [0, 1, 0]
    assert inside((3, 9), its, 3) == pytest.approx(0.5)
    assert inside((3, 9), its, 9) == pytest.approx(0.5)
    assert inside((None, None), (1.0, 1.0, 1.0, 1.0), 5) == 0
