"""Milestones of recommendations, and of inspections of facilities."""

import ibis
from ibis.expr.types import DateValue, Table

from tallystick import table


@table(key=["unit", "event"])
def recommendation_milestones(recommendations: Table, oversight_reports: Table) -> Table:
    """When each recommendation was issued, resolved and closed, as far as anything held tells.

    Of a report whose month of issue alone is known, the issue lies in that month. A closing lies between the last
    telling of it as open (else the issue) and the first as closed.
    """
    reports = oversight_reports.select("report_code", month="issued_month", issued="issued_date")
    rows = recommendations.left_join(reports, "report_code").drop("report_code_right")
    begun = ibis.coalesce(rows.issued, (rows.month + "-01").try_cast("date"))
    unseen = _day_after(rows.last_open_date)
    rows = rows.mutate(unit=rows.recommendation, begun=begun, unseen=ibis.coalesce(unseen, begun))
    parts = [
        rows.filter(rows[day].notnull()).select("unit", event=ibis.literal(event), day=day, earliest_date=earliest)
        for event, day, earliest in (
            ("issued", "issued_by_date", "begun"), ("resolved", "resolved_date", "resolved_date"),
            ("closed", "closed_by_date", "unseen"),
        )
    ]  # fmt: skip
    return ibis.union(*parts)


@table(key=["unit"])
def recommendation_units(recommendations: Table) -> Table:
    """Every recommendation: to which part of the department, by whom, on what, and from when to when it was watched.

    One that only a list of open ones tells of is watched from the first such list.
    """
    rows = recommendations
    return rows.select(
        unit="recommendation", title="recommendation", agency="component", owner="issuer", category="topic",
        watched_from_date=ibis.ifelse(rows.is_of_a_whole_report, None, rows.first_told_date),
        watched_until_date=rows.as_of,
    )  # fmt: skip


@table(key=["unit", "event"])
def inspection_milestones(inspections: Table) -> Table:
    """When each inspection of a facility ended, and when the next did."""
    rows = _followed(inspections)
    again = rows.filter(rows.next_date.notnull())
    parts = [
        part.select("unit", event=ibis.literal(event), day=day, earliest_date=day)
        for part, event, day in ((rows, "inspected", "inspected_date"), (again, "inspected_again", "next_date"))
    ]
    return ibis.union(*parts)


@table(key=["unit"])
def inspection_units(inspections: Table, facility_statistics: Table) -> Table:
    """Every inspection: its facility, type and rating; `size` is the facility's average population as last told.

    Watched from the first release that lists the facility to the last. An inspection between two releases may be
    missing, and the time to the next is then too long.
    """
    listed = facility_statistics.group_by("facility").aggregate(
        first=facility_statistics.as_of.min(),
        last=facility_statistics.as_of.max(),
        size=facility_statistics["size"].argmax(facility_statistics.as_of),
    )
    rows = _followed(inspections).left_join(listed, "facility").drop("facility_right")
    return rows.select(
        "unit", "state", "size", title="facility", owner="inspection_type", category="rating",
        watched_from_date="first", watched_until_date="last",
    )  # fmt: skip


def _followed(inspections: Table) -> Table:
    rows = inspections.mutate(unit=inspections.facility + " on " + inspections.inspected_date.cast("string"))
    order = ibis.window(group_by="facility", order_by="inspected_date")
    return rows.mutate(next_date=rows.inspected_date.lead().over(order))


def _day_after(day: DateValue) -> DateValue:
    return (day.cast("timestamp") + ibis.interval(days=1)).cast("date")
