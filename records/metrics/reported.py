"""What offices reported of their days, and what they left out. No figure counts a day of silence as zero."""

import ibis
from ibis.expr.types import BooleanScalar, Scalar, Table

from tallystick import apart, metric

BY = ["office", "office_name", "aor", "measure", "day", "month", "quarter", "fiscal_year"]
OF_DAYS = [*BY, "state"]
PEOPLE = "people"


@apart("measure")
@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def reported_count(reported_counts: Table, office_days: Table, by: list[str]) -> Table:
    """What offices counted of one measure, where every day asked about was told: else unknown.

    A day of an office that nobody told of makes the sum over it unknown, for silence is no zero, and so does an
    office of the register that began later or never: `reported_so_far` is what was told, and `days_not_told` how much
    is not. Ask of one `measure`, or break down by it: arrests and removals are not added up. Each count is the
    office's last telling.
    """
    whole = office_days.tellings.count() == office_days.count()
    return _sums(reported_counts, office_days, by, whole)


@apart("measure")
@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def reported_so_far(reported_counts: Table, office_days: Table, by: list[str]) -> Table:
    """What offices told of one measure so far: at least so many, and more where days are not told.

    Read it beside `days_not_told`. Unknown where nothing was told, and where more than one measure is asked about.
    """
    return _sums(reported_counts, office_days, by, office_days.count() > 0)


@metric(unit="count", on="day", by=OF_DAYS)
def days_told(office_days: Table) -> Scalar:
    """Days of an office and measure that were told, a count of none among them."""
    return office_days.tellings.count()


@metric(unit="count", on="day", by=OF_DAYS)
def days_not_told(office_days: Table) -> Scalar:
    """Days of an office and measure of which nothing was told, and which are due.

    From the first day of which any office told the measure to the day before the last on which any office told
    anything, of every office of the register. Days still within the time that a measure allows are awaited, and do
    not count.
    """
    return (office_days.state == "missing").sum().cast("int64")


@metric(unit="count", on="day", by=OF_DAYS)
def days_told_late(office_days: Table) -> Scalar:
    """Days of an office and measure that were first told after the days that the measure allows."""
    return (office_days.state == "late").sum().cast("int64")


@metric(unit="share", on="day", by=BY)
def share_of_days_told(office_days: Table) -> Scalar:
    """The share of due days of an office and measure that were told, late or in time."""
    due = office_days.state != "awaited"
    return office_days.tellings.count(where=due).cast("float64") / due.sum().nullif(0)


@metric(unit="count", on="day", by=BY)
def offices_told(office_days: Table) -> Scalar:
    """Offices that told at least one day, of any measure asked about."""
    return office_days.office.nunique(where=office_days.tellings.notnull())


@metric(unit="count", on="day", by=BY)
def offices_silent(office_days: Table) -> Scalar:
    """Offices of the register that owed a count and told nothing at all of the time and measures asked about."""
    rows = office_days
    due = rows.office.nunique(where=(rows.state == "missing") | rows.tellings.notnull())
    return due - rows.office.nunique(where=rows.tellings.notnull())


@metric(unit="count", on="day", by=BY)
def counts_revised(office_days: Table) -> Scalar:
    """Counts of a day that an office told anew: every telling is kept, with what was known before."""
    return (office_days.tellings > 1).sum().cast("int64")


def _sums(counts: Table, days: Table, by: list[str], known: BooleanScalar) -> Table:
    """The sum of counts by the breakdowns of the days owed, where it is of one measure and `known` of these days."""
    told = counts.aggregate(by=by, told=counts.reported.sum())
    owed = days.aggregate(by=by, is_known=known & (days.measure.nunique() == 1))
    each = owed.join(told, by, how="left") if by else owed.cross_join(told)
    return each.select(*by, value=ibis.ifelse(each.is_known, each.told, None))
