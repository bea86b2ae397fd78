"""Reports and recommendations as entries of registers: what each was by every day on which something was told of it.

Of one entry there is a row for each such day, so that a reader who asks as known on a day gets what was told by then.
"""

import ibis
from ibis.expr.types import StringValue, Table, Value

from tallystick import table

from .oversight_reports import as_last_told
from .recommendations import as_they_stand

_MONEY = ("questioned_costs_usd", "funds_for_better_use_usd")
_MARK = " by "
_LETTERS = 90


@table(key=["recommendation", "told_date"])
def recommendation_entries(recommendation_states: Table, oversight_reports: Table) -> Table:
    """Recommendations as they stood by each day that something was told of them; `told_date` is that day.

    It is NULL where the telling states no day. `recommendation` is the name of the entry: the report and the number.
    """
    rows = _until(
        as_they_stand(_by_day(recommendation_states, "recommendation"), oversight_reports), "recommendation"
    )
    of = oversight_reports.select(of="report_code", report_citation="citation")
    rows = rows.left_join(of, rows.report_code == of.of)
    asks = rows.text.re_replace(r"\s+", " ").strip()
    first = ibis.ifelse(asks.length() > _LETTERS, asks.left(_LETTERS).re_replace(r"\S*$", "") + "…", asks)
    return rows.select(
        recommendation=_name(rows.recommendation),
        title=rows.report_code + ibis.ifelse(rows.number.startswith("text"), ", not numbered", ", no. " + rows.number)
        + (ibis.literal(": ") + first).fill_null(""),
        report=_name(rows.report_code), number=rows.number, asks=asks, issuer=rows.issuer, component=rows.component,
        topic=rows.topic, status=rows.status, closed_how=rows.closed_how, response=rows.response,
        resolution=rows.resolution, resolved_date=rows.resolved_date, resolution_due_date=rows.resolution_due_date,
        overdue=rows.is_overdue, due_date=rows.due_date, open_days_number=_number(rows.open_days),
        **{name: rows[name] for name in _MONEY},
        stood=_stood(rows), citation=ibis.coalesce(rows.citation, rows.report_citation, rows.report_code),
        told_date=rows.told_date,
    )  # fmt: skip


@table(key=["recommendation", "as_of_period", "told_by", "basis"])
def recommendation_entry_states(recommendation_states: Table) -> Table:
    """How each recommendation stood by each telling, as the entry of the register has it."""
    rows = recommendation_states
    return rows.select(
        recommendation=_name(rows.recommendation), **_period("as_of", rows.as_of.cast("string"), rows.as_of),
        stood=_stood(rows), status=rows.status, response=rows.response, resolution=rows.resolution, basis=rows.basis,
        told_by=rows.told_by, citation=_cited(rows), told_date=rows.as_of,
    )  # fmt: skip


@table(key=["recommendation", "date"])
def recommendation_entry_dates(
    recommendation_states: Table, oversight_reports: Table, oversight_report_tellings: Table
) -> Table:
    """Of each recommendation the day of issue, the end of the six months of OMB Circular A-50, and stated days."""
    rows = recommendation_states
    told = rows.group_by("recommendation", "report_code").aggregate(
        citation=_cited(rows).min(), told_date=rows.as_of.min()
    )
    of_reports = told.join(oversight_reports.drop("citation", "as_of"), "report_code")
    ruled = _ruled(_where_dated(of_reports, oversight_report_tellings), "recommendation")
    stated = [
        rows.filter(rows[name].notnull())
        .group_by("recommendation", day=name)
        .aggregate(citation=_cited(rows).min(), told_date=rows.as_of.min())
        .mutate(date=ibis.literal(word))
        for name, word in (("resolved_date", "resolved"), ("due_date", "due, as the agency said"))
    ]
    days = stated[0].union(stated[1])
    days = days.select("recommendation", "date", **_period("date", days.day.cast("string"), days.day), **_told(days))
    return ruled.union(days).mutate(recommendation=_name(ibis._.recommendation))


@table(key=["report", "told_date"])
def report_entries(oversight_report_tellings: Table) -> Table:
    """Reports as they were told of by each day; `told_date` is that day, NULL where the telling states none."""
    rows = _until(as_last_told(_by_day(oversight_report_tellings, "report_code")), "report_code")
    return rows.select(
        report=_name(rows.report_code), title=rows.report_code + (ibis.literal(": ") + rows.title).fill_null(""),
        issuer=rows.issuer, **_issued(rows), component=rows.component, topic=rows.topic,
        recommendations_number=_number(rows.recommendations), concurred_number=_number(rows.concurred),
        open_number=_number(rows.open_recommendations), resolution_due_date=rows.resolution_due_date,
        **{name: rows[name] for name in _MONEY}, citation=ibis.coalesce(rows.citation, rows.report_code),
        told_date=rows.told_date,
    )  # fmt: skip


@table(key=["report", "as_of_period", "told_by", "told"])
def report_entry_tellings(oversight_report_tellings: Table) -> Table:
    """What each page, list and text says of a report, as the entry of the register has it."""
    rows = oversight_report_tellings
    counts = (("recommendations", "recommendations"), ("concurred", "agreed with"), ("open_recommendations", "open"))
    said = [(rows[name].cast("string") + f" {word}; ").fill_null("") for name, word in counts]
    told = (said[0] + said[1] + said[2]).re_replace("; $", "")
    return rows.select(
        report=_name(rows.report_code), **_period("as_of", rows.as_of.cast("string"), rows.as_of),
        told=ibis.ifelse(told == "", "told of, and nothing counted", told),
        recommendations_number=_number(rows.recommendations), concurred_number=_number(rows.concurred),
        open_number=_number(rows.open_recommendations), told_by=rows.told_by, citation=_cited(rows),
        told_date=rows.as_of,
    )  # fmt: skip


@table(key=["report", "recommendation", "told_date"])
def report_entry_recommendations(recommendation_entries: Table) -> Table:
    """The recommendations of each report, as they stood by each day that something was told of them."""
    return recommendation_entries.select("report", "recommendation", "stood", "asks", "citation", "told_date")


@table(key=["report", "date"])
def report_entry_dates(oversight_reports: Table, oversight_report_tellings: Table) -> Table:
    """Of each report the day of issue, and of the six months of OMB Circular A-50."""
    rows = oversight_report_tellings
    told = rows.group_by("report_code").aggregate(citation=_cited(rows).min(), told_date=rows.as_of.min())
    of_reports = told.join(oversight_reports.drop("citation", "as_of"), "report_code")
    made = _ruled(_where_dated(of_reports, rows), "report_code")
    return made.rename(report="report_code").mutate(report=_name(ibis._.report))


def _by_day(rows: Table, key: str) -> Table:
    """For each day on which something was told of a thing all that was told by then, under its `key` and that day."""
    days = rows.select(of=rows[key], until=rows.as_of).distinct()
    both = days.join(rows, days.of == rows[key])
    both = both.filter(both.as_of.isnull() | (both.as_of <= both.until))
    by = both.of + _MARK + both.until.cast("string").fill_null("")
    return both.mutate(by.name(key)).drop("of", "until")


def _until(rows: Table, key: str) -> Table:
    """The things by their own `key` again, and `told_date`, the day that they stood so by."""
    day = rows[key].re_extract(f"^.*{_MARK}(.*)$", 1)
    return rows.mutate(rows[key].re_extract(f"^(.*){_MARK}", 1).name(key), told_date=day.nullif("").cast("date"))


def _where_dated(rows: Table, tellings: Table) -> Table:
    """The rows with the citation of what tells the day of issue of their report, where something held does."""
    dated = tellings.filter(tellings.issued_date.notnull())
    days = dated.group_by(dated_report="report_code").aggregate(
        dated_at=_cited(dated).min(), dated_on=dated.as_of.min()
    )
    both = rows.left_join(days, rows.report_code == days.dated_report)
    return both.mutate(
        citation=ibis.coalesce(both.dated_at, both.citation), told_date=ibis.coalesce(both.dated_on, both.told_date)
    ).drop("dated_report", "dated_at", "dated_on")


def _ruled(rows: Table, key: str) -> Table:
    """The day of issue and the end of the six months, of every `key` of which these are known."""
    issued = rows.select(key, **_told(rows), **_dated("issued", _issued(rows, "date")))
    due = rows.resolution_due_date
    ended = "six months from issue, the time that OMB Circular A-50 gives to resolve it"
    ends = rows.select(key, **_told(rows), **_dated(ended, _period("date", due.cast("string"), due)))
    both = issued.union(ends.select(issued.columns))
    columns = (key, "date", "date_period", "date_period_first_date", "date_period_last_date", "citation", "told_date")
    return both.filter(both.date_period.notnull()).select(columns)


def _dated(word: str, period: dict[str, Value]) -> dict[str, Value]:
    return {"date": ibis.literal(word), **period}


def _issued(rows: Table, name: str = "issued") -> dict[str, Value]:
    """When it was issued: the day, else the month."""
    first = ibis.coalesce(rows.issued_date, (rows.issued_month + "-01").try_cast("date"))
    period = ibis.coalesce(rows.issued_date.cast("string"), rows.issued_month)
    return _period(name, period, first, rows.issued_by_date)


def _period(name: str, told: StringValue, first: Value, last: Value | None = None) -> dict[str, Value]:
    last = first if last is None else last
    return {
        f"{name}_period": told,
        f"{name}_period_first_date": first.cast("date"),
        f"{name}_period_last_date": last.cast("date"),
    }


def _told(rows: Table) -> dict[str, Value]:
    return {"citation": rows.citation, "told_date": rows.told_date}


def _cited(rows: Table) -> StringValue:
    """Where it can be read: the release that is held, else what the row cites."""
    return ibis.coalesce(ibis.literal("/releases/") + rows.release_id, rows.citation, rows.report_code)


def _stood(rows: Table) -> StringValue:
    """How a recommendation stands in a few words: status and how closed, answer, resolution."""
    how = (ibis.literal(" (") + rows.closed_how + ")").fill_null("")
    status = (rows.status + how).fill_null("open or closed is not told")
    answer = (ibis.literal("; answer: ") + rows.response).fill_null("")
    return status + answer + (ibis.literal("; ") + rows.resolution).fill_null("")


def _number(value: Value) -> Value:
    return value.cast("decimal(18, 2)")


def _name(code: StringValue) -> StringValue:
    """The name of an entry: `OIG-23-61/3` is `OIG-23-61-3`."""
    return code.re_replace(r"[^A-Za-z0-9.-]+", "-")
