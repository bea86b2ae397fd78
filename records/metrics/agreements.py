"""Agreements under section 287(g): how many are in force on a day, with whom, where, and how fast they come."""

from typing import Any

import ibis
from ibis.expr.types import BooleanColumn, Scalar, Table

from tallystick import metric

_BY = ["state", "model", "agency_type", "county", "county_fips", "aor", "month", "quarter", "fiscal_year", "as_of"]


@metric(unit="count", on="as_of", stock=True, by=_BY)
def agreements_in_force(agreements_287g_listed: Table) -> Scalar:
    """Agreements under section 287(g) in force: the rows of the newest list of participating agencies on the day.

    An agency has one for each model it takes part in. A list says what ICE showed as in force on its day; whether
    officers were yet trained or the machines installed it does not say.
    """
    return agreements_287g_listed.agreement_key.count()


@metric(unit="count", on="as_of", stock=True, by=_BY)
def agencies_in_force(agreements_287g_listed: Table) -> Scalar:
    """Agencies with an agreement under section 287(g) in force: the different names in the newest list on the day.

    A name counts once in its state after trimming, one space between words, straight apostrophes and one case. An
    agency that a list has under two spellings counts twice; `agreements_287g_listed` has its `agency_key`.
    """
    rows = agreements_287g_listed
    return (rows.state + "/" + rows.name).nunique()


@metric(
    unit="count", on="as_of", stock=True, by=["state", "model", "aor", "month", "quarter", "fiscal_year", "as_of"]
)
def counties_with_agreements(agreements_287g_listed: Table) -> Scalar:
    """Counties that an agency with an agreement in force is of; agencies of a whole state are of none.

    Lists name counties since March 2025; names that no county of the state has are left out, so this is a floor.
    """
    return agreements_287g_listed.county_fips.nunique()


@metric(unit="count", on="as_of", stock=True, by=["model", "aor", "month", "quarter", "fiscal_year", "as_of"])
def states_with_agreements(agreements_287g_listed: Table) -> Scalar:
    """States and territories with at least one agreement in force, misspelt ones mended."""
    return agreements_287g_listed.state.nunique()


@metric(unit="count", on="as_of", stock=True, by=_BY, counts="people")
def population_in_counties_with_agreements(agreements_287g_listed: Table, by: list[str]) -> Table:
    """People who live in counties that an agency with an agreement in force is of.

    Not people whom such an agency polices: a sheriff's county holds towns with police of their own, and a town's
    agreement counts its whole county. Agencies of a whole state are left out, though they cover all of it.
    """
    rows = agreements_287g_listed
    told = {name: rows[name] for name in by} | {"place": rows.county_fips, "people": rows.county_people}
    counties = rows.select(**told).distinct()
    return counties.aggregate(by=by, value=counties.people.sum())


@metric(unit="count", on="as_of", stock=True, by=_BY, over=["policed_people"], counts="people")
def population_policed_by_agencies_in_force(agreements_287g_listed: Table, by: list[str]) -> Table:
    """People whom agencies with an agreement in force police themselves, as the FBI counts them, each agency once.

    A floor: sheriffs and town police are found by their place, and how many rows have no such number is told beside
    the figure. State agencies, constables and jails police nobody of their own by that count.
    """
    rows = agreements_287g_listed
    told = {name: rows[name] for name in by} | {"who": rows.state + "/" + rows.name, "people": rows.policed_people}
    agencies = rows.select(**told).distinct()
    return agencies.aggregate(by=by, value=agencies.people.sum())


@metric(unit="ratio", on="as_of", by=["state", "model", "aor"])
def growth_of_agreements(agreements_287g_listed: Table, by: list[str], baseline: BooleanColumn) -> Table:
    """How many times as many agreements there are at the end of a period as there were at its start, the baseline.

    The baseline is what was in force on the first day: the newest list on or before it; where none is that early, or
    no start is asked for, the first list held. Unknown for a group that is not in that list. Both days and both
    numbers are told beside the figure; `agreements_in_force` on either day gives the same.
    """
    then, now = baseline.sum(), (~baseline).sum()
    rows = agreements_287g_listed
    return rows.aggregate(by=by, value=now.cast("float64") / then.nullif(0).cast("float64"))


@metric(unit="count", on="as_of", stock=True, by=["state", "model", "month", "quarter", "fiscal_year", "as_of"])
def agreements_pending(agreements_287g_pending: Table) -> Scalar:
    """Requests for an agreement under section 287(g) that the newest list of pending ones has on the day."""
    return agreements_287g_pending.pending_key.count()


@metric(unit="count", on="as_of", by=["state", "model", "agency_type"])
def requests_pending_within(agreements_287g_pending: Table) -> Scalar:
    """Different requests for an agreement that any list of pending ones of the period has: state, agency, model."""
    return agreements_287g_pending.pending_key.nunique()


@metric(unit="count", on="as_of", by=["state", "model"])
def requests_listed_later(agreements_287g_pending: Table, agreements_287g_requests: Table, by: list[str]) -> Table:
    """Of the requests that a list of the period has as pending, those listed as agreements on that day or later.

    As far as this Edition's lists go: ask with an earlier day of knowledge to see how many had been by then.
    """
    asked = agreements_287g_pending.select(*by, "pending_key").distinct()
    listed = agreements_287g_requests.filter(agreements_287g_requests.listed_date.notnull())
    found = asked.semi_join(listed, "pending_key")
    return found.aggregate(by=by, value=found.count())


@metric(unit="days", on="first_pending_date", by=["state", "model", "agency_type"], over=["days_to_listing"])
def days_from_pending_to_listed(agreements_287g_requests: Table) -> Scalar:
    """Median days from the first list that has a request as pending to the first that has it as an agreement.

    Of requests first pending in the period whose start is known and which were listed; those not yet listed are left
    out, which makes the figure too low while many wait. Listing is not the installation of machines, nor training.
    """
    return _quantile(agreements_287g_requests, 0.5)


@metric(unit="days", on="first_pending_date", by=["state", "model", "agency_type"], over=["days_to_listing"])
def days_from_pending_to_listed_lower_quartile(agreements_287g_requests: Table) -> Scalar:
    """A quarter of the requests took at most so many days from pending to listed; else as the median."""
    return _quantile(agreements_287g_requests, 0.25)


@metric(unit="days", on="first_pending_date", by=["state", "model", "agency_type"], over=["days_to_listing"])
def days_from_pending_to_listed_upper_quartile(agreements_287g_requests: Table) -> Scalar:
    """Three quarters of the requests took at most so many days from pending to listed; else as the median."""
    return _quantile(agreements_287g_requests, 0.75)


@metric(unit="count", on="first_pending_date", by=["state", "model", "agency_type"])
def requests_with_known_start_listed(agreements_287g_requests: Table) -> Scalar:
    """Requests first pending in the period whose start is known and which were listed later: the median's number."""
    rows = agreements_287g_requests
    return (rows.is_start_known & rows.days_to_listing.notnull()).sum()


@metric(unit="count", on="reported_date", by=["said_by", "roster"])
def agreements_reported(agreements_287g_reported: Table) -> Scalar:
    """Agreements in force as somebody reported them of a day before the lists that are held: the largest stated."""
    return agreements_287g_reported.agreements_number.max().cast("int64")


def _quantile(requests: Table, part: float) -> Any:
    days = ibis.ifelse(requests.is_start_known, requests.days_to_listing, None)
    return days.cast("float64").quantile(part)
