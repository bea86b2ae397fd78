"""Arrests, counted: no row is about one person."""

from ibis.expr.types import Table, Value

from tallystick import table
from tallystick.expressions import covered_days, fiscal_year_of, month_of, quarter_of


@table(key=["day", "aor", "method"])
def arrests_by_day(ero_arrests_published: Table) -> Table:
    """Administrative arrests by ICE's officers by day, area of responsibility and how the person was found.

    From the rows published for fiscal years 2016 to 2019, which end with August 2019. `aor` is one of the 24 areas
    of those years, HQ, or NULL where the row names none; the arrests of these are in every total. `quarter` is of
    the calendar. Rows that are equal in every column are different arrests: the identifiers were removed.
    """
    told = ero_arrests_published
    rows = told.group_by(day=told.arrest_date, aor=told.aor, method=told.method).aggregate(arrests=told.count())
    return rows.select("day", "aor", "method", "arrests", **calendar(rows.day))


@table(key=["day"])
def arrest_days(ero_arrests_published: Table) -> Table:
    """The days that the releases of arrests say they cover: what a rate per day is divided by.

    By the title of each release: the days that it states, or the whole fiscal year. Days without an arrest count;
    the four arrests dated a day after the last one covered are in totals and not in this table.
    """
    told = ero_arrests_published
    return covered_days(told.select("stated_fiscal_year", "covers_from_date", "covers_to_date"))


@table(key=["fiscal_year", "aor"])
def arrest_years(arrests_by_day: Table, arrest_days: Table, area_population: Table) -> Table:
    """Arrests by area and fiscal year beside the people living there in the calendar year of that number.

    `person_years` are the people without citizenship times the covered part of the year: what a yearly rate is
    divided by, also where the year ends early. Arrests that name no area, or headquarters, have no population.
    """
    lengths = arrest_days.group_by("fiscal_year").aggregate(days=arrest_days.count())
    rows = arrests_by_day.semi_join(arrest_days, "day").group_by(["fiscal_year", "aor"])
    rows = rows.aggregate(arrests=arrests_by_day.arrests.sum()).join(lengths, "fiscal_year")
    people = area_population.select("aor", "total_population", "noncitizen_population", fiscal_year="year")
    rows = rows.left_join(people, ["fiscal_year", "aor"])
    return rows.select(
        "fiscal_year", "aor", "arrests", "days", "total_population", "noncitizen_population",
        person_years=rows.noncitizen_population.cast("float64") * rows.days / 365.25,
    )  # fmt: skip


@table(key=["aor", "start_date", "end_date"])
def arrests_by_period(area_arrests_published: Table, area_names: Table) -> Table:
    """Arrests by ICE in each of the 25 areas over one stated period, with the people who live in the area.

    `days` is how many days the period has, its first and last included. Likely duplicates were dropped by the
    publisher, who joined two releases of rows.
    """
    told = area_arrests_published.left_join(
        area_names.select("name", "aor"), area_arrests_published.area_name == area_names.name
    )
    days = told.end_date.epoch_days() - told.start_date.epoch_days() + 1
    return told.select(
        "aor", "area_name", "start_date", "end_date", "arrests", "total_population", "immigrant_population",
        "noncitizen_population", days=days.cast("int64"),
    )  # fmt: skip


@table(key=["state"])
def state_arrests(state_arrests_published: Table, states: Table) -> Table:
    """Arrests by ICE in each state over a period that the release does not state: good for shares, not for rates.

    `arrests_of_all` are those of all states together, so that a share of them can be told of one state alone.
    """
    told = state_arrests_published.left_join(states, "state_name")
    return told.select("state", "state_name", "arrests", arrests_of_all=told.arrests.sum().over().cast("int64"))


@table(key=["day", "state"])
def state_arrests_by_day(minnesota_daily_arrests_published: Table, states: Table) -> Table:
    """Arrests by ICE by day in five states: Texas, Wisconsin, Illinois, Minnesota and Oregon.

    Rows dated after the day on which the file was had are left out. A state without arrests on a day has no row.
    """
    told = minnesota_daily_arrests_published
    told = told.filter(told.as_of.isnull() | (told.day <= told.as_of))
    named = states.select("state", spelt=states.state_name.upper())
    rows = told.left_join(named, told.state_name == named.spelt)
    return rows.select("day", "state", "arrests", **calendar(rows.day))


@table(key=["day"])
def state_arrest_days(state_arrests_by_day: Table) -> Table:
    """The days from the first to the last that the arrests of five states count, each with its own row."""
    rows = state_arrests_by_day.select("day").distinct()
    return rows.mutate(**calendar(rows.day))


@table(key=["month", "criminality", "state"])
def seattle_arrests_by_month(seattle_arrests_published: Table, states: Table) -> Table:
    """Arrests by ICE in the Seattle area by month, criminality and state.

    `criminality` is convicted, pending (charged, not convicted) or neither, as ICE put it at the arrest. `state` is
    NULL where the row named none: up to half of them until June 2025 and hardly any since, so that the growth of
    one state's arrests over mid-2025 is not growth of arrests.
    """
    told = seattle_arrests_published
    named = states.select("state", spelt=states.state_name.upper())
    rows = told.left_join(named, told.state_name == named.spelt)
    return rows.select("criminality", "state", "arrests", **calendar(rows.month))


def calendar(day: Value) -> dict[str, Value]:
    """The month (its first day), the quarter of the calendar and the fiscal year (October begins it) of a date."""
    return {"month": month_of(day), "quarter": quarter_of(day), "fiscal_year": fiscal_year_of(day)}
