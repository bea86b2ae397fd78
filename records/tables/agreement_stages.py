"""Milestones of requests to take part in 287(g): pending, signed, listed, gone; from two kinds of lists."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import size_of_agency

from .agreements import placed, policing

_GONE_AFTER_DAYS = 60  # of those that left the pending lists and were listed later, 99 of 100 were within 35 days


@table(key=["unit", "event"])
def agreements_287g_milestones(
    agreements_287g_requests: Table, agreements_287g_pending: Table, agreements_287g_first_listings: Table
) -> Table:
    """When each request was first pending, signed, first listed, or gone: at the latest and at the earliest.

    A list tells only that something had happened since the list before: `earliest_date` is the day after that one,
    NULL where there is none. A day of signing is stated. A request is *gone* by the first list of pending ones that
    lacks it, where 60 days on no list of participating agencies had it, nor any since: withdrawn, refused, or
    corrected; no list tells which.
    """
    listings = agreements_287g_first_listings
    told = [
        _pending(agreements_287g_pending),
        listings.filter(listings.signed_date.notnull()).select(
            "unit", "release_id", "member", "source_row", event=ibis.literal("signed"), day="signed_date",
            earliest_date="signed_date",
        ),
        listings.select(
            "unit", "release_id", "member", "source_row", "earliest_date", event=ibis.literal("listed"),
            day="listed_date",
        ),
        _gone(agreements_287g_requests, agreements_287g_pending, listings),
    ]  # fmt: skip
    columns = ["unit", "event", "day", "earliest_date", "release_id", "member", "source_row"]
    return ibis.union(*[rows.select(columns) for rows in told])


@table(key=["unit"])
def agreements_287g_units(
    agreements_287g_requests: Table,
    agreements_287g_pending: Table,
    agreements_287g_first_listings: Table,
    states: Table,
    county_areas: Table,
    law_enforcement_agencies: Table,
) -> Table:
    """Each request, and each agency and model that is listed without one: what it is, and until when it was watched.

    It is watched until the newest list of participating agencies. `missing_from_date` is the first list of pending
    requests that has it no more, NULL while the newest has it. `size` is a class of how many officers the agency
    employs, where the one agency of its place and kind is found.
    """
    listings = agreements_287g_first_listings
    asked = agreements_287g_requests.select(
        "state", "model", "name", "county", unit="pending_key", title="agency", category="agency_type"
    )
    listed = listings.select("state", "model", "name", "county", "unit", title="agency", category="agency_type")
    lists = _days_before(agreements_287g_pending).select("day", "day_before")
    last = agreements_287g_requests.join(lists, agreements_287g_requests.last_pending_date == lists.day_before)
    missing = last.select("day", missing="pending_key")
    rows = asked.union(listed.anti_join(asked, "unit"))
    rows = policing(placed(rows, states, county_areas), law_enforcement_agencies)
    rows = rows.left_join(missing, rows.unit == missing.missing)
    newest = listings.aggregate(watched_until_date=listings.newest_date.max())
    return rows.cross_join(newest).select(
        "unit", "title", "state", "model", "category", "watched_until_date", watched_from_date=ibis.null("date"),
        missing_from_date="day", size=size_of_agency(rows.officers),
    )  # fmt: skip


@table(key=["unit"])
def agreements_287g_first_listings(
    agreements_287g_entries: Table, agreements_287g_names: Table, agreements_287g_requests: Table
) -> Table:
    """The first list that has each request as an agreement, and each agency and model listed without a request.

    The row of that list gives `signed_date`. `earliest_date` is the day after the list before it, NULL where it is
    the first of all. An agency listed under several names is one unit.
    """
    rows = agreements_287g_entries.left_join(
        agreements_287g_names.select("state", "name", "agency_key"), ["state", "name"]
    ).drop("state_right", "name_right")
    days = _days_before(agreements_287g_entries)
    requests = agreements_287g_requests.filter(agreements_287g_requests.listed_date.notnull())
    asked = requests.select("state", "name", "model", "pending_key", "listed_date")
    of_requests = rows.join(asked, ["state", "name", "model", rows.as_of == asked.listed_date]).mutate(
        unit=ibis._.pending_key
    )
    known = of_requests.select("agency_key", "model").distinct()
    others = rows.anti_join(known, ["agency_key", "model"])
    others = others.mutate(unit=others.agency_key + "/" + others.model)
    columns = [
        "unit", "state", "model", "agency", "name", "county", "agency_type", "signed_date", "as_of", "list_number",
        "release_id", "member", "source_row",
    ]  # fmt: skip
    both = of_requests.select(columns).union(others.select(columns))
    place = ibis.row_number().over(
        ibis.window(group_by="unit", order_by=[both.list_number, both.signed_date, both.source_row])
    )
    first = both.mutate(place=place).filter(ibis._.place == 0)
    first = first.left_join(days, first.as_of == days.day)
    newest = agreements_287g_entries.aggregate(newest_date=agreements_287g_entries.as_of.max())
    return first.cross_join(newest).select(
        "unit", "state", "model", "agency", "name", "county", "agency_type", "signed_date", "release_id", "member",
        "source_row", "newest_date", listed_date="as_of", earliest_date=_day_after(first.day_before),
    )  # fmt: skip


def _pending(pending: Table) -> Table:
    """The first list of pending requests that has each."""
    days = _days_before(pending)
    rows = pending.filter(pending.pending_key.notnull())
    place = ibis.row_number().over(
        ibis.window(group_by="pending_key", order_by=[rows.as_of, rows.release_id, rows.source_row])
    )
    first = rows.mutate(place=place).filter(ibis._.place == 0)
    first = first.left_join(days, first.as_of == days.day)
    return first.select(
        "release_id", "member", "source_row", unit="pending_key", event=ibis.literal("pending"),
        earliest_date=_day_after(first.day_before), day=first.as_of,
    )  # fmt: skip


def _gone(requests: Table, pending: Table, listings: Table) -> Table:
    """The first list of pending requests without one that never came to be listed; the list is the evidence."""
    lists = pending.group_by("as_of").aggregate(release_id=pending.release_id.max(), member=pending.member.max())
    lists = lists.mutate(day_before=lists.as_of.lag().over(ibis.window(order_by="as_of")))
    newest = listings.aggregate(newest_date=listings.newest_date.max())
    never = requests.filter(requests.listed_date.isnull()).select("pending_key", "last_pending_date")
    rows = never.join(lists, never.last_pending_date == lists.day_before).cross_join(newest)
    rows = rows.filter((rows.newest_date.epoch_days() - rows.as_of.epoch_days()) >= _GONE_AFTER_DAYS)
    return rows.select(
        "release_id", "member", unit="pending_key", event=ibis.literal("gone"), day="as_of",
        earliest_date=_day_after(rows.last_pending_date), source_row=ibis.null("int64"),
    )  # fmt: skip


def _days_before(lists: Table) -> Table:
    """Each day with a list, and the day with one before it."""
    days = lists.select(day="as_of").distinct()
    return days.mutate(day_before=days.day.lag().over(ibis.window(order_by="day")))


def _day_after(day: ibis.expr.types.DateValue) -> ibis.expr.types.DateValue:
    return (day.cast("timestamp") + ibis.interval(days=1)).cast("date")
