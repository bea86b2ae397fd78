"""People in ICE detention: on a day, on average, and how long."""

import ibis
from ibis.expr.types import IntegerValue, Scalar, Table

from tallystick import metric
from tallystick.expressions import per_day

ON_A_DAY = ["arresting_agency", "criminality", "as_of", "month", "quarter", "fiscal_year"]
SHARES = ["arresting_agency", "as_of", "month", "quarter", "fiscal_year"]
AVERAGES = ["month", "quarter", "fiscal_year", "arresting_agency", "criminality"]
STAYS = ["month", "fiscal_year", "arresting_agency", "criminality", "facility_type", "as_of"]


@metric(unit="count", on="as_of", by=ON_A_DAY, counts="people", stock=True)
def detained(detained_population: Table) -> Scalar:
    """People held in ICE detention on the day of a release's count, by arresting agency and criminality.

    In facilities for more than 72 hours and in those that ICE shares; not in hold rooms, hospitals or other
    agencies' custody. The count was made some days before the release (`counted_date`).
    """
    return detained_population.detained.sum()


@metric(
    unit="count", on="as_of", by=["disposition", "facility_type", "as_of", "fiscal_year"], counts="people", stock=True
)
def detained_by_processing(detained_by_disposition: Table) -> Scalar:
    """People held in ICE detention on the day of a release's count, by how their case is processed and facility type.

    Expedited removal, notice to appear before an immigration judge, reinstatement of an older order, other.
    """
    return detained_by_disposition.detained.sum()


@metric(unit="share", on="as_of", by=SHARES, counts="people", stock=True)
def share_of_detained_with_a_conviction(detained_population: Table) -> Scalar:
    """The share of the people held on a release's day who have a criminal conviction, of any kind and age."""
    return _share(detained_population, "convicted")


@metric(unit="share", on="as_of", by=SHARES, counts="people", stock=True)
def share_of_detained_with_a_pending_charge(detained_population: Table) -> Scalar:
    """The share of the people held on a release's day who are charged with a crime and not convicted of one."""
    return _share(detained_population, "pending")


@metric(unit="share", on="as_of", by=SHARES, counts="people", stock=True)
def share_of_detained_with_neither(detained_population: Table) -> Scalar:
    """The share of the people held on a release's day who are neither convicted of nor charged with a crime."""
    return _share(detained_population, "neither")


@metric(unit="share", on="as_of", by=SHARES, counts="people", stock=True)
def share_of_detained_with_a_conviction_or_charge(detained_population: Table) -> Scalar:
    """The share of the people held on a release's day who are convicted of a crime or charged with one."""
    return _share(detained_population, "convicted", "pending")


@metric(unit="count", on="month", by=AVERAGES, counts="people")
def average_daily_population(average_population_by_month: Table, by: list[str]) -> Table:
    """The average number of people in ICE detention on a day, over the months asked about.

    Averages of months weighted by the days of each that are counted; unknown where these are not known for a month.
    Of each fiscal year the newest good release.
    """
    return per_day(average_population_by_month, by, "person_days")


@metric(unit="count", on="month", by=["month", "quarter", "fiscal_year", "facility_type"], counts="people")
def average_daily_population_by_facility_type(average_population_by_facility_type: Table, by: list[str]) -> Table:
    """The average number of people in ICE detention on a day, over the months asked about, by type of facility.

    From the release's table by facility type, whose figures now and then differ a little from those by arresting
    agency. Family facilities are called family residential or family staging centers, by year.
    """
    return per_day(average_population_by_facility_type, by, "person_days")


@metric(unit="days", on="as_of", by=STAYS, counts="people", stock=True)
def average_length_of_stay(stays: Table, by: list[str]) -> Table:
    """How many days people booked out of ICE detention had been held on average, as released.

    Of the fiscal year so far, or with `month` of that month; of everybody, unless an agency, a criminality or a type
    of facility is asked for. An average of averages is none: where several figures answer, the value is unknown.
    """
    breadth = sum(
        ((stays[name] == "all").cast("int64") for name in ("arresting_agency", "criminality", "facility_type")),
        stays.month.isnull().cast("int64"),
    )
    return _broadest(stays, breadth, by)


@metric(unit="days", on="month", by=["month", "half", "population"], counts="people", stock=True)
def average_days_in_custody(in_custody_stays: Table, by: list[str]) -> Table:
    """How many days the people in custody at the middle or end of a month had been held on average by then.

    Stays that had not ended. Of everybody at the end of the newest month (its middle, where no release tells the end
    yet), unless a month, a half or a population is asked for. Where several figures answer, the value is unknown:
    they cannot be put together.
    """
    everybody = (in_custody_stays.population == "total").cast("int64")
    breadth = 2 * everybody + (in_custody_stays.half == "end").cast("int64")
    return _broadest(in_custody_stays, breadth, by)


def _broadest(rows: Table, breadth: IntegerValue, by: list[str]) -> Table:
    """Of each group the one average that `breadth` puts first; unknown where several stand there."""
    rows = rows.mutate(breadth=breadth)
    first = rows.aggregate(by=by, first=rows.breadth.max())
    kept = rows.semi_join(first, [*by, rows.breadth == first.first])
    one = kept.aggregate(by=by, answers=kept.count(), days=kept.average_days.max())
    return one.mutate(value=ibis.ifelse(one.answers == 1, one.days, None))


def _share(rows: Table, *criminality: str) -> Scalar:
    part = rows.detained.sum(where=rows.criminality.isin(criminality)).coalesce(0)
    return part.cast("float64") / rows.detained.sum().nullif(0).cast("float64")
