"""Reports of inspectors general and of GAO, from publishers' pages and lists and from what was told elsewhere."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

ISSUERS = {"Department of Homeland Security OIG": "DHS OIG"}
_LATEST = (
    "issuer", "title", "issued_date", "issued_month", "component", "topic", "recommendations", "concurred",
    "open_recommendations", "questioned_costs_usd", "funds_for_better_use_usd", "citation",
)  # fmt: skip
_COMPONENTS = {
    "ICE": "immigration and customs enforcement",
    "CBP": "customs and border protection|border patrol",
    "USCIS": "citizenship and immigration services",
    "USSS": "secret service",
    "TSA": "transportation security administration",
    "FEMA": "federal emergency management",
    "USCG": "coast guard",
    "DHS": "homeland security|dhs privacy|chief privacy officer",
}


def components_of(text: StringValue) -> StringValue:
    """Which parts of DHS a text names, with semicolons between; the department itself only where it names none.

    NULL where it names neither.
    """
    low = text.lower()
    parts = {name: words for name, words in _COMPONENTS.items() if name != "DHS"}
    named = [ibis.ifelse(low.re_search(words), f"{name};", "") for name, words in parts.items()]
    joined = named[0]
    for more in named[1:]:
        joined = joined + more
    whole = ibis.ifelse(low.re_search(_COMPONENTS["DHS"]), "DHS;", "")
    return ibis.ifelse(joined == "", whole, joined).re_replace(r";$", "").nullif("")


@table(key=["report_code", "as_of", "told_by", "release_id"])
def oversight_report_tellings(
    oversight_reports_published: Table, gao_recommendations_published: Table, oversight_reports_reported: Table
) -> Table:
    """What each page, list or text says of a report: one row a telling, so that none takes another's place.

    `as_of` is the day that it speaks for, NULL where it states none. `open_recommendations` are those said to be open
    then. A list of GAO's tells of open ones only, and not of how many there were.
    """
    page, listed, told = oversight_reports_published, gao_recommendations_published, oversight_reports_reported
    nothing, text, money, number = (ibis.null(kind) for kind in ("date", "string", "decimal(18, 2)", "int64"))
    pages = page.select(
        "report_code", "as_of", "release_id", "member", "source_row", "title", "issued_date",
        told_by=ibis.literal("Oversight.gov"),
        issuer=page.submitting_office.substitute(ISSUERS),
        issued_month=page.issued_date.strftime("%Y-%m"),
        component=ibis.coalesce(components_of(page.components), components_of(page.agencies)),
        topic=text,
        recommendations=page.recommendations.cast("int64"),
        concurred=number,
        open_recommendations=page.open_recommendations.cast("int64"),
        questioned_costs_usd=page.questioned_costs_usd,
        funds_for_better_use_usd=page.funds_for_better_use_usd,
        citation=page.report_link,
    )  # fmt: skip
    by = ["report_code", "as_of", "release_id", "member"]
    lists = listed.group_by(by).aggregate(
        source_row=listed.source_row.min(), title=listed.title.min(), issued_date=listed.issued_date.min(),
        topic=listed.topics.min(), agencies=listed.agency.group_concat("; "), open_recommendations=listed.count(),
    )  # fmt: skip
    lists = lists.select(
        "report_code", "as_of", "release_id", "member", "source_row", "title", "issued_date",
        told_by=ibis.literal("GAO's list of open recommendations"),
        issuer=ibis.literal("GAO"),
        issued_month=lists.issued_date.strftime("%Y-%m"),
        component=components_of(lists.agencies),
        topic=lists.topic,
        recommendations=number,
        concurred=number,
        open_recommendations=lists.open_recommendations,
        questioned_costs_usd=money,
        funds_for_better_use_usd=money,
        citation="https://www.gao.gov/products/" + lists.report_code.lower(),
    )  # fmt: skip
    register = told.select(
        report_code=told.report_code, as_of=ibis.coalesce(told.told_date, nothing), release_id=text, member=text,
        source_row=number, title=told.title, issued_date=told.issued_date, told_by=told.told_by, issuer=told.issuer,
        issued_month=told.issued_month, component=told.component, topic=told.topic,
        recommendations=told.recommendations_number.cast("int64"), concurred=told.concurred_number.cast("int64"),
        open_recommendations=told.open_number.cast("int64"), questioned_costs_usd=money,
        funds_for_better_use_usd=money, citation=told.citation,
    )  # fmt: skip
    return ibis.union(pages, lists.select(pages.columns), register.select(pages.columns))


@table(key=["report_code"])
def oversight_reports(oversight_report_tellings: Table) -> Table:
    """Reports of inspectors general and of GAO: of each thing the latest that any telling says of it.

    NULL is unknown: nothing held says it. `issued_month` is known of more reports than the day is; `issued_by_date`
    is the day, else the last of that month. `resolution_due_date` lies six months later: within these OMB Circular
    A-50 (8.a.(2)) wants every recommendation resolved. `as_of` is the last day told of; `tellings` how many pages,
    lists and texts say anything.
    """
    rows = oversight_report_tellings
    order = rows.mutate(
        order=ibis.coalesce(rows.as_of.cast("string"), "0000")
        + " "
        + ibis.coalesce(rows.release_id, "")
        + " "
        + rows.told_by
    )
    latest = {name: order[name].argmax(order.order, where=order[name].notnull()) for name in _LATEST}
    made = order.group_by("report_code").aggregate(**latest, as_of=order.as_of.max(), tellings=order.count())
    first = (made.issued_month + "-01").try_cast("date")
    month_end = (first + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    made = made.mutate(issued_by_date=ibis.coalesce(made.issued_date, month_end))
    return made.mutate(resolution_due_date=(made.issued_by_date + ibis.interval(months=6)).cast("date"))
