"""What was observed, by area and stretch of days, and how it stands to targets that were said."""

import ibis
from ibis.expr.types import BooleanValue, DateValue, IntegerValue, Table, Value

from tallystick import table
from tallystick.expressions import days_in_month, fiscal_year_of, month_of, quarter_of

OBSERVED = {
    "measured_by": "string",
    "series": "string",
    "grain": "string",
    "aor": "string",
    "start_date": "date",
    "end_date": "date",
    "days": "int64",
    "amount": "decimal(18, 6)",
}
PERIOD_DAYS = {"day": 1, "year": 365}


@table(key=["series", "grain", "aor", "start_date", "end_date"])
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
    daily = arrest_days.select("day").left_join(everywhere, "day").mutate(aor=ibis.null("string"))
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
    whole = whole.mutate(aor=ibis.null("string"))
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


def _observed(rows: Table, *cells: Value | str) -> Table:
    """The rows in the columns of an observation, but for `aor`, which they have."""
    values = [ibis.literal(cell) if isinstance(cell, str) else cell for cell in cells]
    given = dict(zip([name for name in OBSERVED if name != "aor"], values, strict=True)) | {"aor": rows.aor}
    return rows.select(**{name: given[name].cast(dtype) for name, dtype in OBSERVED.items()})


def _last_day(month: DateValue, length: IntegerValue) -> DateValue:
    # By way of a timestamp: a date and an interval give one in DuckDB, which Ibis takes for a date already.
    return (month.cast("timestamp") + (length - 1).as_interval("D")).cast("date")


@table(key=["target", "series", "aor", "start_date", "end_date"])
def target_actuals(targets: Table, arrest_observations: Table) -> Table:
    """Each target beside every stretch of days observed of what it speaks of, whether or not it was then in force.

    `rate` is what was observed, as the target counts (a day, a year of 365 days); `is_met` whether that reaches it
    (at least) or keeps below it (at most). `in_force` is yes for a stretch that lies whole in the days of the target,
    partly, before or after. `month`, `quarter` and `fiscal_year` are NULL for a stretch that lies in more than one.
    A target that no series observes has no row: it is unknown.
    """
    seen = arrest_observations
    of_place = (targets.area.isnull() & seen.aor.isnull()) | ((targets.area == "each") & seen.aor.notnull())
    facts = targets.select(
        "target", "measured_by", "value_number", "per", "comparison", "area", "from_date", "to_date", "official",
        "contested",
    )  # fmt: skip
    rows = seen.join(facts, [seen.measured_by == facts.measured_by, of_place]).drop("measured_by_right", "area")
    days = rows.per.cases(*PERIOD_DAYS.items())
    rows = rows.mutate(rate=rows.amount.cast("float64") / rows.days * days, period_days=days)
    reached = rows.rate >= rows.value_number.cast("float64")
    kept = rows.rate <= rows.value_number.cast("float64")
    return rows.mutate(
        is_met=ibis.cases((rows.comparison == "at least", reached), (rows.comparison == "at most", kept)),
        in_force=ibis.cases(
            (rows.end_date < rows.from_date, "before"),
            (rows.to_date.notnull() & (rows.start_date > rows.to_date), "after"),
            ((rows.start_date >= rows.from_date) & (rows.to_date.isnull() | (rows.end_date <= rows.to_date)), "yes"),
            else_="partly",
        ),
        month=_if(month_of(rows.start_date) == month_of(rows.end_date), month_of(rows.start_date)),
        quarter=_if(quarter_of(rows.start_date) == quarter_of(rows.end_date), quarter_of(rows.start_date)),
        fiscal_year=_if(
            fiscal_year_of(rows.start_date) == fiscal_year_of(rows.end_date), fiscal_year_of(rows.start_date)
        ),
    )


def _if(so: BooleanValue, value: Value) -> Value:
    return ibis.ifelse(so, value, None)
