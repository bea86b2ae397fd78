"""Privacy papers: notices under the Privacy Act, and privacy impact assessments that are listed or cited."""

from typing import Any

import ibis
from ibis.expr.types import StringValue, Table, Value

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of

_LATEST = (
    "number", "kind", "component", "title", "published_date", "published_month", "systems", "is_retired", "link",
    "told_by",
)  # fmt: skip
_COMPONENTS = {
    "ICE": "immigration and customs enforcement",
    "CBP": "customs and border protection",
    "USCIS": "citizenship and immigration services",
    "USSS": "secret service",
    "TSA": "transportation security administration",
    "USCG": "coast guard",
    "IRS": "internal revenue service",
    "SSA": "social security administration",
    "DHS": "homeland security",
    "Treasury": "treasury",
}


@table(key=["document_number"])
def privacy_notices(privacy_notices_published: Table, privacy_notices_listed_published: Table) -> Table:
    """Notices of systems of records and of computer matching, from issues of the Federal Register and from its list.

    What a notice itself says is believed before what the list says of it; `told_by` says which it is. `kind` is read
    from the action: a system or a matching programme, and whether it is new, modified, rescinded or (matching)
    re-established; *unstated* where the action says none, *other* where the notice is about neither. `systems` are
    numbers as text, with bars between, known from the notice itself only. `component` is the part of DHS, or SSA, IRS
    or Treasury, that publishes it; NULL for other agencies. `effective_not_before_date` is the earliest day that the
    notice allows: comments may move it.
    """
    own, listed = privacy_notices_published, privacy_notices_listed_published
    told: dict[str, Any] = {name: ibis.null("string") for name in ("systems", "system_name", "participants", "link")}
    common = ("document_number", "publication_date", "citation", "release_id", "member", "source_row")
    issues = own.select(
        *common, "agency", "sub_agency", "subject", "action", "docket", "systems", "system_name", "participants",
        "effective_said", "comments_said", "effective_not_before_date", "comments_due_date",
        link=told["link"], told_by=ibis.literal("the notice"),
    )  # fmt: skip
    lists = listed.anti_join(own, "document_number")
    lists = lists.select(
        *common, "agency", "sub_agency", subject=lists.title, action=lists.action, docket=lists.docket,
        systems=told["systems"], system_name=told["system_name"], participants=told["participants"],
        effective_said=lists.dates_said, comments_said=lists.dates_said,
        effective_not_before_date=lists.effective_date, comments_due_date=lists.comments_due_date, link=lists.link,
        told_by=ibis.literal("the list"),
    )  # fmt: skip
    rows = issues.union(lists.select(issues.columns))
    addresses = listed.select(of="document_number", address="link")
    rows = rows.left_join(addresses, rows.document_number == addresses.of)
    rows = rows.mutate(link=ibis.coalesce(rows.link, rows.address)).drop("of", "address")
    return rows.mutate(
        kind=_kind(rows.action.fill_null(""), rows.subject.fill_null("")),
        component=_component(rows.systems.fill_null(""), rows.sub_agency.fill_null(""), rows.agency.fill_null("")),
        month=month_of(rows.publication_date),
        fiscal_year=fiscal_year_of(rows.publication_date),
    )


@table(key=["assessment"])
def privacy_assessments(privacy_assessments_published: Table, privacy_assessments_cited: Table) -> Table:
    """Privacy impact assessments (PIA) and threshold analyses (PTA) that a page of the department lists or another
    paper cites.

    One row a number, with the letter of an update its own; `assessment` is the number, else the address. What the
    newest page says is believed before what a citation's address says. That one is not here means that no page held
    lists it and nothing read cites it, not that there is none. `is_listed` says whether a page lists it, `is_cited`
    whether the register of citations has it.
    """
    listed, cited = privacy_assessments_published, privacy_assessments_cited
    yes, no = ibis.literal(True), ibis.literal(False)
    pages = listed.select(
        "number", "kind", "component", "title", "published_date", "published_month", "systems", "is_retired", "link",
        "as_of", assessment=listed.number, is_listed=yes, is_cited=no, told_by=ibis.literal("the department's page"),
        order=ibis.literal("2 ") + listed.as_of.cast("string"),
    )  # fmt: skip
    others = cited.select(
        number=cited.number, kind=cited.kind, component=cited.component, title=cited.title,
        published_date=cited.published_date, published_month=cited.published_month, systems=ibis.null("string"),
        is_retired=ibis.null("boolean"), link=cited.link, as_of=cited.told_date,
        assessment=ibis.coalesce(cited.number, cited.link), is_listed=no, is_cited=yes, told_by=cited.told_by,
        order=ibis.literal("1 ") + ibis.coalesce(cited.told_date.cast("string"), ""),
    )  # fmt: skip
    rows = pages.union(others.select(pages.columns))
    latest = {name: rows[name].argmax(rows.order, where=rows[name].notnull()) for name in _LATEST}
    made = rows.group_by("assessment").aggregate(
        **latest, is_listed=rows.is_listed.any(), is_cited=rows.is_cited.any(), as_of=rows.as_of.max()
    )
    return made.mutate(base_number=made.number.re_replace(r"\([a-z]+\)$", ""))


def _kind(action: StringValue, subject: StringValue) -> Value:
    said = (action + " " + subject).lower()
    does = ibis.ifelse(action == "", subject, action).lower()
    step: Any = ibis.cases(
        (does.re_search(r"rescind|rescission|retire|terminat|discontinu|withdraw|delet"), "rescinded"),
        (does.re_search(r"re-?establish|renew"), "re-established"),
        (does.re_search(r"modif|amend|alter|revis|updat|reissu"), "modified"),
        (does.re_search(r"\bnew\b|establish|proposed"), "new"),
        else_="unstated",
    )
    return ibis.cases(
        (said.re_search(r"match"), "matching programme, " + step),
        (said.re_search(r"systems? of records"), "system of records, " + step),
        else_="other",
    )


def _component(systems: StringValue, sub_agency: StringValue, agency: StringValue) -> Value:
    numbered = systems.re_extract(r"^DHS/([A-Z]+)-", 1).nullif("").nullif("ALL")
    named: list[Any] = []
    for text in (sub_agency.lower(), agency.lower()):
        named += [(text.contains(words), name) for name, words in _COMPONENTS.items()]
    return ibis.coalesce(numbered, ibis.cases(*named, else_=ibis.null("string")))
