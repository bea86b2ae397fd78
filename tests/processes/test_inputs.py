"""A person moves the numbers of a plan by name; what makes no sense is refused."""

from __future__ import annotations

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.plan import Plan
from tallystick.processes.inputs import inputs, moved, scaled
from tallystick.settings import bundled_records

PLAN = Catalog((bundled_records(),)).written("plans", Plan)["staffing_287g"]


def test_every_number_can_be_moved_and_stands_where_it_was_put() -> None:
    for one in inputs(PLAN):
        to = one.value + 1 if one.is_whole else one.value * 0.5
        after = {other.name: other.value for other in inputs(moved(PLAN, {one.name: to}))}
        before = {other.name: other.value for other in inputs(PLAN)}
        assert after == before | {one.name: to}


def test_the_inputs_are_those_that_a_programme_manager_has() -> None:
    names = {one.name for one in inputs(PLAN)}
    assert {"arrivals", "target", "share", "hubs", "staff-programme-manager", "batch-ordering"} <= names
    assert {"work-installation", "work-spread-installation", "wait-delivery"} <= names


@pytest.mark.parametrize(
    "told", [{"arrivals": 0}, {"share": 1.2}, {"hubs": 1.5}, {"staff-technician": 0}, {"wait-delivery": -1}]
)
def test_numbers_that_make_no_sense_are_refused(told: dict[str, float]) -> None:
    (name,) = told
    with pytest.raises(UsageError, match=f"'{name}'"):
        moved(PLAN, told)
    with pytest.raises(UsageError, match=f"'{name}'"):
        moved(PLAN, {"wait-delivery": 30, **told})


def test_a_number_that_no_plan_has_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownName, match="arrival") as refused:
        moved(PLAN, {"arrival": 40})
    assert "arrivals" in refused.value.next_step


def test_whole_numbers_are_scaled_by_one_at_least_and_never_to_none() -> None:
    def staff(plan: Plan) -> list[int]:
        return list(plan.staff.values())

    few = moved(PLAN, {"staff-technician": 1, "staff-programme-manager": 2})
    assert staff(scaled(few, lambda one: one.path[0] == "staff", 1.25)) == [3, 2]
    assert staff(scaled(few, lambda one: one.path[0] == "staff", 0.75)) == [1, 1]
    half = scaled(PLAN, lambda one: one.name == "wait-delivery", 0.75)
    assert {one.name: one.value for one in inputs(half)}["wait-delivery"] == 45
