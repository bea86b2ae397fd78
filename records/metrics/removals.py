"""Removals by ICE from the rows released for fiscal years 2016 to 2019, and how long after the apprehension."""

from ibis.expr.types import Scalar, Table

from tallystick import metric
from tallystick.expressions import per_covered_day, quantile_of_counts

BY = ["day", "month", "quarter", "fiscal_year", "aor", "criminality"]
TIMES = ["month", "quarter", "fiscal_year", "aor", "criminality"]
PEOPLE = "people"


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def removals(removals_by_day: Table) -> Scalar:
    """Removals by ICE by the day on which it counts them, October 2015 to August 2019.

    A removal is counted when the departure was confirmed, so that thousands a year left in the fiscal year before.
    For later years see `removals_since_october`.
    """
    return removals_by_day.removals.sum()


@metric(unit="per_day", on="day", by=BY, counts=PEOPLE)
def removals_per_day(removals_by_day: Table, removal_days: Table, by: list[str]) -> Table:
    """Removals by ICE a day: those of the days that the releases cover, divided by how many these are."""
    return per_covered_day(removals_by_day, removal_days, by, "removals")


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def departures(departures_by_day: Table) -> Scalar:
    """The people whom `removals` counts, by the day on which they left.

    Before October 2015 there are only those whom ICE counted later: no totals.
    """
    return departures_by_day.departures.sum()


@metric(unit="share", on="day", by=["day", "month", "quarter", "fiscal_year", "aor"], counts=PEOPLE)
def share_of_removals_with_a_conviction(removals_by_day: Table) -> Scalar:
    """The share of removals of people with a criminal conviction, as far as blacked-out cells tell.

    Inferred: the threat level is blacked out in as many rows as ICE says it removed convicted people.
    """
    rows = removals_by_day
    convicted = rows.removals.sum(where=rows.criminality == "convicted").fill_null(0)
    return convicted.cast("float64") / rows.removals.sum().nullif(0)


@metric(unit="days", on="month", by=TIMES, counts=PEOPLE)
def median_days_to_departure(removal_durations: Table, by: list[str]) -> Table:
    """The median of days from apprehension to departure of people removed; departures before it left out.

    Of people who had left: whoever was apprehended and still in the country is in no release. Left out are removals
    that state no apprehension (`removals_without_an_apprehension`) and those dated as leaving before it
    (`removals_dated_before_the_apprehension`).
    """
    return _quantile(removal_durations, by, 0.5)


@metric(unit="days", on="month", by=TIMES, counts=PEOPLE)
def median_days_to_departure_with_negatives(removal_durations: Table, by: list[str]) -> Table:
    """The same median with departures dated before the apprehension counted as they stand, below zero."""
    return quantile_of_counts(removal_durations, by, "days", "removals", 0.5)


@metric(unit="days", on="month", by=TIMES, counts=PEOPLE)
def lower_quartile_of_days_to_departure(removal_durations: Table, by: list[str]) -> Table:
    """A quarter of the people removed left within so many days of the apprehension; negatives left out."""
    return _quantile(removal_durations, by, 0.25)


@metric(unit="days", on="month", by=TIMES, counts=PEOPLE)
def upper_quartile_of_days_to_departure(removal_durations: Table, by: list[str]) -> Table:
    """Three quarters of the people removed left within so many days of the apprehension; negatives left out."""
    return _quantile(removal_durations, by, 0.75)


@metric(unit="days", on="month", by=TIMES, counts=PEOPLE)
def ninth_decile_of_days_to_departure(removal_durations: Table, by: list[str]) -> Table:
    """Nine tenths of the people removed left within so many days of the apprehension; negatives left out."""
    return _quantile(removal_durations, by, 0.9)


@metric(unit="count", on="month", by=TIMES, counts=PEOPLE)
def removals_dated_before_the_apprehension(removal_durations: Table) -> Scalar:
    """Removals whose departure is dated before the apprehension: an earlier case's date, or a slip."""
    return removal_durations.removals.sum(where=removal_durations.days < 0).fill_null(0)


@metric(unit="count", on="month", by=TIMES, counts=PEOPLE)
def removals_without_an_apprehension(removal_durations: Table) -> Scalar:
    """Removals that state no day of apprehension, so that nobody can say how long they took."""
    return removal_durations.removals.sum(where=removal_durations.days.isnull()).fill_null(0)


def _quantile(durations: Table, by: list[str], share: float) -> Table:
    return quantile_of_counts(durations.filter(durations.days >= 0), by, "days", "removals", share)
