"""What is held back of a past day is all that was told after it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tallystick.nouns.forecast import Stay
from tallystick.processes.forecast import forecast
from tallystick.processes.heldback import LEARNED, Told, days, last_said, seen_on
from tests.processes.stays import FIRST, drawn, stay

LAST = FIRST + timedelta(200)


def told(one: Stay, lag: int = 0) -> Told:
    """The stay, its entry and its ending each told `lag` days after they happened."""
    ended = None if one.is_open or one.length is None else one.entered + timedelta(one.length)
    return Told(one, one.entered + timedelta(lag), ended and ended + timedelta(lag))


@given(st.integers(0, 200), st.integers(1, 99))
def test_stays_that_are_cut_back_are_those_that_were_seen_then(day: int, seed: int) -> None:
    then = FIRST + timedelta(day)
    assert seen_on([told(one) for one in drawn(LAST, 60, 5, seed, days=80)], then) == drawn(
        then, 60, 5, seed, days=80
    )


def test_what_happened_before_a_day_and_was_told_after_it_is_not_known_on_it() -> None:
    late = told(stay("u", FIRST, LAST, took=10), lag=5)
    assert seen_on([late], FIRST + timedelta(4)) == []
    (still,) = seen_on([late], FIRST + timedelta(14))
    assert (still.is_open, still.how, still.left, still.length) == (True, 0, None, 14)
    (done,) = seen_on([late], FIRST + timedelta(15))
    assert (done.is_open, done.how, done.left, done.length) == (False, 1, FIRST + timedelta(10), 10)


def test_a_list_that_lacks_a_unit_later_and_a_start_that_nobody_knows_stay_so() -> None:
    one = replace(
        stay("u", FIRST, LAST, took=50), missing_from=FIRST + timedelta(40), is_start_known=False, length=None
    )
    before, after = (seen_on([told(one)], FIRST + timedelta(day))[0] for day in (39, 40))
    assert (before.missing_from, after.missing_from) == (None, FIRST + timedelta(40))
    assert before.length is None
    assert before.is_open


def test_days_are_those_of_releases_apart_from_when_enough_had_ended_to_the_last_ending() -> None:
    every = [told(one) for one in drawn(LAST, 60, 5, days=150)]
    came = [FIRST + timedelta(number) for number in range(0, 400, 3)]
    found = list(days(every, came, 7))
    assert all((later - day).days >= 7 for day, later in pairwise(found))
    assert set(found) <= set(came)
    ends = [one.ending for one in every if one.ending is not None]
    assert sum(end <= found[0] for end in ends) > LEARNED >= sum(end <= found[0] - timedelta(3) for end in ends)
    assert max(ends) - timedelta(10) < found[-1] <= max(ends)
    assert list(days([told(stay(f"u{number}", FIRST, LAST, 9, how=2)) for number in range(99)], came, 7)) == []


def test_nothing_is_known_of_an_ending_that_no_release_tells() -> None:
    (one,) = seen_on([Told(stay("u", FIRST, LAST, took=10), FIRST, None)], date(2025, 6, 1))
    assert one.is_open


def test_what_was_last_said_stands_beside_what_became_of_it() -> None:
    every = drawn(LAST, 60, 5, days=150)
    then, before = (
        forecast(("permits", "overall", "an edition"), drawn(FIRST + timedelta(day), 60, 5, days=150), (), 14)
        for day in (120, 90)
    )
    assert then is not None
    assert before is not None
    found = last_said([before, then], every, LAST)
    assert {one.said.unit for one in found} == {unit.unit for unit in then.units}
    truth = {one.unit: one for one in every}
    assert all((one.left, one.is_open) == (truth[one.said.unit].left, truth[one.said.unit].is_open) for one in found)
    assert {one.is_open for one in found} == {True, False}
    assert last_said([before, then], every, then.day)[0].said.watched == before.day
    assert last_said([then], every, then.day) == ()
    few = replace(then, units=then.units[:4])
    assert last_said([before, few], every, LAST)[0].said.watched == before.day
    assert len(last_said([few], every, LAST)) == 4
