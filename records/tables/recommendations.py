"""Recommendations as they stand by the last that was told of each, and how long they stay open."""

from typing import Any

import ibis
from ibis.expr.types import Table, Value

from tallystick import table

from .oversight_reports import components_of

_YEAR = 365.25
_WHOLE = ("Oversight.gov", "GAO's page")
_BANDS = ((1, "under 1 year"), (2, "1 to 2 years"), (5, "2 to 5 years"), (10, "5 to 10 years"))
_LATEST = (
    "agency", "closed_how", "response", "resolution", "resolved_date", "due_date", "component", "topic", "text",
    "is_priority", "is_significant", "questioned_costs_usd", "funds_for_better_use_usd", "citation",
)  # fmt: skip


@table(key=["recommendation"])
def recommendations(recommendation_states: Table, oversight_reports: Table) -> Table:
    """Recommendations of inspectors general and GAO: of each thing the latest that any telling says of it.

    `status` (open or closed), `response` (concur, partial, non-concur, none), `resolution` (resolved, unresolved)
    and `closed_how` are NULL where nothing held tells. `as_of` is the day that the status is told for, NULL where
    the telling states none. One that was told closed and later open again is open. `closed_by_date` is the first day
    on which it is told closed, which is when it was closed at the latest; `first_told_date` the first day on which
    it is told at all. `open_days` are the days from issue to that day, or of an open one to `as_of`. Of a closed one
    `open_days_at_most` are counted from the first day on which the report can have been issued, and
    `is_closing_exact` says whether it was told open the day before, so that the day of closing is known. `is_overdue`
    says whether it was not resolved within six months of issue: yes, no (also where it was closed by then), not due
    yet, or NULL for unknown. `component` is the part of the department that it is addressed to, else that of the
    report. `is_of_a_whole_report` says whether some telling speaks of all that its report recommended, and not of the
    open ones only.
    """
    return as_they_stand(recommendation_states, oversight_reports)


def as_they_stand(states: Table, reports: Table) -> Table:
    """The `recommendations` that these `states` tell of."""
    rows = _in_order(states)
    last = {name: rows[name].argmax(rows.order, where=rows[name].notnull()) for name in _LATEST}
    told = rows.status.notnull()
    made = rows.group_by("recommendation", "report_code", "number").aggregate(
        **last,
        status=rows.status.argmax(rows.order, where=told),
        as_of=rows.as_of.max(where=told),
        first_told_date=rows.as_of.min(where=told),
        last_open_date=rows.as_of.max(where=rows.status == "open"),
        is_of_a_whole_report=(told & (rows.told_by.isin(_WHOLE) | (rows.basis == "of the report as a whole"))).any(),
        tellings=rows.count(),
    )
    closings = rows.filter(rows.status == "closed").select(closing="recommendation", day="as_of")
    closings = closings.join(made, closings.closing == made.recommendation)
    closings = closings.filter(closings.last_open_date.isnull() | (closings.day > closings.last_open_date))
    closings = closings.group_by("closing").aggregate(closed_by_date=closings.day.min())
    made = made.left_join(closings, made.recommendation == closings.closing).drop("closing")
    made = made.mutate(closed_by_date=ibis.ifelse(made.status == "closed", made.closed_by_date, None))
    return _of_their_reports(made, reports)


@table(key=["issuer", "days"])
def recommendation_survival(recommendations: Table) -> Table:
    """The share of recommendations still open so many days after issue, by issuer; where only a bound is known, that.

    A row for each length at which one was closed. Where the day of every closing is known (it was told open the day
    before), it is the Kaplan-Meier estimate: `at_risk` are those that were known to be open just before, `closed`
    those closed then, `surviving` the product of (1 - closed / at_risk) up to it. One that is open counts until the
    day it was last told open (censored). One that only a list of open ones tells of counts from the day of the first
    such list (left truncation, Tsai, Jewell and Wang 1987); one of a report that was told of whole from its issue.

    A closing that is known only by a later telling of it lies somewhere before (it is interval-censored), and
    Kaplan-Meier would take the telling for the closing. So of an issuer with one such the rows are `is_at_most`:
    `days` are the longest that it can have been open, from the first day on which the report can have been issued to
    the telling; `at_risk` are all whose status is known, whenever; `surviving` is the share of them not closed by
    then. None was open for longer, so that the true share is this or less, of those that are known.
    """
    rows = recommendations.filter(recommendations.status.notnull())
    rows = rows.mutate(inexact=((rows.status == "closed") & ~rows.is_closing_exact.fill_null(False)).cast("int64"))
    rows = rows.mutate(is_at_most=rows.inexact.max().over(ibis.window(group_by="issuer")) == 1)
    told = rows.filter(~rows.is_at_most, rows.open_days.notnull(), rows.open_days >= 0)
    seen = (told.first_told_date.epoch_days() - told.issued_by_date.epoch_days()).cast("int64")
    late = ibis.ifelse(told.is_of_a_whole_report | (seen <= 0), ibis.literal(-1, "int64"), seen)
    lengths = told.select(
        issuer=told.issuer, entry=late, days=told.open_days, closed=(told.status == "closed").cast("int64")
    )
    exact = survival(lengths).mutate(is_at_most=ibis.literal(False))
    bound = rows.filter(rows.is_at_most).select("issuer", days="open_days_at_most")
    return exact.union(surviving_at_most(bound).mutate(is_at_most=ibis.literal(True)))


def surviving_at_most(lengths: Table) -> Table:
    """The most that can survive each length: `days` are the longest that each was open, NULL where it still is.

    Of all that are known by `issuer` the share whose longest length is more. Its columns are those of `survival`.
    """
    rows = lengths.mutate(at_risk=lengths.count().over(ibis.window(group_by="issuer")).cast("int64"))
    rows = rows.filter(rows.days.notnull())
    steps = rows.group_by("issuer", "days").aggregate(at_risk=rows.at_risk.max(), closed=rows.count().cast("int64"))
    upto = ibis.window(group_by="issuer", order_by="days", preceding=None, following=0)
    gone = steps.closed.sum().over(upto).cast("float64")
    return steps.select("issuer", "days", "at_risk", "closed", surviving=1 - gone / steps.at_risk)


def survival(lengths: Table) -> Table:
    """The Kaplan-Meier estimate of lengths (`days`) by `issuer`; each counts after `entry` and is `closed`, 1 or 0.

    A row counts among those at risk of a length t where entry < t <= days. Its columns are those of
    `recommendation_survival` but `is_at_most`.
    """
    zero = ibis.literal(0, "int64")
    came = lengths.select("issuer", days="entry", came=ibis.literal(1, "int64"), left=zero, closed=zero)
    went = lengths.select("issuer", "days", came=zero, left=ibis.literal(1, "int64"), closed="closed")
    steps = came.union(went)
    steps = steps.group_by("issuer", "days").aggregate(
        came=steps.came.sum(), left=steps.left.sum(), closed=steps.closed.sum()
    )
    before = ibis.window(group_by="issuer", order_by="days", preceding=(None, 1))
    steps = steps.mutate(
        at_risk=(steps.came.sum().over(before) - steps.left.sum().over(before)).fill_null(0).cast("int64")
    )
    steps = steps.filter(steps.closed > 0, steps.at_risk > 0)
    upto = ibis.window(group_by="issuer", order_by="days", preceding=None, following=0)
    kept = 1 - steps.closed.cast("float64") / steps.at_risk
    ended = (steps.closed >= steps.at_risk).cast("int64").max().over(upto) == 1
    product = ibis.ifelse(kept > 0, kept, None).ln().sum().over(upto).exp()
    return steps.select("issuer", "days", "at_risk", "closed", surviving=ibis.ifelse(ended, 0.0, product))


def _in_order(states: Table) -> Table:
    """States with `order`, by which a later one is believed; of one day the stated before the inferred."""
    firm = ibis.ifelse(states.basis == "stated", "2", "1")
    day = ibis.coalesce(states.as_of.cast("string"), "0000")
    return states.mutate(order=day + " " + firm + " " + ibis.coalesce(states.release_id, "") + " " + states.told_by)


def _of_their_reports(made: Table, reports: Table) -> Table:
    facts = reports.select(
        "report_code", "issuer", "issued_date", "issued_by_date", "issued_month", "resolution_due_date",
        report_component="component", report_topic="topic",
    )  # fmt: skip
    rows = made.left_join(facts, "report_code").drop("report_code_right")
    addressed = components_of(ibis.coalesce(rows.agency, rows.text.re_extract(r"(?i)^(.*?)\bshould\b", 1), rows.text))
    rows = rows.mutate(component=ibis.coalesce(rows.component, addressed, rows.report_component))
    until = ibis.ifelse(rows.status == "closed", rows.closed_by_date, rows.as_of)
    rows = rows.mutate(open_days=(until.epoch_days() - rows.issued_by_date.epoch_days()).cast("int64"))
    since = ibis.coalesce(rows.issued_date, (rows.issued_month + "-01").try_cast("date"))
    longest = (rows.closed_by_date.epoch_days() - since.epoch_days()).cast("int64")
    unseen = rows.closed_by_date.epoch_days() - rows.last_open_date.epoch_days()
    rows = rows.mutate(
        open_days_at_most=longest,
        is_closing_exact=ibis.ifelse(rows.closed_by_date.notnull(), (unseen <= 1).fill_null(False), None),
    )
    days = rows.resolved_date.epoch_days() - rows.issued_by_date.epoch_days()
    return rows.mutate(
        topic=ibis.coalesce(rows.topic, rows.report_topic),
        days_to_resolution=days.cast("int64"),
        age=_age(rows),
        is_overdue=_is_overdue(rows),
    ).drop("report_component", "report_topic")


def _age(rows: Table) -> Value:
    """How old an open recommendation was on the last day that it was told open."""
    years = rows.open_days / _YEAR
    bands: list[Any] = [(rows.status.isnull() | (rows.status != "open") | years.isnull(), ibis.null("string"))]
    bands += [(years < limit, name) for limit, name in _BANDS]
    return ibis.cases(*bands, else_="10 years and over")


def _is_overdue(rows: Table) -> Value:
    due = rows.resolution_due_date
    return ibis.cases(
        (due.isnull(), ibis.null("string")),
        (rows.resolved_date <= due, "no"),
        (rows.resolved_date > due, "yes"),
        (rows.closed_by_date <= due, "no"),
        ((rows.resolution == "unresolved") & (rows.as_of > due), "yes"),
        (rows.as_of <= due, "not due yet"),
        else_=ibis.null("string"),
    )
