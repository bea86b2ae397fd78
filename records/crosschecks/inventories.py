"""Inventories of AI uses against privacy assessments, safeguards and contracts of the register of technologies."""

import ibis
from ibis.expr.types import BooleanValue, DateValue, StringValue, Table

from tallystick import crosscheck

from .words import day, dollars, said

ENTRY = ibis.literal("technologies/")
LONG = 365
BEGUN = r"(?i)\bin[- ]?pro"
USD = "federal_action_obligation_usd"
SAFEGUARDS = ("testing", "assessment", "review", "monitoring", "training", "failsafe", "appeal", "consultation")
SETTLED = ["complete", "no", "waived", "precluded"]
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def _ours(ai_use_cases: Table, technologies_inventory: Table) -> Table:
    """The department's uses of AI, each under the technology that the register links it to, if any."""
    rows = ai_use_cases.filter(ai_use_cases.department == "DHS")
    links = technologies_inventory.mutate(year=technologies_inventory.inventory_year.cast("int64"))
    by_id = links.filter(links.use_case_id.notnull()).group_by("year", said="use_case_id")
    by_title = links.filter(links.use_case_title.notnull()).group_by("year", said="use_case_title")
    linked = ibis.union(
        *[by.aggregate(technology=ibis._.technology.min()) for by in (by_id, by_title)], distinct=True
    )
    linked = linked.group_by("year", "said").aggregate(technology=linked.technology.min())
    rows = rows.mutate(said=ibis.coalesce(rows.use_case_id, rows.title), year=rows.inventory_year.cast("int64"))
    rows = rows.left_join(linked, ["year", "said"])
    own = ibis.literal("ai_use_cases/") + rows.use_case_key
    return rows.mutate(about=ibis.coalesce(ENTRY + rows.technology, own))


def _inventory(rows: Table) -> StringValue:
    """Where it was looked for, and as of when: `the inventory of 2025 as of 2026-01-28`."""
    return (
        ibis.literal("the inventory of ")
        + said(rows.inventory_year.cast("string"), "year")
        + " as of "
        + day(rows.as_of)
    )


def _lists(rows: Table) -> StringValue:
    """Which agency lists which use of AI: `ICE lists "Facial matching"`."""
    return said(rows.agency, "agency") + ' lists "' + said(rows.title, "title") + '"'


@crosscheck(next_step="look for the assessment among the department's privacy papers, and add it to the register")
def deployed_without_an_assessment(
    ai_use_cases: Table,
    technologies: Table,
    technologies_inventory: Table,
    technologies_papers: Table,
    privacy_assessments: Table,
) -> Table:
    """A deployed use of AI with personal data gives a privacy assessment.

    Uses of the department that an inventory calls deployed and says to use personal data, where the cell for the
    assessment gives neither an address nor a number. Then it is looked for among the papers of the register and in
    the lists of assessments, by the system's name: what is found is named, and whether it covers this use is for a
    person to read. An assessment may exist without being given or listed.
    """
    papers = _papers(technologies, technologies_papers, privacy_assessments)
    rows = _ours(ai_use_cases, technologies_inventory)
    bare = rows.filter((rows.stage == "deployed") & (rows.uses_personal_data == "yes") & ~rows.assessment_given)
    bare = bare.left_join(papers, bare.technology == papers.of)
    told = ibis.literal(" Of the system that it belongs to, these papers are told of: ") + bare.papers + "."
    listed = ibis.literal(" Nor was a paper that names its system found in the register or the lists of assessments.")
    return bare.select(
        "use_case_key", "agency", "title", "stage", "operational_date", "assessment_said", "assessment_url_raw",
        "papers",
        about="about", day=bare.as_of,
        says=_lists(bare) + " as deployed with personal data; a privacy assessment of it "
        "was not found in " + _inventory(bare) + "."
        + ibis.ifelse(bare.technology.isnull(), "", ibis.coalesce(told, listed)),
    )  # fmt: skip


def _papers(technologies: Table, technologies_papers: Table, privacy_assessments: Table) -> Table:
    """Of each technology (`of`) its `papers` in one line: the register's, and assessments titled with its name."""
    kept = technologies_papers.select(
        of="technology", paper=technologies_papers.paper + " (" + technologies_papers.kind + ", "
        + technologies_papers.covers + ")",
    )  # fmt: skip
    titled = technologies.cross_join(privacy_assessments.select("number", "kind", named="title"))
    titled = titled.filter(titled.named.lower().contains(titled.title.lower()))
    listed = titled.select(of="technology", paper=titled.number + " (" + titled.kind + ", by its title)")
    every = ibis.union(kept, listed.anti_join(technologies_papers, [
        listed.of == technologies_papers.technology, listed.paper.startswith(technologies_papers.paper)
    ])).distinct()  # fmt: skip
    return every.group_by("of").aggregate(papers=every.paper.group_concat("; ", order_by=every.paper))


@crosscheck(severity="note", next_step="read whether the assessment foresees this use, or look for a later update")
def assessment_older_than_the_deployment(ai_use_cases: Table, technologies_inventory: Table) -> Table:
    """The assessment that is cited for a deployed use of AI is not more than a year older than its deployment.

    An assessment made for a deployment comes shortly before it; one of years before was made for something else. Its
    day or month is read off the address that the inventory cites; where the address tells none, nothing is said. It
    may foresee the use all the same: it is named so that somebody reads it.
    """
    rows = _ours(ai_use_cases, technologies_inventory)
    rows = rows.filter((rows.stage == "deployed") & rows.assessment_given & rows.operational_date.notnull())
    rows = rows.mutate(assessment_date=_published(rows.assessment_url_raw.lower()))
    rows = rows.mutate(days=rows.operational_date.delta(rows.assessment_date, unit="day"))
    older = rows.filter(rows.days > LONG)
    return older.select(
        "use_case_key", "agency", "operational_date", "assessment_date", "assessment_url_raw",
        about="about", day=older.operational_date,
        says=_lists(older) + " as operational from "
        + older.operational_date.cast("string") + " and cites an assessment of "
        + older.assessment_date.cast("string") + " or before, " + older.days.cast("string")
        + " days older, and more than a year is asked about; a later one was not found in "
        + _inventory(older) + ".",
    )  # fmt: skip


def _published(address: StringValue) -> DateValue:
    """The day, or last day of the month, that an address tells: `24_1126_priv`, `pia-ice-lpr-january2018.pdf`."""
    dated = address.re_extract(r"/(\d\d_\d{4})_priv", 1)
    by_day = ibis.literal("20") + dated.substr(0, 2) + "-" + dated.substr(3, 2) + "-" + dated.substr(5, 2)
    name = address.re_extract(rf"({'|'.join(MONTHS)})-?20\d\d", 1)
    year = address.re_extract(rf"(?:{'|'.join(MONTHS)})-?(20\d\d)", 1)
    number = ibis.cases(
        *[(name == month, f"{at:02}") for at, month in enumerate(MONTHS, 1)], else_=ibis.null("string")
    )
    last = (year + "-" + number + "-01").try_cast("date") + ibis.interval(months=1) - ibis.interval(days=1)
    return ibis.coalesce(by_day.try_cast("date"), last.cast("timestamp").date())


@crosscheck(next_step="ask the agency which safeguard was in place on the day of deployment")
def high_impact_with_every_safeguard_in_progress(ai_use_cases: Table, technologies_inventory: Table) -> Table:
    """A deployed high-impact use of AI has a safeguard in place.

    Uses that report at least three of the minimum practices of OMB Memorandum M-25-21 (appendix, section 4(b)) as in
    progress and none as done, refused, waived or precluded. A cell that gives none of the inventory's own answers
    counts as in progress where its words say so, and the sentence repeats them: they may belong to the one beside it.
    What is blank, not applicable or otherwise unknown counts on neither side.
    """
    rows = _ours(ai_use_cases, technologies_inventory)
    rows = rows.filter((rows.stage == "deployed") & (rows.high_impact == "yes"))
    begun = sum(_begun(rows, name).cast("int64") for name in SAFEGUARDS)
    settled = sum(rows[name].isin(SETTLED).fill_null(False).cast("int64") for name in SAFEGUARDS)
    rows = rows.mutate(in_progress=begun, settled=settled, by_words=_by_words(rows))
    none = rows.filter((rows.in_progress >= 3) & (rows.settled == 0))
    return none.select(
        "use_case_key", "agency", "operational_date", "in_progress", "by_words",
        about="about", day=none.as_of,
        says=_lists(none) + " as deployed and high-impact; of its safeguards "
        + none.in_progress.cast("string") + " are in progress" + none.by_words
        + ", and one in place was not found in " + _inventory(none) + ".",
    )  # fmt: skip


def _begun(rows: Table, name: str) -> BooleanValue:
    """Whether a safeguard is in progress, by its answer or, where that is none of those known, by its words."""
    return ((rows[name] == "in_progress") | _told_in_words(rows, name)).fill_null(False)


def _told_in_words(rows: Table, name: str) -> BooleanValue:
    return ((rows[name] == "unknown") & rows[f"{name}_raw"].re_search(BEGUN)).fill_null(False)


def _by_words(rows: Table) -> StringValue:
    """The safeguards that are in progress by their words alone, with these: ` (training by its words: "..." )`."""
    told = ibis.literal("")
    for name in SAFEGUARDS:
        words = ibis.literal(f' ({name} by the words of its cell: "') + rows[f"{name}_raw"] + '")'
        told += ibis.ifelse(_told_in_words(rows, name), words, "")
    return told


@crosscheck(
    severity="note", next_step="ask the agency under which row it reports the system, or why it is none of AI"
)
def contract_without_an_inventory_entry(
    technologies: Table,
    technologies_inventory: Table,
    technology_actions: Table,
    ai_use_cases: Table,
    capabilities: Table,
) -> Table:
    """A technology that money was obligated for in an inventory's year has an entry in that one or a later one.

    Of each technology the last year with money and an inventory of its agency. An agency lists every use of AI but
    those for national security, intelligence and basic research, and where it is not sure it lists it (OMB, Guidance
    on 2025 Agency AI Reporting, section 1(a)). So only capabilities that OMB's memoranda name among uses of AI are
    asked about (M-24-10, appendix I; M-25-21, appendix, section 6; the column `expected_in_inventory` of the register
    of capabilities says which and why), and nothing that is devices alone. A system may use no AI, or be kept out of
    what is published; what is listed of its parts or of the wider system it is paid under may be meant for it too; an
    entry whose seller is withheld may be the one: the sentence says so where there are such.
    """
    listed = technologies_inventory.mutate(year=technologies_inventory.inventory_year.cast("int64"))
    kin = _kin(technologies, listed)
    expected = capabilities.filter(capabilities.expected_in_inventory == "yes")
    spent = technology_actions.mutate(year=technology_actions.action_date.year().cast("int64"))
    spent = spent.group_by("technology", "year").aggregate(obligated_usd=spent[USD].sum())
    spent = spent.filter(spent.obligated_usd > 0)
    systems = technologies.filter(technologies.hardware.isnull()).semi_join(expected, "capability")
    entries = systems.select("technology", "title", "capability", "agency").join(spent, "technology")
    entries = entries.left_join(kin, ["technology", "year"])
    of = ai_use_cases.filter(ai_use_cases.department == "DHS")
    of = of.mutate(year=of.inventory_year.cast("int64"))
    held = of.group_by("year", "agency").aggregate(
        as_of=of.as_of.max(), withheld=(of.vendor_said == "withheld").fill_null(False).cast("int64").sum()
    )
    missing = entries.join(held, ["year", "agency"])
    missing = missing.filter(missing.year == missing.year.max().over(group_by="technology"))
    later = [missing.technology == listed.technology, missing.year <= listed.year]
    missing = missing.anti_join(listed, later)
    return missing.select(
        "year", "obligated_usd", "capability", "agency", "withheld", "kin",
        about=ENTRY + missing.technology, day=missing.as_of,
        says=dollars(missing.obligated_usd) + " was obligated in " + missing.year.cast("string") + " for "
        + said(missing.title, "title") + "; an entry for it was not found in " + missing.agency
        + "'s part of the inventory of " + missing.year.cast("string") + " as of " + day(missing.as_of)
        + ibis.cases(
            (missing.withheld == 1, ", which withholds the seller of 1 entry"),
            (missing.withheld > 1, ", which withholds the seller of " + missing.withheld.cast("string") + " entries"),
            else_="",
        ) + "." + (ibis.literal(" What is paid with it is listed: ") + missing.kin + ".").fill_null(""),
    )  # fmt: skip


def _kin(technologies: Table, listed: Table) -> Table:
    """Of each technology and year the titles (`kin`) of the wider system, parts and fellow parts that are listed."""
    mine = technologies.select("technology", whole=technologies.part_of.fill_null(technologies.technology))
    theirs = mine.rename(other="technology").join(technologies.select(other="technology", named="title"), "other")
    pairs = mine.join(theirs, "whole").filter(ibis._.technology != ibis._.other)
    there = pairs.join(listed.select("year", other="technology").distinct(), "other")
    titles = there.select("technology", "year", "named").distinct()
    return titles.group_by("technology", "year").aggregate(kin=titles.named.group_concat("; ", order_by=titles.named))


@crosscheck(severity="note", next_step="look for the contract under a reseller or another agency, and add its number")
def inventory_entry_without_a_contract(
    technologies: Table,
    technologies_contracts: Table,
    technologies_inventory: Table,
    ai_use_cases: Table,
    contract_actions: Table,
) -> Table:
    """A technology of which a deployed use is listed has a contract in the register.

    Only the latest inventory that lists it, and no use that it says was developed in house alone, or with whose
    seller it says that the agency does not contract. It may be paid under a contract of another agency or of one
    that names no system; what the row says of its contract is repeated.
    """
    latest = contract_actions.aggregate(to_date=contract_actions.action_date.max())
    rows = _ours(ai_use_cases, technologies_inventory)
    rows = rows.filter(rows.technology.notnull())
    newest = rows.year.max().over(group_by="technology")
    rows = rows.mutate(newest=newest).filter((ibis._.year == ibis._.newest) & (ibis._.stage == "deployed"))
    in_house = rows.developed.lower().re_search("in-house") & ~rows.developed.lower().contains("contract")
    without = rows.vendor_raw.lower().contains("does not contract")
    rows = rows.filter(~in_house.fill_null(False), ~without.fill_null(False))
    rows = rows.anti_join(technologies_contracts, "technology")
    uses = rows.group_by("technology", "year").aggregate(
        uses=rows.count(),
        sellers=rows.vendor_raw.max(),
        contract_said=rows.contract_raw.max(),
        as_of=rows.as_of.max(),
    )
    bare = uses.join(technologies.select("technology", "title"), "technology").cross_join(latest)
    return bare.select(
        "year", "uses", "sellers", "contract_said", "as_of",
        about=ENTRY + bare.technology, day=bare.as_of,
        says=ibis.literal("The inventory of ") + bare.year.cast("string") + " lists "
        + said(bare.title, "title") + " as deployed; a contract for it was not found in the contract actions held"
        + (ibis.literal(" as of ") + bare.to_date.cast("string")).fill_null(", none of which states a day") + "."
        + (ibis.literal(' The seller is given as: "') + bare.sellers + '".').fill_null("")
        + (ibis.literal(' Of a contract it says: "') + bare.contract_said + '".').fill_null(""),
    )  # fmt: skip
