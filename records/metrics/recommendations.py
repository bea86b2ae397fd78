"""What inspectors general and GAO recommended, what was answered, and how long it stays open."""

import ibis
from ibis.expr.types import IntegerScalar, NumericScalar, Scalar, Table

from tallystick import metric

BY = [
    "report_code", "recommendation", "issuer", "component", "topic", "status", "age", "response", "resolution",
    "closed_how", "is_overdue", "issued_month",
]  # fmt: skip
HALF = 0.5
REPORTS_BY = ["report_code", "issuer", "component", "topic", "issued_month"]


@metric(unit="count", on="issued_by_date", by=REPORTS_BY)
def oversight_reports_known(oversight_reports: Table) -> Scalar:
    """Reports of inspectors general and GAO that anything held tells of, by the month of issue."""
    return oversight_reports.count()


@metric(unit="count", on="issued_by_date", by=REPORTS_BY, over=["recommendations"])
def recommendations_made(oversight_reports: Table) -> Scalar:
    """Recommendations that reports made, as the reports or their pages count them.

    Unknown for a report of which nothing held counts them. Lists of open recommendations do not say how many there
    were.
    """
    return oversight_reports.recommendations.sum().cast("int64")


@metric(unit="count", on="issued_by_date", by=REPORTS_BY, over=["concurred"])
def recommendations_concurred_with(oversight_reports: Table) -> Scalar:
    """Recommendations that management agreed with when the report was issued, as the report counts them."""
    return oversight_reports.concurred.sum().cast("int64")


@metric(unit="count", on="issued_by_date", by=REPORTS_BY, over=["open_recommendations"])
def recommendations_counted_open(oversight_reports: Table) -> Scalar:
    """Recommendations that were open by the last count that a page, list or text gives of each report.

    It may be more than `recommendations_open`, which counts those that are told of one by one: a text that says how
    many are open need not say which.
    """
    return oversight_reports.open_recommendations.sum().cast("int64")


@metric(unit="count", on="issued_by_date", by=BY)
def recommendations_known(recommendations: Table) -> Scalar:
    """Recommendations that anything held tells of, one by one or as so many of a report, whatever became of them."""
    return recommendations.count()


@metric(unit="count", on="issued_by_date", by=BY, over=["status"])
def recommendations_open(recommendations: Table) -> Scalar:
    """Recommendations that were open when they were last told of.

    `age` is from issue to that day. Those that nothing held says to be open or closed are not counted (ask
    `recommendations_counted_open` too); a figure about none whose status is known is unknown.
    """
    return _known(recommendations, (recommendations.status == "open").sum())


@metric(unit="count", on="issued_by_date", by=BY, over=["status"])
def recommendations_closed(recommendations: Table) -> Scalar:
    """Recommendations that were closed when they were last told of, however they were closed."""
    return _known(recommendations, (recommendations.status == "closed").sum())


@metric(unit="USD", on="issued_by_date", by=BY, over=["questioned_costs_usd"])
def questioned_costs(recommendations: Table) -> Scalar:
    """Costs that recommendations question, as their reports' pages state them; only pages of Oversight.gov do."""
    return recommendations.questioned_costs_usd.sum()


@metric(unit="USD", on="issued_by_date", by=BY, over=["funds_for_better_use_usd"])
def funds_for_better_use(recommendations: Table) -> Scalar:
    """Money that could be put to better use by recommendations, as their reports' pages state it."""
    return recommendations.funds_for_better_use_usd.sum()


@metric(unit="days", on="issued_by_date", by=BY, over=["days_to_resolution"])
def days_to_resolution(recommendations: Table) -> Scalar:
    """The median days from issue to resolution, of recommendations whose day of resolution is stated.

    Resolved means that both sides agree on what is to be done, not that it was done. Those not yet resolved are left
    out (censored), so that the figure is the shorter the more of these there are; how many is told beside it.
    """
    return recommendations.days_to_resolution.median()


@metric(unit="share", on="issued_by_date", by=BY, over=["is_overdue"])
def share_of_recommendations_overdue(recommendations: Table) -> Scalar:
    """The share of recommendations that were not resolved within six months of issue, as OMB Circular A-50 wants.

    Of those whose six months had passed when they were last told of and of which is known whether they were resolved
    or closed by then.
    """
    rows = recommendations
    late = (rows.is_overdue == "yes").sum()
    return late.cast("float64") / rows.is_overdue.isin(["yes", "no"]).sum().nullif(0)


@metric(unit="days", on="issued_by_date", by=BY, over=["issued_by_date"])
def median_days_since_issue_of_open(recommendations: Table, day: Scalar) -> Scalar:
    """The median days from issue to the Edition's day, of recommendations that were open when they were last told of.

    Where only the month of issue is known, from its last day: it is that or a little more. They may have been closed
    since they were last told of, which nothing held says.
    """
    rows = recommendations
    days = day.cast("date").epoch_days() - rows.issued_by_date.epoch_days()
    return days.median(where=rows.status == "open")


@metric(unit="count", on="issued_by_date", by=BY, over=["resolution_due_date"])
def recommendations_past_six_months(recommendations: Table, day: Scalar) -> Scalar:
    """Recommendations more than six months from issue by the Edition's day, with no resolution or closing told of.

    They are not said to be overdue under OMB Circular A-50: they may have been resolved, and nothing held says so.
    Those whose status nothing tells are counted too.
    """
    rows = recommendations
    silent = rows.resolved_date.isnull() & ~rows.status.fill_null("").isin(["closed"])
    silent = silent & (rows.resolution.fill_null("") != "resolved")
    past = rows.resolution_due_date.cast("date") < day.cast("date")
    return (silent & past).sum().cast("int64")


@metric(unit="share", by=["issuer", "days"])
def share_of_recommendations_surviving(recommendation_survival: Table) -> Scalar:
    """The share of recommendations still open so many days after issue (Kaplan-Meier), at the lengths asked about.

    Ask with an issuer and break down by days; without, it is the share at the longest length at which one was closed.
    Unknown where a closing is known only as *by the day of a later telling*: ask
    `share_of_recommendations_surviving_at_most`.
    """
    rows = recommendation_survival
    return _of_one_issuer(rows, rows.surviving.min(where=~rows.is_at_most))


@metric(unit="share", by=["issuer", "days"])
def share_of_recommendations_surviving_at_most(recommendation_survival: Table) -> Scalar:
    """An upper bound: no more than this share was still open so many days after issue, of those that are known.

    Each closing counts on the day that first tells of it, though it may have been long before, and one that is still
    open never.
    """
    rows = recommendation_survival
    return _of_one_issuer(rows, rows.surviving.min(where=rows.is_at_most))


@metric(unit="days", by=["issuer"])
def median_days_open(recommendation_survival: Table) -> Scalar:
    """The days after which half of an issuer's recommendations are closed, by the Kaplan-Meier estimate.

    Unknown while more than half stay open, over more than one issuer, and where a closing is known only as *by the
    day of a later telling*: ask `median_days_open_at_most`.
    """
    rows = recommendation_survival
    return _of_one_issuer(rows, rows.days.min(where=(rows.surviving <= HALF) & ~rows.is_at_most))


@metric(unit="days", by=["issuer"])
def median_days_open_at_most(recommendation_survival: Table) -> Scalar:
    """An upper bound: half of an issuer's recommendations whose status is known were closed within so many days.

    Each closing counts on the day that first tells of it, so that the true median is this or less. Unknown while more
    than half stay open, and over more than one issuer.
    """
    rows = recommendation_survival
    return _of_one_issuer(rows, rows.days.min(where=(rows.surviving <= HALF) & rows.is_at_most))


@metric(unit="number", on="told_date", by=["report_code", "figure", "period", "precision"])
def oversight_figure_reported(oversight_figures_reported: Table) -> Scalar:
    """A figure that an oversight report states about what it looked at, as it was told; not counted by us.

    Of one figure only, and unknown over more.
    """
    rows = oversight_figures_reported
    return ibis.ifelse(rows.figure.nunique() == 1, rows.value_number.max(), None)


def _known(rows: Table, count: IntegerScalar) -> Scalar:
    return ibis.ifelse(rows.status.count() > 0, count.cast("int64"), None)


def _of_one_issuer(rows: Table, value: NumericScalar) -> Scalar:
    return ibis.ifelse(rows.issuer.nunique() == 1, value, None)
