"""People followed outside detention, and people set apart within it."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

OUTSIDE = ["aor", "area_name", "technology", "as_of", "month", "quarter", "fiscal_year"]


@metric(unit="count", on="as_of", by=OUTSIDE, counts="people", stock=True)
def atd_participants(alternatives_to_detention: Table) -> Scalar:
    """People followed outside detention by a technology (alternatives to detention), by area and technology.

    The sum of the technologies of the areas; a release's printed totals now and then lie a little above it. In
    December 2022 the counts of GPS monitors and of people without technology were restated without a note.
    """
    return alternatives_to_detention.participants.sum()


@metric(unit="days", on="as_of", by=OUTSIDE, counts="people", stock=True)
def average_days_in_atd(alternatives_to_detention: Table) -> Scalar:
    """How many days the people followed outside detention have been in the programme on average."""
    rows = alternatives_to_detention
    days = (rows.average_days * rows.participants).sum()
    return days / rows.participants.sum(where=rows.average_days.notnull()).nullif(0)


@metric(unit="count", on="month", by=["month", "facility"])
def placements_in_segregation(segregation_placements: Table) -> Scalar:
    """Placements in segregation in ICE detention; one person may be placed more than once."""
    return segregation_placements.placements.sum()


@metric(unit="count", by=["period", "reason"])
def placements_of_vulnerable_people(vulnerable_placements: Table) -> Scalar:
    """Placements in segregation of people of vulnerable and special populations, by quarter and reason.

    Placements, not people. A quarter is written `FY2022 Q2`.
    """
    return vulnerable_placements.placements.sum()
