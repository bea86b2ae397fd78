"""People who leave ICE detention or the country: removals, book-outs, bonds."""

from ibis.expr.types import Scalar, Table

from tallystick import metric, to_date


@to_date
@metric(unit="count", on="as_of", by=["fiscal_year", "as_of"], counts="people", stock=True)
def removals_since_october(removals_to_date: Table) -> Scalar:
    """Removals by ICE from the start of the fiscal year to the newest good release.

    A count that grows within a fiscal year: releases are not added up. Not in it: removals and returns by Customs
    and Border Protection, and departures of people whom nobody removed; sums that speak of "deportations" since an
    inauguration often hold these.
    """
    return removals_to_date.removals.sum(where=removals_to_date.part == "all")


@to_date
@metric(unit="count", on="as_of", by=["fiscal_year", "as_of"], counts="people", stock=True)
def removals_of_family_units_since_october(removals_to_date: Table) -> Scalar:
    """Removals by ICE of people with a family's identifier, from the start of the fiscal year to the newest release.

    Releases before 2023 tell instead of removals after a stay in a family facility, which are fewer and not counted
    here.
    """
    return removals_to_date.removals.sum(where=removals_to_date.part == "family units")


@metric(unit="count", on="month", by=["month", "quarter", "fiscal_year", "reason", "criminality"], counts="people")
def book_outs(book_outs_by_month: Table) -> Scalar:
    """Final book-outs from ICE detention: stays that ended, by reason and criminality.

    Until 2024 releases called them final releases and left out those made to remove somebody.
    """
    return book_outs_by_month.book_outs.sum()


@metric(unit="count", by=["fiscal_year", "event", "people", "country"], counts="people")
def people_of_groups(yearly_counts_of_groups: Table) -> Scalar:
    """Arrests, book-ins or removals of members of the armed forces, citizens, parents of citizens and others told of.

    Ask with `event` (arrests, book-ins, removals) and `people`: one person may be arrested, booked in, removed, and
    belong to two groups, so that sums over these count people twice.
    """
    return yearly_counts_of_groups.counted.sum()


@metric(unit="count", on="month", by=["month"], counts="people")
def bonded_out(bond_releases: Table) -> Scalar:
    """People booked out of ICE detention after a bond was posted, by month."""
    return bond_releases.bonded_out.sum()


@metric(unit="USD", on="month", by=["month"], counts="people")
def average_bond(bond_releases: Table) -> Scalar:
    """The average bond of people booked out on one, in dollars; of several months weighed by how many each had."""
    rows = bond_releases
    weighed = (rows.average_bond_usd.cast("float64") * rows.bonded_out).sum() / rows.bonded_out.sum().nullif(0)
    return weighed.round(2).cast("decimal(18, 2)")


@metric(unit="share", on="month", by=["month"], counts="people")
def share_bonded_out(bond_releases: Table) -> Scalar:
    """The share of final book-outs that were on bond. The smaller of the two counts of a release over the larger."""
    rows = bond_releases
    return rows.bonded_out.sum().cast("float64") / rows.book_outs.sum().nullif(0).cast("float64")
