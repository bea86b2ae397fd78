"""Places where ICE holds people, and how many are in each on each day."""

import ibis
from ibis.expr.types import StringColumn, Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

BLACKED_OUT = "(redacted)"


@table(key=["facility_code"])
def facilities(
    facility_codes_published: Table,
    facility_lists_published: Table,
    daily_population_published: Table,
    county_areas: Table,
    area_names: Table,
) -> Table:
    """Places where ICE holds or held people, by its own code (DETLOC), from the newest list that tells of each.

    `aor` is today's area of the county; where the county is not known, that which a list gives. `capacity` (people
    the contract provides for), `guaranteed_minimum` (people paid for whether held or not), type and inspection are
    of `listed_as_of`, the newest dated list that has the place: NULL is unknown, and where `capacity_said` is AS
    NEEDED the contract states no number. Names are no key: ten stand for two or three places.
    """
    coded, held = facility_codes_published, daily_population_published
    listed = _newest(facility_lists_published)
    named = held.group_by("facility_code").aggregate(held_name=held.facility_name.max())
    codes = ibis.union(
        coded.select("facility_code"), listed.select("facility_code"), named.select("facility_code"), distinct=True
    )
    codes = codes.filter(codes.facility_code.notnull())
    counties = county_areas.select("county_fips", county="county_name", area_of_county="aor")
    places = coded.left_join(counties, "county_fips").select(
        "facility_code", "city", "county_fips", "state", "area_name", "area_of_county",
        coded_name=coded.facility_name, county_name=ibis.coalesce(counties.county, coded.county_name),
    )  # fmt: skip
    areas = area_names.select(area_name="name", area_by_name="aor")
    places = places.left_join(areas, "area_name")
    rows = codes.left_join(places, "facility_code").left_join(listed, "facility_code")
    rows = rows.left_join(named, "facility_code")
    return rows.select(
        "facility_code",
        "county_fips",
        "facility_type",
        "type_detailed",
        "capacity",
        "capacity_said",
        "guaranteed_minimum",
        "per_diem_usd",
        "per_diem_said",
        "over_or_under_72_hours",
        "authorization",
        "last_inspection_type",
        "last_inspection_standard",
        "last_inspection_rating",
        "last_inspection_date",
        "listed_as_of",
        facility_name=ibis.coalesce(rows.coded_name, rows.held_name, rows.listed_name),
        city=ibis.coalesce(rows.city, rows.listed_city),
        county_name=ibis.coalesce(rows.county_name, rows.listed_county),
        state=ibis.coalesce(rows.state, rows.listed_state),
        aor=ibis.coalesce(rows.area_of_county, rows.area_by_name, rows.listed_aor),
    )


@table(key=["facility_code", "day"])
def facility_population_by_day(daily_population_published: Table, facilities: Table) -> Table:
    """People whom ICE held by facility and day, 1 October 2022 to 10 March 2026.

    `detained` counts whoever was there at any time of the day, so that someone moved counts twice over facilities;
    `detained_at_midnight` counts nobody twice and is what averages are made of. The last days of a release miss
    stays that were not yet entered. Place, type and contracted capacity are those of `facilities`.
    """
    told = daily_population_published
    places = facilities.select(
        "facility_code",
        "facility_type",
        "state",
        "county_fips",
        "county_name",
        "aor",
        "capacity",
        "guaranteed_minimum",
    )
    rows = told.left_join(places, "facility_code")
    return rows.select(
        "day", "facility_code", "facility_name", "facility_type", "state", "county_fips", "county_name", "aor",
        "detained", "detained_at_midnight", "detained_male", "detained_female", "detained_convicted",
        "detained_possibly_under_18", "capacity", "guaranteed_minimum",
        month=month_of(rows.day), quarter=quarter_of(rows.day), fiscal_year=fiscal_year_of(rows.day),
    )  # fmt: skip


@table(key=["day"])
def facility_population_days(daily_population_published: Table) -> Table:
    """The days that the daily population counts: each facility has a row on each, so none is missing in between."""
    rows = daily_population_published.select("day").distinct()
    day = rows.day
    return rows.mutate(month=month_of(day), quarter=quarter_of(day), fiscal_year=fiscal_year_of(day))


def _newest(lists: Table) -> Table:
    """Of each place the row of the newest list that has its code; a list without a day is older than any."""
    told = lists.filter(lists.facility_code.notnull() & (lists.facility_code != BLACKED_OUT))
    dated = ibis.coalesce(told.as_of, told.list_date)
    place = ibis.row_number().over(
        group_by=told.facility_code, order_by=[dated.desc(nulls_first=False), told.release_id, told.source_row]
    )
    rows = told.mutate(listed_as_of=dated, nth=place).filter(ibis._.nth == 0)
    return rows.select(
        "facility_code", "facility_type", "type_detailed", "capacity", "capacity_said", "guaranteed_minimum",
        "per_diem_usd", "per_diem_said", "over_or_under_72_hours", "authorization", "last_inspection_type",
        "last_inspection_standard", "last_inspection_rating", "last_inspection_date", "listed_as_of",
        listed_name=_told(rows.facility_name), listed_city=_told(rows.city), listed_county=_told(rows.county),
        listed_state=_told(rows.state), listed_aor=_told(rows.listed_aor),
    )  # fmt: skip


def _told(cell: StringColumn) -> StringColumn:
    """The cell, NULL where it was blacked out."""
    return cell.nullif(BLACKED_OUT)
