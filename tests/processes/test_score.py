"""Forecasts are judged once the truth is known, beside the naive ones of the same days, and say when they lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from statistics import fmean

import pytest
from scipy.stats import sem
from scipy.stats import t as student
from statsmodels.api import OLS

from tallystick.nouns.forecast import Ahead, Flow, Forecast, Said, Score, Stay
from tallystick.processes.forecast import forecast
from tallystick.processes.score import interval, scores
from tests.processes.stays import FIRST, drawn, stay

NAMED = ("permits", "overall", "an edition")
DAY = date(2025, 6, 1)
SURE, HALF = Said((1.0,) * 4, (1, 5, 9), None), Said((0.5,) * 4, (1, 30, 60), None)


def said(model: Said, naive: Said, day: date = DAY, due: date | None = None, flows: Sequence[Flow] = ()) -> Forecast:
    unit = Ahead("u", 1, None, None, DAY - timedelta(3), day, True, due, model, naive)
    return Forecast(*NAMED[:2], day, NAMED[2], "m", 9, (unit,), tuple(flows))


def by_name(found: Sequence[Score]) -> dict[tuple[str, str], Score]:
    return {(one.measure, one.of): one for one in found}


def test_a_chance_loses_its_squared_distance_from_what_happened() -> None:
    done = stay("u", DAY - timedelta(3), DAY + timedelta(100), took=8)
    found = by_name(scores([said(SURE, HALF)], [done]))
    assert found["Brier", "done within 7 days"].model == 0
    assert found["Brier", "done within 7 days"].naive == 0.25
    never = stay("u", DAY - timedelta(3), DAY + timedelta(100))
    assert by_name(scores([said(SURE, HALF)], [never]))["Brier", "done within 60 days"].model == 1


def test_quantiles_lose_by_the_pinball_and_lengths_are_cut_at_the_longest() -> None:
    done = stay("u", DAY - timedelta(3), DAY + timedelta(100), took=8)
    found = by_name(scores([said(SURE, HALF)], [done]))
    assert found["pinball", "days, at most 60"].model == pytest.approx((0.1 * 4 + 0 + 0.1 * 4) / 3)
    assert found["inside", "days, at most 60"].model == 1
    never = stay("u", DAY - timedelta(3), DAY + timedelta(100))
    lost = by_name(scores([said(SURE, HALF)], [never]))["pinball", "days, at most 60"]
    assert lost.model == pytest.approx((0.1 * 59 + 0.5 * 55 + 0.9 * 51) / 3)


def test_nothing_is_judged_before_all_of_its_days_were_watched_even_of_those_that_are_done() -> None:
    done = stay("u", DAY - timedelta(3), DAY + timedelta(20), took=8)
    of = {one.of for one in scores([said(SURE, HALF)], [done])}
    assert of == {"done within 7 days", "done within 14 days"}


def test_a_target_is_judged_from_the_day_on_which_it_was_due() -> None:
    aimed = replace(SURE, in_time=0.9), replace(HALF, in_time=0.5)
    due = DAY + timedelta(10)
    before, after = (stay("u", DAY - timedelta(3), due + timedelta(days), took=8) for days in (-1, 0))
    assert ("Brier", "done in time") not in by_name(scores([said(*aimed, due=due)], [before]))
    found = by_name(scores([said(*aimed, due=due)], [after]))["Brier", "done in time"]
    assert [found.model, found.naive] == pytest.approx([0.01, 0.25])


def test_arrivals_are_judged_only_as_far_as_some_came() -> None:
    flows = [Flow("arrivals", 7, (1, 2, 3), (9, 9, 9)), Flow("completions", 7, (0, 1, 2), (9, 9, 9))]
    late = [stay(f"n{day}", DAY + timedelta(day), DAY + timedelta(90)) for day in (2, 5)]
    short = by_name(scores([said(SURE, HALF, flows=flows)], late))
    assert ("pinball", "arrivals within 7 days") not in short
    whole = by_name(
        scores([said(SURE, HALF, flows=flows)], [*late, stay("n", DAY + timedelta(8), DAY + timedelta(90))])
    )
    assert whole["inside", "arrivals within 7 days"].model == 1
    assert whole["inside", "arrivals within 7 days"].naive == 0
    assert whole["pinball", "completions within 7 days"].model < whole["pinball", "completions within 7 days"].naive


@cache
def weeks(slow: float, quick: float) -> Sequence[Forecast]:
    """Forecasts of ten days, each from what was seen by then alone."""
    days = (FIRST + timedelta(120 + 14 * number) for number in range(10))
    made = (forecast(NAMED, drawn(day, slow, quick, days=270), (), 14) for day in days)
    return [one for one in made if one]


def truth(slow: float, quick: float) -> list[Stay]:
    return drawn(FIRST + timedelta(700), slow, quick, days=270)


def test_a_method_that_knows_more_beats_the_naive_one_and_covers_what_it_says() -> None:
    found = by_name(scores(weeks(120, 3), truth(120, 3)))
    assert found["Brier", "done within 14 days"].verdict == "beats the naive one"
    assert found["inside", "days, at most 60"].model == pytest.approx(0.8, abs=0.06)


def test_a_method_that_does_not_beat_the_naive_one_says_so() -> None:
    found = by_name(scores(weeks(20, 20), truth(20, 20)))
    assert found["Brier", "done within 14 days"].verdict != "beats the naive one"
    swapped = [
        replace(one, units=tuple(replace(unit, model=unit.naive, naive=unit.model) for unit in one.units))
        for one in weeks(120, 3)
    ]
    lost = by_name(scores(swapped, truth(120, 3)))
    assert lost["Brier", "done within 14 days"].verdict == "is worse than the naive one"


def test_of_two_days_nothing_can_be_told() -> None:
    done = stay("u", DAY - timedelta(3), DAY + timedelta(100), took=8)
    found = by_name(scores([said(SURE, HALF)], [done]))
    assert found["Brier", "done within 7 days"].verdict == "too few days to tell"
    assert found["inside", "days, at most 60"].verdict == "too few days to tell"


def test_an_interval_is_judged_against_the_80_percent_that_it_says() -> None:
    wide, narrow = (
        Score("inside", "days", 9, 3, model, 0.5, *ends) for model, ends in ((0.95, (0.1, 0.2)), (0.6, (-0.3, -0.1)))
    )
    assert (wide.verdict, narrow.verdict) == ("too wide", "too narrow")
    assert replace(wide, low=-0.05, high=0.1).verdict == "as wide as it says"


def test_days_that_look_at_the_same_truth_count_as_fewer() -> None:
    told = [0.0, 2.0, 0.0, 2.0, 1.0, 1.0]
    apart = interval({DAY + timedelta(30 * number): one for number, one in enumerate(told)}, 30)
    known = student.interval(0.95, len(told) - 1, fmean(told), sem(told))
    assert apart == pytest.approx(known), "days that have nothing in common: Student's"
    same = [-1.0, -1.0, -1.0, 1.0, 1.0, 1.0]
    close = interval({DAY + timedelta(7 * number): one for number, one in enumerate(same)}, 28)
    alone = student.interval(0.95, len(same) - 1, fmean(same), sem(same))
    assert close[0] is not None
    assert close[0] < alone[0], "neighbours that go together tell less than so many days"


def test_the_interval_of_overlapping_days_is_that_of_newey_and_west() -> None:
    told = [0.3, 0.1, 0.7, -0.2, 0.5, 0.4, -0.1, 0.9, 0.2]
    low, high = interval({DAY + timedelta(7 * number): one for number, one in enumerate(told)}, 21)
    fitted = OLS(told, [1.0] * len(told)).fit(cov_type="HAC", cov_kwds={"maxlags": 2, "use_correction": True})
    half = float(student.ppf(0.975, len(told) - 1)) * float(fitted.bse[0])
    assert (low, high) == pytest.approx((fmean(told) - half, fmean(told) + half))
