"""Training and assessments as agencies report them, in counts: who is covered, who is overdue, who passed."""

import ibis
from ibis.expr.types import Scalar, Table

from tallystick import metric

WHO = ["agency", "role", "course"]
BY = [*WHO, "day", "month", "quarter", "fiscal_year"]
PEOPLE = "people"


@metric(unit="share", on="day", by=BY, counts=PEOPLE, stock=True)
def training_coverage(training_standing: Table) -> Scalar:
    """Of people whose role requires a course, the share whose completion of it holds on the day.

    Of the agencies, roles and courses that told all of required, current and overdue as of that very day.
    """
    stood = training_standing
    return stood.current.sum().cast("float64") / stood.required.sum().nullif(0)


@metric(unit="share", on="day", by=BY, counts=PEOPLE, stock=True)
def training_overdue(training_standing: Table) -> Scalar:
    """Of people whose role requires a course, the share whose day to complete or renew it has passed."""
    stood = training_standing
    return stood.overdue.sum().cast("float64") / stood.required.sum().nullif(0)


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def course_completions(training_counts: Table, by: list[str]) -> Table:
    """Completions of courses on the days of the period, as agencies told them; unknown where none told."""
    return _counted(training_counts, by, "completed")


@metric(unit="count", on="day", by=BY, counts=PEOPLE)
def course_expiries(training_counts: Table, by: list[str]) -> Table:
    """Completions that expired on the days of the period, as agencies told them; unknown where none told."""
    return _counted(training_counts, by, "expired")


@metric(unit="share", on="day", by=BY, counts=PEOPLE)
def share_of_assessments_passed(training_counts: Table) -> Scalar:
    """Of the assessments taken in the period, the share that was passed, where both were told."""
    rows = training_counts
    passed = rows.counted.sum(where=rows.measure == "passed")
    return passed.cast("float64") / rows.counted.sum(where=rows.measure == "assessed").nullif(0)


def _counted(rows: Table, by: list[str], measure: str) -> Table:
    told = rows.filter(rows.measure == measure)
    each = told.aggregate(by=by, value=told.counted.sum())
    return each.select(*by, value=ibis._.value)
