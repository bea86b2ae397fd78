"""Removals and departures, counted: no row is about one person."""

from ibis.expr.types import StringColumn, Table

from tallystick import table
from tallystick.expressions import covered_days, fiscal_year_of, month_of, quarter_of


@table(key=["day", "aor", "criminality"])
def removals_by_day(ice_removals_published: Table) -> Table:
    """Removals by ICE by the day that it counts them on, area of responsibility and criminality.

    From the rows published for fiscal years 2016 to 2019, which end with August 2019. `criminality` is convicted
    where the publisher blacked out the threat level and not convicted where it says NA: the number blacked out is
    that of convicted people whom ICE says it removed (138,669 in 2016 and 127,699 in 2017), so this is inferred.
    A removal may be counted in the year after the departure: see `departures_by_day`.
    """
    return _counted(ice_removals_published, "removal_date", "removals")


@table(key=["day", "aor", "criminality"])
def departures_by_day(ice_removals_published: Table) -> Table:
    """The same people as `removals_by_day`, by the day on which they left.

    Thousands a year left in an earlier fiscal year than that in which they were counted, and those who left before
    October 2015 are few because they were counted before: years before 2016 are no totals.
    """
    return _counted(ice_removals_published, "departed_date", "departures")


@table(key=["day"])
def removal_days(ice_removals_published: Table) -> Table:
    """The days that the releases of removals say they cover: what a rate per day is divided by."""
    told = ice_removals_published
    return covered_days(told.select("stated_fiscal_year", "covers_from_date", "covers_to_date"))


@table(key=["month", "aor", "criminality", "days"])
def removal_durations(ice_removals_published: Table) -> Table:
    """How many people were removed so many days after they were apprehended, by month of removal.

    `days` runs from the apprehension to the departure. It is NULL where no apprehension is stated, and below zero
    where the departure is dated before it: `is_dated` and `is_in_order` say so. Only people who had left are in the
    releases; those still in the country after an apprehension are not, so that nothing is said of how long a case
    takes from its start.
    """
    told = ice_removals_published
    days = (told.departed_date.epoch_days() - told.apprehension_date.epoch_days()).cast("int64")
    rows = told.mutate(day=told.removal_date, days=days, criminality=_criminality(told))
    rows = rows.mutate(month=month_of(rows.day), quarter=quarter_of(rows.day), fiscal_year=fiscal_year_of(rows.day))
    counted = rows.group_by(["month", "quarter", "fiscal_year", "aor", "criminality", "days"])
    counted = counted.aggregate(removals=rows.count())
    return counted.mutate(is_dated=counted.days.notnull(), is_in_order=(counted.days >= 0).fill_null(False))


def _counted(told: Table, on: str, what: str) -> Table:
    rows = told.select("aor", day=told[on], criminality=_criminality(told))
    rows = rows.group_by(["day", "aor", "criminality"]).aggregate(**{what: rows.count()})
    day = rows.day
    return rows.mutate(month=month_of(day), quarter=quarter_of(day), fiscal_year=fiscal_year_of(day))


def _criminality(told: Table) -> StringColumn:
    return told.threat_level.cases(("(redacted)", "convicted"), ("NA", "not convicted"))
