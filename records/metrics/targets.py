"""How what was observed stands to targets that were said."""

import ibis
from ibis.expr.types import BooleanValue, FloatingScalar, Scalar, Table

from tallystick import metric

BY = [
    "target", "series", "grain", "aor", "in_force", "official", "contested", "month", "quarter", "fiscal_year",
]  # fmt: skip
TREND_DAYS = 30
FEWEST_FOR_A_TREND = 3


@metric(unit="number", on="start_date", by=BY)
def target_actual(target_actuals: Table) -> Scalar:
    """What was observed of what a target speaks of, as the target counts: a day, or a year of 365 days.

    The sum over the stretches of days divided by their days; over several areas, the mean of an area. Of one target
    and one series only: series count differently, so over more than one it is unknown.
    """
    return _of_one(target_actuals, _actual(target_actuals))


@metric(unit="number", on="start_date", by=BY)
def target_gap(target_actuals: Table) -> Scalar:
    """What was observed less the target: below zero it falls short, above zero it exceeds.

    Of one target and one series only, and unknown over more.
    """
    return _of_one(target_actuals, _actual(target_actuals) - target_actuals.value_number.max().cast("float64"))


@metric(unit="ratio", on="start_date", by=BY)
def target_reached(target_actuals: Table) -> Scalar:
    """What was observed divided by the target: 1 is the target itself.

    Of one target and one series only, and unknown over more.
    """
    return _of_one(target_actuals, _actual(target_actuals) / target_actuals.value_number.max().cast("float64"))


@metric(unit="number", on="start_date", by=BY)
def target_trend(target_actuals: Table) -> Scalar:
    """By how much what was observed grew in 30 days, as the target counts: below zero it fell.

    The slope of the least-squares line through the stretches' rates, each at its middle day and none weighing more
    than another. Of one target and one series only, and of three stretches or more; unknown otherwise. It says
    nothing of why.
    """
    rows = target_actuals
    day = rows.start_date.epoch_days().cast("float64") + rows.days / 2
    slope = day.cov(rows.rate, how="pop") / day.var(how="pop").nullif(0)
    enough = rows.start_date.nunique() >= FEWEST_FOR_A_TREND
    # the last digits of a covariance hang on the order in which threads come by the rows
    return _of_one(rows, ibis.ifelse(enough, (slope * TREND_DAYS).round(6), None))


@metric(unit="share", on="start_date", by=BY)
def share_of_target_periods_met(target_actuals: Table) -> Scalar:
    """The share of stretches that met the target: of days where a series tells days, else of months or longer.

    `grain` says which. A stretch counts once for each area. Of one target and one series only, and unknown over more.
    """
    return _of_one(target_actuals, target_actuals.is_met.cast("float64").mean())


@metric(unit="count", on="start_date", by=BY)
def target_periods(target_actuals: Table) -> Scalar:
    """How many stretches of days (and areas) were observed of what a target speaks of.

    Of one target and one series only, and unknown over more.
    """
    return _of_one(target_actuals, target_actuals.count())


def _actual(rows: Table) -> FloatingScalar:
    return rows.amount.sum().cast("float64") / rows.days.sum().nullif(0) * rows.period_days.max()


def _of_one(rows: Table, value: Scalar) -> Scalar:
    one: BooleanValue = (rows.target.nunique() == 1) & (rows.series.nunique() == 1)
    return ibis.ifelse(one, value, None)
