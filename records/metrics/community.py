"""What the record shows of states and counties over time, and who lives there."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import metric

BY = ["indicator", "phase", "level", "state", "county_fips", "month", "quarter", "fiscal_year", "begins_month"]


@metric(unit="number", on="month", by=BY, counts="people")
def community_mean(community_indicators: Table) -> Scalar:
    """The mean of one indicator over the months asked about, each weighing as its days or people do.

    Of one indicator at one level (state or county), and unknown over more. By `phase`, the twelve months before the
    first agreement begins beside the twelve after: only months that a release covers count (`community_months` says
    how many), and a difference between them is no effect of the agreement.
    """
    rows = community_indicators
    one = (rows.indicator.nunique() == 1) & (rows.level.nunique() == 1)
    return ibis.ifelse(one, rows.amount.sum(where=rows.weight.notnull()) / rows.weight.sum().nullif(0), None)


@metric(unit="count", on="month", by=BY)
def community_months(community_indicators: Table) -> Scalar:
    """How many months any release covers of what is asked about."""
    return community_indicators.month.nunique()


@metric(unit="count", by=["state", "county_fips", "county_name", "aor"], counts="people")
def residents(county_population: Table) -> Scalar:
    """People who live in the counties asked about, by the American Community Survey.

    The release does not say of which years. All people, not those whom immigration law is about.
    """
    return county_population.population.sum()


@metric(unit="ratio", on="day", by=["state", "county_fips", "aor"], counts="people")
def held_per_100_000_residents(facility_population_by_day: Table, county_population: Table, by: list[str]) -> Table:
    """People held at midnight on an average day in facilities of the place, for every 100,000 who live there.

    A place's facilities hold people arrested anywhere: the rate says how much detention a place hosts, not how many
    of its people are held.
    """
    rows = facility_population_by_day
    held = rows.aggregate(by=by, person_days=rows.detained_at_midnight.sum(), days=rows.day.nunique())
    people = county_population.aggregate(by=by, people=county_population.population.sum())
    both = held.join(people, by) if by else held.cross_join(people)
    rate = both.person_days.cast("float64") / both.days.nullif(0) / both.people.nullif(0) * 100_000
    return both.select(*[both[name] for name in by], value=rate)
