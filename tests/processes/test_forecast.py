"""What lies ahead is said of units under way alone, with the day on which they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tallystick.nouns.forecast import Forecast
from tallystick.nouns.process import Calendar
from tallystick.processes.flows import ARRIVALS, flows
from tallystick.processes.forecast import LOOKED_AT, due_date, forecast
from tallystick.processes.hazards import Hazards
from tests.processes.stays import FIRST, aimed, drawn, stay

NAMED = ("permits", "overall", "an edition")
DAY = FIRST + timedelta(300)


def made(until: date = DAY) -> Forecast:
    found = forecast(NAMED, drawn(until, slow=60, quick=5), (), 14)
    assert found is not None
    return found


def test_only_units_under_way_are_told_of() -> None:
    stays = drawn(DAY, slow=60, quick=5)
    assert {one.unit for one in made().units} == {one.unit for one in stays if one.is_open}


def test_older_units_are_said_to_take_longer_where_lengths_are_mixed_and_the_naive_says_the_same_of_all() -> None:
    by_age = sorted(made().units, key=lambda one: one.entered)
    oldest, youngest = by_age[0], by_age[-1]
    assert oldest.model.chances[0] < youngest.model.chances[0]
    assert oldest.naive.chances == youngest.naive.chances


def test_chances_grow_with_the_days_and_quantiles_with_the_part() -> None:
    for unit in made().units:
        assert list(unit.model.chances) == sorted(unit.model.chances)
        days = [each for each in unit.model.days if each is not None]
        assert days == sorted(days)


def test_a_target_that_is_over_is_not_met_and_one_far_off_nearly_surely_is() -> None:
    stays = [aimed(one, 90) for one in drawn(DAY, slow=60, quick=5)]
    late, soon = aimed(stay("late", FIRST, DAY), 30), aimed(stay("soon", DAY, DAY), 1000)
    found = forecast(NAMED, [*stays, late, soon], (), 14)
    assert found is not None
    said = {one.unit: one.model.in_time for one in found.units}
    assert said["late"] == 0
    assert said["soon"] is not None
    assert said["soon"] > 0.95
    assert found.units[0].unit == "late"


def test_working_days_leave_weekends_and_holidays_out() -> None:
    friday = date(2025, 7, 3)
    one = aimed(stay("a", friday, friday), 2, Calendar.WORKING_DAYS)
    assert due_date(one, {date(2025, 7, 4)}) == date(2025, 7, 8)
    assert due_date(aimed(one, 2), ()) == date(2025, 7, 5)


def test_where_none_came_lately_what_will_come_is_unknown_and_not_nothing() -> None:
    quiet = [replace(one, watched=DAY + timedelta(100)) for one in drawn(DAY, slow=60, quick=5)]
    found = forecast(NAMED, quiet, (), 14)
    assert found is not None
    assert found.flows == ()


def test_arrivals_and_completions_ahead_are_those_of_the_days_before_where_nothing_changes() -> None:
    for flow in made().flows:
        assert flow.model[1] == pytest.approx(2 * flow.within, rel=0.35)
        assert flow.model[0] <= flow.model[1] <= flow.model[2]


def test_the_farther_ahead_and_the_more_the_pace_has_changed_the_wider_are_numbers_of_those_to_come() -> None:
    steady = [FIRST + timedelta(day) for day in range(300) for _ in range(2)]
    uneven = [FIRST + timedelta(day) for day in range(300) for _ in range(4 if day // 50 % 2 else 1)]
    rates = Hazards((0.0,), (0.1,), (0.01,))

    def widths(entered: list[date]) -> list[float]:
        told = flows(entered, [], (entered[-1], entered[-1]), (rates, ()), LOOKED_AT)
        return [(one.model[2] - one.model[0]) / one.model[1] for one in told if one.what == ARRIVALS]

    assert all(more > less for more, less in zip(widths(uneven), widths(steady), strict=True))
    assert widths(uneven)[-1] > widths(uneven)[0] / 2


def test_of_one_that_nobody_watched_for_over_a_year_nothing_is_said_and_why() -> None:
    silent = stay("silent", FIRST - timedelta(400), DAY - timedelta(366))
    heard = stay("heard", FIRST - timedelta(400), DAY - timedelta(365))
    found = forecast(NAMED, [*drawn(DAY, slow=60, quick=5), silent, heard], (), 14)
    assert found is not None
    told = {one.unit: one for one in found.units}
    assert not told["silent"].heard_of
    assert "not heard of since" in str(told["silent"].unknown)
    assert told["silent"].model.days == (None, None, None)
    assert told["heard"].heard_of
    assert told["heard"].model.days[1] is not None


def test_no_day_is_expected_before_that_on_which_it_is_asked() -> None:
    asked = DAY + timedelta(90)
    found = forecast(NAMED, drawn(DAY, slow=60, quick=5), (), 14, asked)
    assert found is not None
    assert {one.counts_from for one in found.units} == {asked}


def test_where_none_was_ever_seen_done_no_number_is_made_up() -> None:
    found = forecast(NAMED, [one for one in drawn(DAY, slow=60, quick=5) if one.is_open], (), 400)
    assert found is not None
    assert found.units
    assert {one.unknown for one in found.units} == {
        "none was ever seen done, so that nothing tells how long it takes"
    }
    assert all(one.model.chances == () and one.naive.in_time is None for one in found.units)
    assert {flow.what for flow in found.flows} == {ARRIVALS}


def test_of_nothing_nothing_is_said() -> None:
    assert forecast(NAMED, [], (), 14) is None
