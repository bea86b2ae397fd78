"""What was observed over stretches of days, by area: arrests, removals, people held, inspections, in one form."""

import ibis
from ibis.expr.types import DateValue, IntegerValue, Table, Value

from tallystick import table
from tallystick.expressions import days_in_month, quarter_of

OBSERVED = {
    "measured_by": "string",
    "series": "string",
    "grain": "string",
    "aor": "string",
    "unit": "string",
    "start_date": "date",
    "end_date": "date",
    "days": "int64",
    "amount": "float64",
}
PLACES = ("aor", "unit")
YEAR_DAYS = 365


@table(key=["series", "aor", "unit", "start_date", "end_date"])
def observations(arrest_observations: Table, detention_observations: Table, inspection_observations: Table) -> Table:
    """What was observed of arrests, removals, people held and inspections over stretches of days, every series.

    `amount` adds up over the `days` of a stretch: a count of what happened, or, of people held, person-days. `aor` is
    NULL for the whole country, `unit` the one facility that a row is about. Series of one measure count differently
    and are never added up with one another.
    """
    return ibis.union(arrest_observations, detention_observations, inspection_observations)


@table(key=["series", "aor", "unit", "start_date", "end_date"])
def arrest_observations(
    arrests_by_day: Table,
    arrest_days: Table,
    arrests_by_period: Table,
    seattle_arrests_by_month: Table,
    areas: Table,
) -> Table:
    """Arrests counted over stretches of days, one row a stretch and area; `aor` is NULL for the whole country.

    `arrest_rows` has every day of fiscal years 2016 to 2019 that a release covers, a day without arrests in an area
    as zero (headquarters is no area, and counts for the country only); `area_arrests` one long stretch from 20
    January 2025; `seattle_arrests` the months of one area. Series count differently and are never added up with one
    another.
    """
    everywhere = arrests_by_day.group_by("day").aggregate(arrests=arrests_by_day.arrests.sum())
    daily = arrest_days.select("day").left_join(everywhere, "day")
    in_areas = arrests_by_day.semi_join(areas, "aor")
    by_area = in_areas.group_by("day", "aor").aggregate(arrests=in_areas.arrests.sum())
    every = arrest_days.select("day").cross_join(by_area.select("aor").distinct())
    by_area = every.left_join(by_area, ["day", "aor"])
    days = [
        _observed(
            rows, "arrests", "arrest_rows", "day", rows.day, rows.day, ibis.literal(1), rows.arrests.coalesce(0)
        )
        for rows in (daily, by_area)
    ]
    spans = arrests_by_period
    whole = spans.group_by("start_date", "end_date", "days").aggregate(arrests=spans.arrests.sum())
    periods = [
        _observed(rows, "arrests", "area_arrests", "period", rows.start_date, rows.end_date, rows.days, rows.arrests)
        for rows in (whole, spans.select("aor", "start_date", "end_date", "days", "arrests"))
    ]
    one = seattle_arrests_by_month
    one = one.group_by("month").aggregate(arrests=one.arrests.sum()).mutate(aor=ibis.literal("SEA"))
    length = days_in_month(one.month)
    months = _observed(
        one, "arrests", "seattle_arrests", "month", one.month, _last_day(one.month, length), length, one.arrests
    )
    return ibis.union(*days, *periods, months)


@table(key=["series", "aor", "unit", "start_date", "end_date"])
def detention_observations(
    book_ins_by_month: Table,
    removals_to_date: Table,
    average_population_by_month: Table,
    detention_counted_through: Table,
    custody_population_published: Table,
) -> Table:
    """What ICE's detention statistics observe of the whole country: book-ins after arrests, removals, people held.

    `ice_book_ins` are months of initial book-ins after arrests by ICE, the nearest that is published to a count of
    its arrests; `ice_removals` fiscal years as far as their newest release counts them; `detained_by_month` and
    `detained_by_year` person-days of the average daily population. A month whose counted days are not known is left
    out; the last year of `detained_by_year` is the calendar's and left out too.
    """
    ice = book_ins_by_month.filter((book_ins_by_month.arresting_agency == "ICE") & (book_ins_by_month.days > 0))
    booked = _of_months(ice, "arrests", "ice_book_ins", ice.book_ins)
    held = average_population_by_month.group_by("month").aggregate(
        days=average_population_by_month.days.max(), person_days=average_population_by_month.person_days.sum()
    )
    held = held.filter(held.days > 0)
    by_month = _of_months(held, "detained", "detained_by_month", held.person_days)
    told = removals_to_date.filter(removals_to_date.part == "all")
    order = told.as_of.cast("string") + told.member + told.release_id
    newest = ibis.row_number().over(group_by="fiscal_year", order_by=order.desc())
    told = told.mutate(place=newest).filter(ibis._.place == 0)
    told = told.left_join(detention_counted_through, ["release_id", "fiscal_year"])
    first, last = _fiscal_days(told.fiscal_year)
    end = ibis.least(ibis.coalesce(told.through_date, told.as_of), last)
    days = end.epoch_days() - first.epoch_days() + 1
    removed = _observed(told, "removals", "ice_removals", "fiscal year", first, end, days, told.removals)
    years = custody_population_published.filter(~custody_population_published.told_by.contains("calendar"))
    first, last = _fiscal_days(years.fiscal_year)
    days = last.epoch_days() - first.epoch_days() + 1
    amount = years.average_daily_population * days
    by_year = _observed(years, "detained", "detained_by_year", "fiscal year", first, last, days, amount)
    return ibis.union(booked, by_month, removed, by_year)


@table(key=["series", "aor", "unit", "start_date", "end_date"])
def inspection_observations(
    detention_facilities_published: Table, facility_statistics: Table, inspections: Table
) -> Table:
    """Inspections of each facility in the year to a release's day, as far as releases tell them.

    `rated_inspections` are those that the release itself states, of releases that state the last two: those of fiscal
    years to 2023. `inspections_seen` are those that any release tells of, a floor: what two releases far apart leave
    out is not seen. Of each quarter the newest release; facilities that held one person or more on average. A
    facility listed twice counts once, with the more inspections.
    """
    return ibis.union(_stated(detention_facilities_published), _seen(facility_statistics, inspections))


def _seen(listed: Table, inspections: Table) -> Table:
    listed = listed.mutate(quarter=quarter_of(listed.as_of), order=listed.as_of.cast("string") + listed.member)
    newest = listed.group_by("quarter").aggregate(order=listed.order.max())
    there = listed.semi_join(newest, ["quarter", "order"]).filter(ibis._.average_population >= 1)
    there = there.select("aor", "as_of", unit="facility").distinct()
    ended = inspections.select(place="facility", day="inspected_date")
    since = there.as_of.epoch_days() - ended.day.epoch_days()
    rows = there.left_join(ended, [there.unit == ended.place, since >= 0, since < YEAR_DAYS])
    one = rows.group_by("aor", "as_of", "unit").aggregate(inspections=rows.day.nunique())
    days = ibis.literal(YEAR_DAYS)
    return _observed(one, "inspections", "inspections_seen", "facility", one.as_of, one.as_of, days, one.inspections)


def _stated(detention_facilities_published: Table) -> Table:
    told = detention_facilities_published
    stated = told.group_by("release_id").aggregate(tells=told.second_to_last_inspection_date.count())
    told = told.semi_join(stated.filter(stated.tells > 0), "release_id").mutate(
        quarter=quarter_of(told.as_of), order=told.as_of.cast("string") + told.member
    )
    newest = told.group_by("quarter").aggregate(order=told.order.max())
    told = told.semi_join(newest, ["quarter", "order"])
    seen = [told.last_inspection_date, told.second_to_last_inspection_date]
    recent = [
        ((told.as_of.epoch_days() - day.epoch_days()) < YEAR_DAYS).fill_null(False).cast("int64") for day in seen
    ]
    levels = [told[f"adp_level_{level}"].fill_null(0) for level in "abcd"]
    told = told.filter(levels[0] + levels[1] + levels[2] + levels[3] >= 1).mutate(inspections=recent[0] + recent[1])
    unit = ibis.literal(", ").join([told.name, told.city.fill_null("?"), told.state.fill_null("?")])
    one = told.group_by("aor", "as_of", unit=unit).aggregate(inspections=told.inspections.max())
    days = ibis.literal(YEAR_DAYS)
    return _observed(one, "inspections", "rated_inspections", "facility", one.as_of, one.as_of, days, one.inspections)


def _of_months(rows: Table, measured_by: str, series: str, amount: Value) -> Table:
    end = _last_day(rows.month, rows.days)
    return _observed(rows, measured_by, series, "month", rows.month, end, rows.days, amount)


def _fiscal_days(fiscal_year: IntegerValue) -> tuple[DateValue, DateValue]:
    year = fiscal_year.cast("int32")
    return ibis.date(year - 1, 10, 1), ibis.date(year, 9, 30)


def _observed(rows: Table, *cells: Value | str) -> Table:
    """The rows in the columns of an observation; where they have no `aor`, or no `unit`, these are NULL."""
    values = [ibis.literal(cell) if isinstance(cell, str) else cell for cell in cells]
    given = dict(zip([name for name in OBSERVED if name not in PLACES], values, strict=True))
    given |= {name: rows[name] if name in rows.columns else ibis.null("string") for name in PLACES}
    return rows.select(**{name: given[name].cast(dtype) for name, dtype in OBSERVED.items()})


def _last_day(month: DateValue, length: IntegerValue) -> DateValue:
    # By way of a timestamp: a date and an interval give one in DuckDB, which Ibis takes for a date already.
    return (month.cast("timestamp") + (length - 1).as_interval("D")).cast("date")
