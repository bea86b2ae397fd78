"""Requests to take part in 287(g): which are pending on a day, and when they come to be listed as agreements."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

_KNOWN_START_DAYS = 14


@table(key=["as_of", "pending_key"])
def agreements_287g_pending(
    agreements_287g_pending_published: Table,
    agreements_287g_pending_sheets_published: Table,
    agreements_287g_corrections: Table,
) -> Table:
    """A request on each day with a list of pending agreements: the last list of the day, row by row.

    `pending_key` is the state, the agency's name in small letters and the model. A list with no request stands as one
    row without a key, so that its day is known to have none.
    """
    rows = _entries(agreements_287g_pending_published, agreements_287g_corrections)
    sheets = agreements_287g_pending_sheets_published
    lists = sheets.filter(sheets.header.notnull()).select("release_id", "as_of", "member")
    lists = _last_of_day(lists).left_join(rows.drop("as_of", "member"), "release_id")
    return lists.select(
        "release_id", "as_of", "member", "source_row", "pending_key", "state", "agency", "name", "agency_type",
        "county", "model", month=month_of(lists.as_of), quarter=quarter_of(lists.as_of),
        fiscal_year=fiscal_year_of(lists.as_of),
    )  # fmt: skip


@table(key=["pending_key"])
def agreements_287g_requests(
    agreements_287g_pending_published: Table,
    agreements_287g_corrections: Table,
    agreements_287g_entries: Table,
) -> Table:
    """Every request that a list has had as pending, and when it was first listed as an agreement.

    `listed_date` is the first day on or after `first_pending_date` on which a list of participating agencies has the
    same state, name and model; NULL where none has yet, or has only under another name. `days_to_listing` is the time
    between: days until *listed*, not until officers were trained or machines installed, and as coarse as the gaps
    between lists. The start is known (`is_start_known`) where a list of the fourteen days before lacks the request.
    """
    rows = _entries(agreements_287g_pending_published, agreements_287g_corrections)
    made = rows.group_by("pending_key", "state", "name", "model").aggregate(
        agency=rows.agency.argmax(rows.as_of), agency_type=rows.agency_type.argmax(rows.as_of),
        county=rows.county.argmax(rows.as_of), first_pending_date=rows.as_of.min(),
        last_pending_date=rows.as_of.max(),
    )  # fmt: skip
    days = rows.select("as_of").distinct()
    days = days.mutate(day_before=days.as_of.lag().over(ibis.window(order_by="as_of")))
    made = made.left_join(days, made.first_pending_date == days.as_of).drop("as_of")
    listed = agreements_287g_entries.select("state", "name", "model", listed="as_of").distinct()
    found = made.select("pending_key", "state", "name", "model", "first_pending_date").join(
        listed, ["state", "name", "model"]
    )
    found = found.filter(found.listed >= found.first_pending_date)
    found = found.group_by("pending_key").aggregate(listed_date=found.listed.min())
    made = made.left_join(found, "pending_key")
    gap = made.first_pending_date.delta(made.day_before, unit="day")
    return made.select(
        "pending_key", "state", "agency", "name", "agency_type", "county", "model", "first_pending_date",
        "last_pending_date", "listed_date",
        days_to_listing=made.listed_date.delta(made.first_pending_date, unit="day"),
        is_start_known=(gap <= _KNOWN_START_DAYS).fill_null(False),
    )  # fmt: skip


def _entries(published: Table, corrections: Table) -> Table:
    """Every row of every list of pending agreements with `name`, `model` and `pending_key`."""
    state = _tidy(published.state).upper()
    told = corrections.filter(corrections.column == "state").select(says="says", means="means")
    rows = published.mutate(says_state=state).left_join(told, state == told.says)
    rows = rows.mutate(
        state=ibis.coalesce(rows.means, rows.says_state), agency=rows.agency_tidied, name=rows.agency_tidied.lower()
    )
    starts = rows.model.lower()
    rows = rows.mutate(
        model=ibis.cases(
            (starts.startswith("jail"), "jail_enforcement"),
            (starts.startswith("task"), "task_force"),
            (starts.startswith("warrant"), "warrant_service"),
            else_=starts,
        )
    )
    key = rows.state + "/" + rows.name + "/" + ibis.coalesce(rows.model, "unknown")
    nth = ibis.row_number().over(
        ibis.window(group_by=["release_id", "state", "name", "model"], order_by="source_row")
    )
    rows = rows.mutate(pending_key=key, nth=nth)
    return rows.filter(rows.nth == 0).select(
        "release_id", "as_of", "member", "source_row", "pending_key", "state", "agency", "name", "agency_type",
        "county", "model",
    )  # fmt: skip


def _last_of_day(lists: Table) -> Table:
    part = lists.member.lower().re_extract(r"\d(am|mid|pm)", 1)
    order = ibis.cases((part == "am", 1), (part == "pm", 3), else_=2).cast("string") + lists.member
    lists = lists.mutate(order=order)
    lists = lists.mutate(last=lists.order.max().over(ibis.window(group_by="as_of")))
    return lists.filter(lists.order == lists.last).drop("order", "last")


def _tidy(text: StringValue) -> StringValue:
    return text.re_replace(r"[\s\x{00a0}]+", " ").strip()
