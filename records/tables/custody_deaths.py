"""Deaths in ICE's custody, counted, beside how many people were in it."""

from ibis.expr.types import Table

from tallystick import table


@table(key=["fiscal_year", "facility_type"])
def custody_deaths(custody_deaths_published: Table) -> Table:
    """Deaths in ICE's custody by fiscal year and type of facility since fiscal year 2004.

    The types changed: detailed ones to 2017, then Contract, ICE-operated and IGSA, and Not stated for more than half
    since 2025; never compare a type over that break. The last year is not over. Counts only: nobody is named.
    """
    return custody_deaths_published.select("fiscal_year", "facility_type", "deaths")


@table(key=["fiscal_year"])
def custody_years(custody_deaths_published: Table, custody_population_published: Table) -> Table:
    """Deaths in custody of each fiscal year beside the people in custody on an average day of it.

    `deaths_per_10_000` is per ten thousand people held for a year. NULL where the population is not told: the year
    that is not over has none. That of 2025 is of the calendar year: `told_by` says which series gives it.
    """
    deaths = custody_deaths_published.group_by("fiscal_year").aggregate(deaths=custody_deaths_published.deaths.sum())
    both = deaths.left_join(custody_population_published, "fiscal_year")
    rate = both.deaths.cast("float64") / both.average_daily_population.nullif(0) * 10_000
    return both.select("fiscal_year", "deaths", "average_daily_population", "told_by", deaths_per_10_000=rate)
