"""Where things are: areas of responsibility of ICE's field offices, counties, and how many people live there."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

_KINDS = r"\s+(county|parish|borough|census area|municipality|city and borough|municipio|planning region)$"


@table(key=["aor"])
def areas(areas_of_responsibility: Table) -> Table:
    """The areas of responsibility of ICE's field offices: three-letter code and name.

    There are 25; before Harlingen was made in 2021 there were 24.
    """
    return areas_of_responsibility.select("aor", "area_name")


@table(key=["county_fips"])
def county_areas(
    counties_published: Table,
    county_areas_published: Table,
    area_rules_published: Table,
    states: Table,
    area_names: Table,
    areas: Table,
) -> Table:
    """Counties and their equivalents with their state and the area of responsibility they lie in.

    `aor` is today's area of 25, by the rules for whole states and for counties of shared states; where there is no
    rule, the older list's, so far as that area lost no county. `aor_before_harlingen` is the area of the 24 that
    there were until 2021, by which releases of fiscal years 2016 to 2019 count. `rule` says what gave `aor`: county,
    state, list. Island territories that no list places have NULL.
    """
    older = county_areas_published.select(
        "county_fips",
        aor_before_harlingen="aor",
        listed_name=county_areas_published.county_and_state.re_extract("^[^,]*", 0),
    )
    every = ibis.union(counties_published.select("county_fips"), older.select("county_fips"), distinct=True)
    every = every.mutate(state_fips=every.county_fips.left(2))
    rows = every.left_join(counties_published.select("county_fips", "county_name"), "county_fips")
    rows = rows.left_join(older, "county_fips").left_join(
        states.select("state_fips", "state", "state_name"), "state_fips"
    )
    rows = rows.select(
        "county_fips", "state_fips", "state", "state_name", "aor_before_harlingen",
        county_name=ibis.coalesce(rows.county_name, rows.listed_name),
    )  # fmt: skip
    rules = area_rules_published.left_join(area_names.select(area="aor", area_name="name"), "area_name")
    rules = rules.select("area", "state_name", "county_name")
    by_county = rules.filter(rules.county_name.notnull()).select(
        of_county_state="state_name", area_by_county="area", of_short=_short(rules.county_name)
    )
    by_state = rules.filter(rules.county_name.isnull()).select(of_state="state_name", area_by_state="area")
    rows = rows.mutate(short=_short(rows.county_name))
    in_county = [rows.state_name == by_county.of_county_state, rows.short == by_county.of_short]
    rows = rows.left_join(by_county, in_county)
    rows = rows.left_join(by_state, rows.state_name == by_state.of_state)
    aor = ibis.coalesce(rows.area_by_county, rows.area_by_state, rows.aor_before_harlingen)
    rule = ibis.cases(
        (rows.area_by_county.notnull(), "county"),
        (rows.area_by_state.notnull(), "state"),
        (rows.aor_before_harlingen.notnull(), "list"),
    )
    rows = rows.mutate(aor=aor, rule=rule).left_join(areas, "aor")
    return rows.select(
        "county_fips", "county_name", "state_fips", "state", "state_name", "aor", "area_name",
        "aor_before_harlingen", "rule",
    )  # fmt: skip


@table(key=["aor", "year"])
def area_population(area_population_published: Table) -> Table:
    """People living in each of the 24 areas before Harlingen was made, by calendar year, 2012 to 2019.

    Total, born abroad, not citizens, and an estimate of those without papers, each but the total with the interval
    that the publisher gives. Its totals are about a fifth below the sums of `county_population`, and the release does
    not say whom it leaves out: never divide by one what was divided by the other.
    """
    told = area_population_published
    return told.select(
        "aor", "year", "total_population",
        "foreign_born_population", "foreign_born_low", "foreign_born_high",
        "noncitizen_population", "noncitizen_low", "noncitizen_high",
        "undocumented_population", "undocumented_low", "undocumented_high",
    )  # fmt: skip


@table(key=["county_fips"])
def county_population(county_population_published: Table, county_areas: Table) -> Table:
    """People living in each county, by the American Community Survey; the release does not say of which years."""
    told = county_population_published.select("county_fips", population="population")
    places = county_areas.select("county_fips", "county_name", "state", "aor")
    return told.left_join(places, "county_fips").select("county_fips", "county_name", "state", "aor", "population")


def _short(name: StringValue) -> StringValue:
    """A county's name without its kind, in one case, without stops and apostrophes."""
    return name.lower().re_replace(r"[.']", "").re_replace(_KINDS, "").strip()
