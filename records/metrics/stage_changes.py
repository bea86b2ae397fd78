"""Where units wait month by month, and whether a stage takes other times since a day."""

from typing import Any

import ibis
from ibis.expr.types import DateValue, Scalar, Table

from tallystick import metric
from tallystick.expressions import days_until_ended

WHO = ["process", "stage", "state", "model", "agency", "owner", "category", "size"]
AROUND = 180
LOW, HIGH = -1, 1


@metric(unit="days", on="month", by=[*WHO, "month"])
def days_at_stage_in_month(stage_months: Table) -> Scalar:
    """The bottleneck over time: the days that units were at a stage, added up, by the month in which they passed.

    The stage with the most of them in a month is where the most time went then. Of stays of which the days are known;
    `overall` is the whole way and holds the others.
    """
    return stage_months.days_there.sum()


@metric(unit="days", by=WHO)
def change_in_median_days(stage_spells: Table, day: DateValue) -> Scalar:
    """By how many days the median of a stage changed with a day.

    The median of units that entered in the 180 days from that day on, less that of those of the 180 days before.
    Both by the estimate of Kaplan and Meier. One that entered before counts up to that day alone: what became of it
    later happened after the change. That something took other times since says not that the change is why: units,
    seasons and staff change too. Of one stage, and unknown where either median is not reached.
    """
    before, after = (_median(stage_spells, day, is_after, 0) for is_after in (False, True))
    return _of_one_stage(stage_spells, after - before)


@metric(unit="days", by=WHO)
def change_in_median_days_low(stage_spells: Table, day: DateValue) -> Scalar:
    """The lower end of the 95 percent interval of `change_in_median_days`, from the intervals of both medians.

    By the method of Zou and Donner (Statist. Med. 27, 2008). Where it and the upper end lie on two sides of zero, no
    change is shown.
    """
    return _of_one_stage(stage_spells, _end(stage_spells, day, LOW))


@metric(unit="days", by=WHO)
def change_in_median_days_high(stage_spells: Table, day: DateValue) -> Scalar:
    """The upper end of the 95 percent interval of `change_in_median_days`; see its lower end."""
    return _of_one_stage(stage_spells, _end(stage_spells, day, HIGH))


@metric(unit="count", by=WHO)
def stages_entered_around(stage_spells: Table, day: DateValue) -> Scalar:
    """The stays that `change_in_median_days` compares: entered in the 180 days before a day or from it on."""
    gap = stage_spells.entered_date.epoch_days() - day.epoch_days()
    return ((gap >= -AROUND) & (gap < AROUND) & stage_spells.days.notnull()).sum().cast("int64")


def _end(rows: Table, day: DateValue, end: int) -> Any:
    before, after = _median(rows, day, False, 0), _median(rows, day, True, 0)
    far = (after - _median(rows, day, True, end)) ** 2 + (_median(rows, day, False, -end) - before) ** 2
    return after - before + end * far.sqrt()


def _median(rows: Table, day: DateValue, is_after: bool, end: int) -> Any:
    """The median of those that entered from the day on, or before it, as far as was seen by then."""
    gap = rows.entered_date.epoch_days() - day.epoch_days()
    if is_after:
        return days_until_ended(rows, 0.5, end, (gap >= 0) & (gap < AROUND))
    return days_until_ended(rows, 0.5, end, (gap < 0) & (gap >= -AROUND), seen=-gap)


def _of_one_stage(rows: Table, value: Any) -> Any:
    return ibis.ifelse((rows.process + "/" + rows.stage).nunique() == 1, value, None)
