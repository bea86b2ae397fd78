"""People whom ICE held by facility and day, from rows that it released."""

from ibis.expr.types import Scalar, Table

from tallystick import metric
from tallystick.expressions import per_covered_day

PLACES = ["facility", "facility_type", "state", "county_fips", "aor"]
BY = ["day", "month", "quarter", "fiscal_year", *PLACES]
PEOPLE = "people"


@metric(unit="count", on="day", by=BY, counts=PEOPLE, stock=True)
def held(facility_population_by_day: Table) -> Scalar:
    """People whom ICE held at midnight of a day; broken down by month or year, that of its last day.

    Counted by others from rows of stays, October 2022 to 10 March 2026; the last days miss stays not yet entered.
    ICE's own statistics say 1.0% more of 16 January 2025, 0.6% less of 24 September 2025 and 2.8% more of
    2 February 2026.
    """
    return facility_population_by_day.detained_at_midnight.sum()


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def average_held(facility_population_by_day: Table, facility_population_days: Table, by: list[str]) -> Table:
    """People held at midnight on an average day of the period, over all its days that are counted."""
    return per_covered_day(facility_population_by_day, facility_population_days, by, "detained_at_midnight")


@metric(unit="count", on="day", by=PLACES, counts=PEOPLE)
def most_held(facility_population_by_day: Table, by: list[str]) -> Table:
    """The most people held at one midnight of the period."""
    rows = facility_population_by_day
    days = rows.group_by([*by, "day"]).aggregate(people=rows.detained_at_midnight.sum())
    return days.aggregate(by=by, value=days.people.max())


@metric(unit="share", on="day", by=BY, counts=PEOPLE)
def share_of_held_with_a_conviction(facility_population_by_day: Table) -> Scalar:
    """The share of people held on the days of the period who have a criminal conviction.

    Of people held at any time of a day, since only of these the release tells convictions.
    """
    rows = facility_population_by_day
    return rows.detained_convicted.sum().cast("float64") / rows.detained.sum().nullif(0)


@metric(unit="ratio", on="day", by=BY, counts=PEOPLE)
def held_per_contracted_bed(facility_population_by_day: Table) -> Scalar:
    """People held at midnight for each person that the facility's contract provided for in the newest list of it.

    Of facilities whose list states a number (2015 or 2017): contracts have changed since, so above one is a reason
    to look and no proof of crowding.
    """
    rows = facility_population_by_day
    there = rows.capacity > 0
    return rows.detained_at_midnight.sum(where=there).cast("float64") / rows.capacity.sum(where=there).nullif(0)


@metric(unit="ratio", on="day", by=BY, counts=PEOPLE)
def held_per_guaranteed_bed_of_2017(facility_population_by_day: Table) -> Scalar:
    """People held at midnight for each one that was paid for whether held or not, by the list of November 2017."""
    rows = facility_population_by_day
    there = rows.guaranteed_minimum > 0
    beds = rows.guaranteed_minimum.sum(where=there).nullif(0)
    return rows.detained_at_midnight.sum(where=there).cast("float64") / beds
