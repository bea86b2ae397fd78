"""Deaths in ICE's custody."""

from ibis.expr.types import Scalar, Table

from tallystick import metric


@metric(unit="count", by=["fiscal_year", "facility_type"], counts="people")
def deaths_in_custody(custody_deaths: Table) -> Scalar:
    """Deaths in ICE's custody since fiscal year 2004; the last year is not over.

    Types of facility are told in other words since 2018, and for most deaths since 2025 not at all.
    """
    return custody_deaths.deaths.sum()


@metric(unit="ratio", by=["fiscal_year"], counts="people")
def deaths_per_10_000_held(custody_years: Table) -> Scalar:
    """Deaths in ICE's custody for every ten thousand people held for a year.

    Of fiscal years whose average population is told; that of 2025 is of the calendar year.
    """
    told = custody_years.average_daily_population.notnull()
    people = custody_years.average_daily_population.sum().nullif(0)
    return custody_years.deaths.sum(where=told).cast("float64") / people * 10_000
