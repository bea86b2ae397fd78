"""What the record shows of states and counties by month, before and after an agreement begins there."""

import ibis
from ibis.expr.types import IntegerValue, Table, Value

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

WINDOW_MONTHS = 12
MADE = {
    "level": "string",
    "state": "string",
    "county_fips": "string",
    "month": "date",
    "indicator": "string",
    "amount": "float64",
    "weight": "float64",
}


@table(key=["level", "state", "county_fips"])
def agreement_beginnings(agreements_287g: Table) -> Table:
    """The month in which each state's, and each county's, first agreement under section 287(g) begins.

    The day that it was signed, or, where no list states that, the first day on which one lists it. A county begins
    with its own agencies; a state with any agency in it. Agreements that ended before the lists held are not known.
    """
    rows = agreements_287g.mutate(
        begins=ibis.coalesce(agreements_287g.signed_date, agreements_287g.first_listed_date)
    )
    counties = rows.filter(rows.county_fips.notnull()).group_by(state="state_code", county_fips="county_fips")
    states = rows.filter(rows.state_code.notnull()).group_by(state="state_code")
    made = [
        counties.aggregate(begins=rows.begins.min()).mutate(level=ibis.literal("county")),
        states.aggregate(begins=rows.begins.min()).mutate(
            level=ibis.literal("state"), county_fips=ibis.null("string")
        ),
    ]
    both = ibis.union(*[one.select("level", "state", "county_fips", "begins") for one in made])
    return both.select("level", "state", "county_fips", begins_date="begins", begins_month=month_of(both.begins))


@table(key=["level", "state", "county_fips", "month", "indicator"])
def community_indicators(
    agreements_287g_listed: Table,
    facility_population_by_day: Table,
    state_arrests_by_day: Table,
    local_provider_awards: Table,
    agreement_beginnings: Table,
) -> Table:
    """Indicators of each state and county by month, with where the month lies from the first agreement there.

    A mean is the sum of `amount` over the sum of `weight`: people held at midnight over days, people held without a
    conviction over people held, arrests over days (five states only), agreements and the people of counties with one
    in the month's last list. `obligated_usd`, by the month of an award's first action, has no weight: it adds up.
    `phase` is before (the 12 months before the month in which the first agreement begins), begins, after (the 12
    months after it) or outside; NULL where no agreement is known. A month that a release does not cover has no row.
    """
    levels = [
        *_agreements(agreements_287g_listed),
        *_held(facility_population_by_day),
        _arrests(state_arrests_by_day),
        *_money(local_provider_awards),
    ]
    rows = ibis.union(*levels)
    begun = agreement_beginnings.mutate(place=_place(agreement_beginnings))
    rows = rows.mutate(place=_place(rows)).left_join(begun.select("place", "begins_month"), "place")
    months = _months(rows.month) - _months(rows.begins_month)
    return rows.select(
        *MADE, "begins_month", months_from=months, phase=_phase(months), quarter=quarter_of(rows.month),
        fiscal_year=fiscal_year_of(rows.month),
    )  # fmt: skip


def _agreements(listed: Table) -> list[Table]:
    last = listed.group_by("month").aggregate(as_of=listed.as_of.max())
    rows = listed.semi_join(last, ["month", "as_of"]).mutate(state=listed.state_code)
    people = rows.filter(rows.county_fips.notnull()).distinct(on=["month", "county_fips"])
    one = ibis.literal(1)
    return [
        made
        for level in ("state", "county")
        for made in (
            _by_place(rows, level, "agreements_in_force", rows.agreement_key.count(), one),
            _by_place(people, level, "people_in_counties_with_one", people.county_people.sum(), one),
        )
    ]


def _held(rows: Table) -> list[Table]:
    without = (rows.detained - rows.detained_convicted).sum()
    return [
        made
        for level in ("state", "county")
        for made in (
            _by_place(rows, level, "people_held", rows.detained_at_midnight.sum(), rows.day.nunique()),
            _by_place(rows, level, "share_held_without_a_conviction", without, rows.detained.sum()),
        )
    ]


def _arrests(rows: Table) -> Table:
    """A day without arrests has no row in a state: every day from the month's first to its last told one counts."""
    days = rows.group_by("month").aggregate(days=rows.day.nunique())
    summed = rows.group_by("state", "month").aggregate(arrests=rows.arrests.sum()).join(days, "month")
    return _by_place(summed, "state", "arrests_a_day", summed.arrests.sum(), summed.days.max())


def _money(awards: Table) -> list[Table]:
    rows = awards.mutate(month=month_of(awards.first_action_date))
    usd = rows.obligated_usd.sum()
    return [_by_place(rows, level, "obligated_usd", usd, ibis.null("float64")) for level in ("state", "county")]


def _by_place(rows: Table, level: str, indicator: str, amount: Value, weight: Value) -> Table:
    by = ["state", "month"] + (["county_fips"] if level == "county" else [])
    known = rows.filter([rows[name].notnull() for name in by])
    made = known.group_by(by).aggregate(amount=amount, weight=weight)
    given = {"level": ibis.literal(level), "indicator": ibis.literal(indicator)}
    given |= {name: made[name] for name in made.columns} | (
        {} if level == "county" else {"county_fips": ibis.null("string")}
    )
    return made.select(**{name: given[name].cast(dtype) for name, dtype in MADE.items()})


def _place(rows: Table) -> Value:
    return rows.level + "/" + rows.state + "/" + rows.county_fips.fill_null("")


def _months(month: Value) -> IntegerValue:
    return month.year() * 12 + month.month()


def _phase(months: IntegerValue) -> Value:
    return ibis.cases(
        (months.isnull(), None),
        (months.between(-WINDOW_MONTHS, -1), "before"),
        (months == 0, "begins"),
        (months.between(1, WINDOW_MONTHS), "after"),
        else_="outside",
    )
