"""Arrests by ICE: rows released for fiscal years 2016 to 2019, and counts of others since 2025."""

from ibis.expr.types import Column, Scalar, Table

from tallystick import metric
from tallystick.expressions import per_covered_day

BY = ["day", "month", "quarter", "fiscal_year", "aor", "method"]
PEOPLE = "people"


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def arrests(arrests_by_day: Table) -> Scalar:
    """Administrative arrests by ICE's Enforcement and Removal Operations, October 2015 to August 2019.

    Every row released is one arrest; one person may be arrested more than once. Unknown in other years: for these
    see `ice_arrest_book_ins` and `arrests_over_period`, which count other things.
    """
    return arrests_by_day.arrests.sum()


@metric(unit="per_day", on="day", by=BY, counts=PEOPLE)
def arrests_per_day(arrests_by_day: Table, arrest_days: Table, by: list[str]) -> Table:
    """Administrative arrests a day: those of the days that the releases cover, divided by how many these are.

    Days without an arrest count as days. A quarter or a year that ends early is divided by its covered days: those
    of fiscal year 2019 end with 31 August.
    """
    return per_covered_day(arrests_by_day, arrest_days, by, "arrests")


@metric(unit="share", on="day", by=["day", "month", "quarter", "fiscal_year", "method"], counts=PEOPLE)
def share_of_arrests_without_an_area(arrests_by_day: Table) -> Scalar:
    """The share of arrests whose row names no area of responsibility: they are in totals and in no area."""
    return _share(arrests_by_day, arrests_by_day.aor.isnull())


@metric(unit="ratio", by=["fiscal_year", "aor"], counts=PEOPLE)
def arrests_per_100_000_noncitizens(arrest_years: Table) -> Scalar:
    """Administrative arrests a year per 100,000 people without citizenship who live in the area.

    Over the covered part of each fiscal year, 2016 to 2019; arrests without an area are left out.
    """
    placed = arrest_years.person_years.notnull()
    people = arrest_years.person_years.sum().nullif(0)
    return arrest_years.arrests.sum(where=placed).cast("float64") / people * 100_000


@metric(unit="count", by=["aor"], counts=PEOPLE)
def arrests_over_period(arrests_by_period: Table) -> Scalar:
    """Arrests by ICE over one stated period, 20 January 2025 to 6 August 2026, over 25 areas.

    Counted by others from rows that ICE released, likely duplicates left out.
    """
    return arrests_by_period.arrests.sum()


@metric(unit="per_day", by=["aor"], counts=PEOPLE)
def arrests_over_period_per_day(arrests_by_period: Table) -> Scalar:
    """Arrests by ICE a day over the same stated period, whose first and last day both count (564 days).

    Unknown where areas of different periods would be mixed.
    """
    rows = arrests_by_period
    days = rows.days.max().nullif(0).cast("float64")
    return (rows.days.min() == rows.days.max()).ifelse(rows.arrests.sum().cast("float64") / days, None)


@metric(unit="ratio", by=["aor"], counts=PEOPLE)
def arrests_over_period_per_100_000_noncitizens(arrests_by_period: Table) -> Scalar:
    """Arrests by ICE a year per 100,000 people without citizenship, over the stated period."""
    rows = arrests_by_period
    person_years = (rows.noncitizen_population.cast("float64") * rows.days / 365.25).sum().nullif(0)
    return rows.arrests.sum(where=rows.noncitizen_population.notnull()).cast("float64") / person_years * 100_000


@metric(unit="share", by=["state"], counts=PEOPLE)
def share_of_arrests_by_state(state_arrests: Table) -> Scalar:
    """Each state's share of the arrests that a state is known of; the release does not say of which period.

    Always of the arrests in all states, whichever are asked for.
    """
    return state_arrests.arrests.sum().cast("float64") / state_arrests.arrests_of_all.max().nullif(0)


@metric(unit="count", on="day", by=["day", "month", "quarter", "fiscal_year", "state"], counts=PEOPLE)
def arrests_in_five_states(state_arrests_by_day: Table) -> Scalar:
    """Arrests by ICE in Texas, Wisconsin, Illinois, Minnesota and Oregon, August 2025 to March 2026."""
    return state_arrests_by_day.arrests.sum()


@metric(unit="per_day", on="day", by=["day", "month", "quarter", "fiscal_year", "state"], counts=PEOPLE)
def arrests_in_five_states_per_day(state_arrests_by_day: Table, state_arrest_days: Table, by: list[str]) -> Table:
    """Arrests by ICE a day in five states, over the days that any of them counts."""
    return per_covered_day(state_arrests_by_day, state_arrest_days, by, "arrests")


SEATTLE = ["month", "quarter", "fiscal_year", "state", "criminality"]


@metric(unit="count", on="month", by=SEATTLE, counts=PEOPLE)
def arrests_in_the_seattle_area(seattle_arrests_by_month: Table) -> Scalar:
    """Arrests by ICE in the Seattle area of responsibility by month, September 2023 to September 2025."""
    return seattle_arrests_by_month.arrests.sum()


@metric(unit="share", on="month", by=["month", "quarter", "fiscal_year", "state"], counts=PEOPLE)
def share_of_seattle_arrests_with_a_conviction(seattle_arrests_by_month: Table) -> Scalar:
    """The share of arrests in the Seattle area of people whom ICE puts down as convicted of a crime."""
    return _share(seattle_arrests_by_month, seattle_arrests_by_month.criminality == "convicted")


@metric(unit="share", on="month", by=["month", "quarter", "fiscal_year", "state"], counts=PEOPLE)
def share_of_seattle_arrests_with_a_pending_charge(seattle_arrests_by_month: Table) -> Scalar:
    """The share of arrests in the Seattle area of people charged with a crime and not convicted."""
    return _share(seattle_arrests_by_month, seattle_arrests_by_month.criminality == "pending")


@metric(unit="share", on="month", by=["month", "quarter", "fiscal_year", "state"], counts=PEOPLE)
def share_of_seattle_arrests_with_neither(seattle_arrests_by_month: Table) -> Scalar:
    """The share of arrests in the Seattle area of people neither convicted nor charged."""
    return _share(seattle_arrests_by_month, seattle_arrests_by_month.criminality == "neither")


@metric(unit="share", on="month", by=["month", "quarter", "fiscal_year", "criminality"], counts=PEOPLE)
def share_of_seattle_arrests_without_a_state(seattle_arrests_by_month: Table) -> Scalar:
    """The share of arrests in the Seattle area whose row names no state: look at it before comparing states."""
    return _share(seattle_arrests_by_month, seattle_arrests_by_month.state.isnull())


def _share(rows: Table, which: Column) -> Scalar:
    return rows.arrests.sum(where=which).fill_null(0).cast("float64") / rows.arrests.sum().nullif(0)
