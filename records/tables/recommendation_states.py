"""What was told of each recommendation on each day: publishers show only the present, so each telling is kept."""

from typing import Any

import ibis
from ibis.expr.types import Table

from tallystick import table

_STATES = (
    "report_code", "number", "agency", "as_of", "release_id", "member", "source_row", "told_by", "basis", "status",
    "closed_how", "response", "resolution", "resolved_date", "due_date", "component", "topic", "text", "is_priority",
    "is_significant", "questioned_costs_usd", "funds_for_better_use_usd", "citation",
)  # fmt: skip
_DATES = ("as_of", "resolved_date", "due_date")


@table(key=["recommendation", "as_of", "told_by", "release_id", "basis"])
def recommendation_states(
    oversight_recommendations_published: Table,
    gao_recommendations_published: Table,
    gao_product_recommendations_published: Table,
    oversight_recommendations_reported: Table,
    oversight_report_tellings: Table,
) -> Table:
    """How a recommendation stood by each page, list and text that tells of it; no telling takes another's place.

    `status` is open or closed, NULL where it is not told. `basis` is how it is told: *stated*; *not listed as open*
    on a page that numbers the report's recommendations and lists those that are open; *gone from the list* of GAO,
    which holds open ones only, so that it was closed at some time since the list before; *of the report as a whole*.
    `closed_how` is then unknown. `recommendation` is the report and the number, the agency too where GAO gives one
    number to several, and marks of the text where there is no number.
    """
    pages, listed = oversight_recommendations_published, _identified(gao_recommendations_published)
    rows = ibis.union(
        _shaped(
            pages, told_by="Oversight.gov", basis="stated", status=pages.status, is_significant=pages.is_significant,
            questioned_costs_usd=pages.questioned_costs_usd, text=pages.text,
            funds_for_better_use_usd=pages.funds_for_better_use_usd,
        ),
        _unlisted(oversight_report_tellings, pages),
        _shaped(
            listed, told_by="GAO's list", basis="stated", status="open", agency=listed.agency, topic=listed.topics,
            text=listed.text, is_priority=listed.is_priority,
        ),
        _gone(listed),
        _of_a_product(gao_product_recommendations_published),
        _of_the_register(oversight_recommendations_reported),
        _of_the_report(oversight_report_tellings),
    )  # fmt: skip
    several = rows.group_by("report_code", "number").aggregate(agencies=rows.agency.nunique())
    rows = rows.left_join(several, ["report_code", "number"]).drop("report_code_right", "number_right")
    by_agency = ibis.ifelse(rows.agencies > 1, "/" + ibis.coalesce(rows.agency, ""), "")
    rows = rows.mutate(recommendation=rows.report_code + "/" + rows.number + by_agency)
    return rows.select("recommendation", *_STATES)


def _shaped(rows: Table, **given: Any) -> Table:
    """The rows with the columns of a state; what is neither given nor theirs is NULL."""
    own = set(rows.columns)
    flags, money = ("is_priority", "is_significant"), ("questioned_costs_usd", "funds_for_better_use_usd")
    kinds = dict.fromkeys(_DATES, "date") | dict.fromkeys(flags, "boolean") | dict.fromkeys(money, "decimal(18, 2)")
    kinds |= {"source_row": "int64"}
    theirs = ("report_code", "number", "as_of", "release_id", "member", "source_row")
    told = {name: rows[name] for name in theirs if name in own} | given
    columns = {name: told.get(name, ibis.null(kinds.get(name, "string"))) for name in _STATES}
    return rows.select(
        **{
            name: value.cast(kinds.get(name, "string")) if hasattr(value, "cast") else ibis.literal(value, "string")
            for name, value in columns.items()
        }
    )


def _identified(listed: Table) -> Table:
    """GAO's rows, numbered by their text: matters for Congress have numbers of their own, some texts have none."""
    marks = listed.text.hexdigest("md5").left(8)
    number = ibis.ifelse(listed.is_matter.fill_null(False), "M" + listed.number, listed.number)
    return listed.mutate(number=ibis.coalesce(number, "text " + marks))


def _unlisted(tellings: Table, pages: Table) -> Table:
    """The recommendations that a page counts and does not list as open, where it numbers them from one on."""
    told = tellings.filter(tellings.told_by == "Oversight.gov", tellings.open_recommendations.notnull())
    known = pages.mutate(place=pages.number.try_cast("int64"))
    known = known.group_by("release_id", "report_code").aggregate(
        highest=known.place.max(), strange=(known.place.isnull() | (known.place < 1)).sum()
    )
    told = told.left_join(known, ["release_id", "report_code"])
    whole = (told.strange.fill_null(0) == 0) & (told.highest.fill_null(0) <= told.recommendations)
    numbered = _numbered(told.filter(whole).drop("release_id_right", "report_code_right"))
    rows = numbered.anti_join(pages, ["release_id", "report_code", "number"])
    return _shaped(rows, told_by="Oversight.gov", basis="not listed as open", status="closed")


def _gone(listed: Table) -> Table:
    """Of each recommendation that was on a list and is not on the next one: that it is closed by then."""
    lists = listed.select("release_id", "member", "as_of").distinct()
    lists = lists.mutate(next_as_of=lists.as_of.lead().over(ibis.window(order_by=["as_of", "release_id"])))
    nexts = lists.select(last_as_of="as_of", next_as_of="next_as_of")
    nexts = nexts.filter(nexts.next_as_of > nexts.last_as_of)
    after = lists.select(of_next="release_id", of_member="member", day="as_of")
    nexts = nexts.join(after, nexts.next_as_of == after.day)
    seen = listed.join(nexts, listed.as_of == nexts.last_as_of)
    seen = seen.drop("release_id", "member", "as_of", "source_row")
    seen = seen.rename(release_id="of_next", member="of_member", as_of="next_as_of")
    gone = seen.anti_join(listed, ["release_id", "report_code", "number", "agency"])
    return _shaped(
        gone, told_by="GAO's list", basis="gone from the list", status="closed", agency=gone.agency,
        topic=gone.topics, text=gone.text,
    )  # fmt: skip


def _of_a_product(pages: Table) -> Table:
    """GAO's page of a report says how each was closed."""
    closed = pages.status.startswith("Closed")
    return _shaped(
        pages, told_by="GAO's page", basis="stated", agency=pages.agency, text=pages.text,
        status=ibis.ifelse(closed, "closed", "open"),
        closed_how=ibis.ifelse(closed, pages.status.lower().replace("closed - ", ""), None),
    )  # fmt: skip


def _of_the_register(told: Table) -> Table:
    return _shaped(
        told, as_of=told.told_date, told_by=told.told_by, basis="stated", status=told.status,
        closed_how=told.closed_how, response=told.response, resolution=told.resolution,
        resolved_date=told.resolved_date, due_date=told.due_date, component=told.component, topic=told.topic,
        text=told.summary, citation=told.citation,
    )  # fmt: skip


def _of_the_report(tellings: Table) -> Table:
    """Recommendations told of only as so many of a report: all of them open, closed or agreed with, or not known."""
    rows = _numbered(tellings.filter(tellings.release_id.isnull()))
    status = ibis.cases(
        (rows.open_recommendations == 0, "closed"), (rows.open_recommendations == rows.recommendations, "open")
    )
    response = ibis.ifelse(rows.concurred == rows.recommendations, "concur", None)
    return _shaped(
        rows, told_by=rows.told_by, basis="of the report as a whole", status=status, response=response,
        citation=rows.citation,
    )  # fmt: skip


def _numbered(reports: Table) -> Table:
    """A row for each recommendation that a report made, numbered from one on."""
    made = reports.filter(reports.recommendations > 0)
    made = made.mutate(place=ibis.range(1, made.recommendations + 1).unnest())
    return made.mutate(number=made.place.cast("string"))
