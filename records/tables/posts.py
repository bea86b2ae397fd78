"""What was told of posts that lead enforcement and of bodies that oversee it: offices and counts, never a person."""

import ibis
from ibis.expr.types import Table

from tallystick import table


@table(key=["office", "status", "told_date", "citation"])
def oversight_offices(oversight_bodies: Table, oversight_bodies_events: Table) -> Table:
    """What happened to bodies that oversee detention or enforcement, one row an event."""
    told = oversight_bodies_events.join(oversight_bodies.select("body", "oversees", office="title"), "body")
    return told.select(
        "office", "oversees", "status", from_date=told.event_period_first_date, to_date=told.to_date,
        told_date=told.told_date, told_by=told.told_by, official=told.official, because=told.because,
        citation=told.citation,
    )  # fmt: skip


@table(key=["office", "at_date"])
def oversight_staff_counts(oversight_bodies: Table, oversight_bodies_staffing: Table) -> Table:
    """How many people a body was told to have, one row a count; `at_date` is the last day it may be of."""
    told = oversight_bodies_staffing.join(oversight_bodies.select("body", office="title"), "body")
    return told.select(
        "office", "bound", "told_by", "citation", "told_date", at_date=told.at_period_last_date,
        staff=told.staff_number.cast("int64"),
    )  # fmt: skip


@table(key=["post", "status", "told_date", "citation"])
def post_changes_told(posts: Table, posts_events: Table) -> Table:
    """What was told of who leads an agency, a directorate or field offices, one row a report or statement."""
    told = posts_events.join(posts.select("post", "title", "kind", "office"), "post")
    return told.select(
        "post", "title", "kind", "office", "status", "told_by", "official", "because", "citation", "told_date",
        count_number=told.count_number, from_date=told.event_period_first_date,
    )  # fmt: skip


@table(key=["office", "status", "told_date", "citation"])
def field_office_directors(post_changes_told: Table) -> Table:
    """What was told of changes of field-office directors; `office` is NULL where none is named."""
    told = post_changes_told.filter(post_changes_told.kind.startswith("field office"))
    return told.select(
        "status", "count_number", "from_date", "told_date", "told_by", "official", "because", "citation",
        office=ibis.ifelse(told.kind == "field office", told.office, None),
    )  # fmt: skip
