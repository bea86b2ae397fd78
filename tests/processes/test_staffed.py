"""The staffing question is answered in bounded time, with what its answer hangs on."""

from __future__ import annotations

import pytest

from tallystick.errors import UsageError
from tallystick.processes.inputs import moved
from tallystick.processes.staffed import Staffed, bounded, staffed
from tests.processes.test_inputs import PLAN

ROLE = "programme manager"


@pytest.fixture(scope="module")
def answered() -> Staffed:
    return staffed(moved(PLAN, {"arrivals": 6, "staff-technician": 3}), ROLE, seed=3)


def test_the_answer_names_its_number_its_seeds_and_its_warm_up(answered: Staffed) -> None:
    assert answered.need is not None
    assert answered.need.fewest is not None
    found = answered.need.tried[answered.need.fewest]
    assert found.within_target.value >= 0.9
    assert found.seeds[:4] == (3, 4, 5, 6)
    assert answered.plan.warm_up_days > 0


def test_the_same_question_has_the_same_answer(answered: Staffed) -> None:
    assert staffed(moved(PLAN, {"arrivals": 6, "staff-technician": 3}), ROLE, seed=3) == answered


def test_more_units_and_longer_waits_never_help_and_a_longer_target_does(answered: Staffed) -> None:
    swings = {one.what: one for one in answered.swings}
    waits, target, come = (swings[n] for n in ("waits and lead times", "days of the target", "new units a month"))
    assert waits.more.value <= waits.less.value
    assert target.more.value >= target.less.value
    assert come.more.value <= come.less.value + 0.05
    assert [one.width for one in answered.swings] == sorted((one.width for one in answered.swings), reverse=True)


def test_every_swing_has_its_interval_by_the_change_run_by_run(answered: Staffed) -> None:
    ends = [end for one in answered.swings for end in (one.less, one.more)]
    assert all(0 <= end.low <= end.high <= 1 for end in ends)
    assert all(end.low - 1e-9 <= end.value <= end.high + 1e-9 for end in ends)
    assert any(end.low < end.high for end in ends)


def test_where_another_role_cannot_keep_up_it_is_named_and_nothing_is_simulated() -> None:
    found = staffed(moved(PLAN, {"arrivals": 120}), ROLE, seed=1)
    assert found.need is None
    assert list(found.short) == ["technician"]
    assert found.short["technician"] > 7


def test_many_units_are_simulated_for_fewer_days_and_too_many_are_refused() -> None:
    short, whole = bounded(moved(PLAN, {"arrivals": 120})), bounded(moved(PLAN, {"arrivals": 5}))
    assert (short.days, short.warm_up_days) == (180, 180)
    assert (whole.days, whole.warm_up_days) == (PLAN.days, PLAN.warm_up_days)
    with pytest.raises(UsageError, match="169 a month"):
        bounded(moved(PLAN, {"arrivals": 500}))
