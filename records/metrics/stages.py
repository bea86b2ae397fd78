"""How long units stay at the stages of a process, how many meet a target, and how many are at work."""

from typing import Any

import ibis
from ibis.expr.types import DateValue, Scalar, Table

from tallystick import metric
from tallystick.expressions import days_until_ended, share_ended
from tallystick.nouns.forecast import HEARD_WITHIN

BY = [
    "process", "stage", "state", "model", "agency", "owner", "category", "size", "month", "quarter", "fiscal_year",
    "ended",
]  # fmt: skip
WHO = BY[:8]
LEFT, OTHERWISE = 1, 2
LOW, HIGH = -1, 1


@metric(unit="count", on="entered_date", by=BY)
def stages_entered(stage_spells: Table) -> Scalar:
    """Entries of units into a stage of a process, by the day of entry; a unit that comes back counts again."""
    return stage_spells.count()


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def median_days_in_stage(stage_spells: Table) -> Scalar:
    """Half of the units were done with a stage within so many days, those still there counted as far as watched.

    Of units that entered in the period, by the estimate of Kaplan and Meier: one still at the stage is not left out,
    which would make the figure too low, but counts until it was last watched. Leaving for the next stage and ending
    otherwise both end a stay. Of one stage of one process, and unknown over more, and while too few are done. How
    many have no known start is told beside the figure.
    """
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.5))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def median_days_in_stage_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `median_days_in_stage`; unknown where too few are done to tell."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.5, LOW))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def median_days_in_stage_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `median_days_in_stage`; unknown where too few are done to tell."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.5, HIGH))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def lower_quartile_of_days_in_stage(stage_spells: Table) -> Scalar:
    """A quarter of the units were done with a stage within so many days; else as the median."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.25))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def lower_quartile_of_days_in_stage_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `lower_quartile_of_days_in_stage`; unknown where too few ended."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.25, LOW))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def lower_quartile_of_days_in_stage_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `lower_quartile_of_days_in_stage`; unknown where too few ended."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.25, HIGH))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def upper_quartile_of_days_in_stage(stage_spells: Table) -> Scalar:
    """Three quarters of the units were done with a stage within so many days; else as the median."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.75))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def upper_quartile_of_days_in_stage_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `upper_quartile_of_days_in_stage`; unknown where too few ended."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.75, LOW))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def upper_quartile_of_days_in_stage_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `upper_quartile_of_days_in_stage`; unknown where too few ended."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.75, HIGH))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def ninth_decile_of_days_in_stage(stage_spells: Table) -> Scalar:
    """Nine tenths of the units were done with a stage within so many days; else as the median."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.9))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def ninth_decile_of_days_in_stage_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `ninth_decile_of_days_in_stage`, unknown where too few are done."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.9, LOW))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def ninth_decile_of_days_in_stage_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `ninth_decile_of_days_in_stage`, unknown where too few are done."""
    return _of_one_stage(stage_spells, days_until_ended(stage_spells, 0.9, HIGH))


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def median_days_of_those_that_left(stage_spells: Table) -> Scalar:
    """The median days at a stage of those that left it for the next: those still there are left out.

    Too low while many are still there: `median_days_in_stage` counts them. It is what is often published.
    """
    rows = stage_spells
    return _of_one_stage(rows, rows.days.cast("float64").median(where=rows.how == LEFT))


@metric(unit="share", on="entered_date", by=BY, over=["days", "target_days"])
def share_within_target(stage_spells: Table) -> Scalar:
    """The share of units that leave a stage for the next within its target.

    By the estimate of Aalen and Johansen, those still there counted as far as watched; one that ended otherwise never
    meets it. The target and its days, calendar or working days, are those of the process (`process_stages`). Unknown
    for a stage without a target, over more than one stage, and where none was watched for so long.
    """
    return _of_one_stage(stage_spells, _within_target(stage_spells, 0))


@metric(unit="share", on="entered_date", by=BY, over=["days", "target_days"])
def share_within_target_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `share_within_target`."""
    return _of_one_stage(stage_spells, _within_target(stage_spells, LOW))


@metric(unit="share", on="entered_date", by=BY, over=["days", "target_days"])
def share_within_target_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `share_within_target`."""
    return _of_one_stage(stage_spells, _within_target(stage_spells, HIGH))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_ended_otherwise(stage_spells: Table) -> Scalar:
    """The share of units whose process ends at a stage (withdrawn, gone), by as long as any was watched.

    By the estimate of Aalen and Johansen, in which leaving for the next stage competes with it.
    """
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, OTHERWISE, rows.days.max()))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_ended_otherwise_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `share_ended_otherwise`."""
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, OTHERWISE, rows.days.max(), LOW))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_ended_otherwise_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `share_ended_otherwise`."""
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, OTHERWISE, rows.days.max(), HIGH))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_left_for_the_next_stage(stage_spells: Table) -> Scalar:
    """The share of units that leave a stage for the next, by as long as any was watched.

    By the same estimate as `share_ended_otherwise`.
    """
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, LEFT, rows.days.max()))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_left_for_the_next_stage_low(stage_spells: Table) -> Scalar:
    """The lower end of the 95 percent interval of `share_left_for_the_next_stage`."""
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, LEFT, rows.days.max(), LOW))


@metric(unit="share", on="entered_date", by=BY, over=["days"])
def share_left_for_the_next_stage_high(stage_spells: Table) -> Scalar:
    """The upper end of the 95 percent interval of `share_left_for_the_next_stage`."""
    rows = stage_spells
    return _of_one_stage(rows, share_ended(rows, LEFT, rows.days.max(), HIGH))


@metric(unit="count", on="ended_date", by=[*WHO, "ended", "ended_by", "ended_month"])
def stages_completed(stage_spells: Table) -> Scalar:
    """Throughput: stays at a stage that ended with the unit leaving for the next, by the day on which it had left."""
    return stage_spells.count(where=stage_spells.ended == "left")


@metric(unit="count", by=WHO)
def work_in_progress(stage_spells: Table, day: DateValue) -> Scalar:
    """Units at a stage on a day: the day asked for, or the last on which each was watched where that is earlier.

    One that withdrew or ended otherwise by that day is at no stage. One that was last watched more than a year before
    the day is not at work as far as anyone knows: `work_not_heard_of` counts it.
    """
    return _open_on(stage_spells, day).sum().cast("int64")


@metric(unit="count", by=WHO)
def work_not_heard_of(stage_spells: Table, day: DateValue) -> Scalar:
    """Units that were at a stage when they were last watched, more than a year before the day asked for.

    What became of them is unknown: they are in no work in progress.
    """
    rows = stage_spells
    return (_was_open_on(rows, day) & ~_is_heard_of(rows, day)).sum().cast("int64")


@metric(unit="days", by=WHO)
def median_age_of_work_in_progress(stage_spells: Table, day: DateValue) -> Scalar:
    """The median days since entry of units at a stage on a day, or on the last on which they were watched.

    Not how long they will stay: a stay that is looked at while it lasts is longer than most.
    """
    rows = stage_spells
    age = ibis.least(rows.watched_until_date, day).epoch_days() - rows.entered_date.epoch_days()
    return age.cast("float64").median(where=_open_on(rows, day) & rows.is_start_known)


@metric(unit="count", on="month", by=[*WHO, "month"])
def work_in_progress_at_the_end_of_the_month(stages_in_progress: Table) -> Scalar:
    """Units at a stage on the last day of a month, or on the last on which the process was watched within it.

    Of one month, and unknown over more.
    """
    rows = stages_in_progress
    return ibis.ifelse(rows.month.nunique() == 1, rows.count(), None)


@metric(unit="days", on="entered_date", by=BY, over=["days"])
def days_spent_in_stage(stage_spells: Table) -> Scalar:
    """Where the time goes: the days of all units at a stage added up, of those still there as far as watched."""
    return stage_spells.days.sum()


@metric(unit="count", on="entered_date", by=BY)
def stages_of_unknown_start(stage_spells: Table) -> Scalar:
    """Stays whose beginning is not known: under way on the first list held, or begun between two lists far apart.

    They are in no duration. One that was under way already had lasted longer than most, and those that began as
    early and were done sooner were never seen: to count it from the first list would be wrong.
    """
    return (~stage_spells.is_start_known).sum().cast("int64")


@metric(unit="count", on="entered_date", by=BY)
def stages_left_before_they_began(stage_spells: Table) -> Scalar:
    """Stays that the record says ended before they began: a wrong date, or a list that lags. In no duration."""
    return stage_spells.is_out_of_order.sum().cast("int64")


def _within_target(rows: Table, end: int) -> Any:
    return share_ended(rows, LEFT, rows.target_days.max(), end, column="length")


def _open_on(rows: Table, day: DateValue) -> Any:
    return _was_open_on(rows, day) & _is_heard_of(rows, day)


def _is_heard_of(rows: Table, day: DateValue) -> Any:
    return day.epoch_days() - rows.watched_until_date.epoch_days() <= HEARD_WITHIN


def _was_open_on(rows: Table, day: DateValue) -> Any:
    last = ibis.least(rows.watched_until_date, day)
    return (
        rows.watched_until_date.notnull()
        & (rows.entered_date <= last)
        & (rows.ended_date.isnull() | (rows.ended_date > day))
        & ~rows.is_out_of_order
    )


def _of_one_stage(rows: Table, value: Any) -> Any:
    return ibis.ifelse((rows.process + "/" + rows.stage).nunique() == 1, value, None)
