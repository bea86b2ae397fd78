"""Reports of inspectors general and of GAO, from publishers' pages and lists and from what was told elsewhere."""

from typing import Any

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

ISSUERS = {"Department of Homeland Security OIG": "DHS OIG"}
_WHERE = ("report_code", "as_of", "release_id", "member", "source_row")
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
    oversight_reports_published: Table,
    gao_recommendations_published: Table,
    gao_products_published: Table,
    gao_product_recommendations_published: Table,
    oversight_reports_reported: Table,
) -> Table:
    """What each page, list or text says of a report: one row a telling, so that none takes another's place.

    `as_of` is the day that it speaks for, NULL where it states none. `open_recommendations` are those said to be open
    then. A list of GAO's tells of open ones only, and not of how many there were.
    """
    tellings = (
        _of_pages(oversight_reports_published),
        _of_lists(gao_recommendations_published),
        _of_products(gao_products_published, gao_product_recommendations_published),
        _of_the_register(oversight_reports_reported),
    )
    return ibis.union(tellings[0], *(rows.select(tellings[0].columns) for rows in tellings[1:]))


@table(key=["report_code"])
def oversight_reports(oversight_report_tellings: Table) -> Table:
    """Reports of inspectors general and of GAO: of each thing the latest that any telling says of it.

    NULL is unknown: nothing held says it. `issued_month` is known of more reports than the day is; `issued_by_date`
    is the day, else the last of that month. `resolution_due_date` lies six months later: within these OMB Circular
    A-50 wants every recommendation resolved. `as_of` is the last day told of; `tellings` how many pages,
    lists and texts say anything.
    """
    return as_last_told(oversight_report_tellings)


def as_last_told(rows: Table) -> Table:
    """The `oversight_reports` that these tellings tell of."""
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
    month_end = (first + ibis.interval(months=1) - ibis.interval(days=1)).cast("timestamp").date()
    made = made.mutate(issued_by_date=ibis.coalesce(made.issued_date, month_end))
    return made.mutate(resolution_due_date=(made.issued_by_date + ibis.interval(months=6)).cast("timestamp").date())


def _of_pages(page: Table) -> Table:
    return page.select(
        *_WHERE, "title", "issued_date", told_by=ibis.literal("Oversight.gov"),
        issuer=page.submitting_office.substitute(ISSUERS), issued_month=page.issued_date.strftime("%Y-%m"),
        component=ibis.coalesce(components_of(page.components), components_of(page.agencies)),
        topic=ibis.null("string"), recommendations=page.recommendations.cast("int64"), concurred=ibis.null("int64"),
        open_recommendations=page.open_recommendations.cast("int64"), questioned_costs_usd=page.questioned_costs_usd,
        funds_for_better_use_usd=page.funds_for_better_use_usd, citation=page.report_link,
    )  # fmt: skip


def _of_lists(listed: Table) -> Table:
    rows = listed.group_by("report_code", "as_of", "release_id", "member").aggregate(
        source_row=listed.source_row.min(), title=listed.title.min(), issued_date=listed.issued_date.min(),
        topic=listed.topics.min(), agencies=listed.agency.group_concat("; "), open_recommendations=listed.count(),
    )  # fmt: skip
    told_by = ibis.literal("GAO's list of open recommendations")
    return _of_gao(rows, told_by=told_by, topic=rows.topic, recommendations=ibis.null("int64"))


def _of_products(page: Table, listed: Table) -> Table:
    open_ones = listed.status.startswith("Open").cast("int64").sum()
    counted = listed.group_by(of="release_id").aggregate(
        agencies=listed.agency.group_concat("; "), open_recommendations=open_ones.cast("int64")
    )
    rows = page.left_join(counted, page.release_id == counted.of)
    recommendations = rows.recommendations.cast("int64")
    return _of_gao(
        rows, told_by=ibis.literal("GAO's page"), topic=ibis.null("string"), recommendations=recommendations
    )


def _of_gao(rows: Table, **told: Any) -> Table:
    money = ibis.null("decimal(18, 2)")
    return rows.select(
        *_WHERE, "title", "issued_date", issuer=ibis.literal("GAO"), issued_month=rows.issued_date.strftime("%Y-%m"),
        component=components_of(rows.agencies), concurred=ibis.null("int64"),
        open_recommendations=rows.open_recommendations, questioned_costs_usd=money, funds_for_better_use_usd=money,
        citation="https://www.gao.gov/products/" + rows.report_code.lower(), **told,
    )  # fmt: skip


def _of_the_register(told: Table) -> Table:
    text, money = ibis.null("string"), ibis.null("decimal(18, 2)")
    return told.select(
        "report_code", "title", "issued_date", "told_by", "issuer", "issued_month", "component", "topic", "citation",
        as_of=told.told_date, release_id=text, member=text, source_row=ibis.null("int64"),
        recommendations=told.recommendations_number.cast("int64"), concurred=told.concurred_number.cast("int64"),
        open_recommendations=told.open_number.cast("int64"), questioned_costs_usd=money,
        funds_for_better_use_usd=money,
    )  # fmt: skip
