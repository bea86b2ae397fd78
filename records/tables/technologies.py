"""Technologies and the contracts that pay for them: which actions, which awards, and their values over time."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

from .ai_use_case_terms import NOT_ASKED, SAFEGUARDS

OF = ["technology", "technology_title", "capability", "part_of"]
ACTION = [
    "release_id", "scope", "member", "source_row", "action_key", "award_key", "piid", "parent_piid",
    "modification_number", "action_date", "fiscal_year", "month", "agency", "recipient", "recipient_name",
    "federal_action_obligation_usd", "current_value_usd", "ceiling_usd", "description",
]  # fmt: skip
AWARD = [
    "award_key", "piid", "parent_piid", "agency", "recipient", "recipient_name", "first_action_date",
    "latest_action_date", "stated_obligated_usd", "current_value_usd", "ceiling_usd", "current_end_date",
    "potential_end_date", "values_from",
]  # fmt: skip


def paid(technologies: Table, technologies_contracts: Table) -> Table:
    """One row a contract of a technology: what the technology is, and when the later of the two was told."""
    entry = technologies.select(
        "technology", "capability", "part_of", technology_title=technologies.title, entry_told=technologies.told_date
    )
    both = technologies_contracts.join(entry, "technology")
    return both.select(
        *OF,
        paid_piid=both.piid,
        paid_parent=both.parent_piid,
        paid_modification=both.modification,
        told_date=ibis.greatest(both.told_date, both.entry_told),
    )


def under(contract: Table, rows: Table) -> Table:
    """The rows of a contract: those of its number, and of the vehicle where the register names one."""
    both = contract.join(rows, contract.paid_piid == rows.piid)
    unparted = both.paid_parent.isnull() | both.parent_piid.isnull()
    return both.filter(unparted | (both.paid_parent == both.parent_piid))


@table(key=["technology", "action_key"])
def technology_actions(contract_actions: Table, technologies: Table, technologies_contracts: Table) -> Table:
    """The contract actions that pay for each technology, one row a technology and action.

    A contract belongs by its number (and its vehicle's, where the register names one). Where the register names a
    modification, that one action only belongs. An action stands in several rows where several technologies share
    it, as a part and its whole do: add up with `technology_obligations`, which counts it once.
    """
    rows = under(paid(technologies, technologies_contracts), contract_actions)
    mine = rows.paid_modification.isnull() | (rows.paid_modification == rows.modification_number)
    rows = rows.filter(mine)
    first = ibis.row_number().over(group_by=["technology", "action_key"], order_by="told_date")
    return rows.mutate(nth=first).filter(ibis._.nth == 0).select(*OF, *ACTION, "told_date")


@table(key=["technology", "action_key"])
def technology_values(technology_actions: Table) -> Table:
    """What had been obligated for a technology under each of its awards after each action, and what was stated then.

    `obligated_to_date_usd` adds up the actions held that belong to the technology, so that for an award begun
    before the years held it is less than the award's own total. `current_value_usd` and `ceiling_usd` are what the
    action states of the whole award: NULL, unknown, where the source states none, as the captures do.
    """
    rows = technology_actions
    so_far = ibis.window(
        group_by=["technology", "piid", "parent_piid"],
        order_by=["action_date", "modification_number", "action_key"],
        preceding=None,
        following=0,
    )
    return rows.select(
        *OF, "award_key", "piid", "parent_piid", "modification_number", "action_key", "action_date", "agency",
        "federal_action_obligation_usd", "current_value_usd", "ceiling_usd", "told_date",
        obligated_to_date_usd=rows.federal_action_obligation_usd.sum().over(so_far).cast("decimal(38, 2)"),
    )  # fmt: skip


@table(key=["technology", "award_key", "modification_number"])
def technology_worth(technology_values: Table) -> Table:
    """What each action states of the current value and ceiling of a technology's award, beside what was obligated.

    Only actions that state one of the two: a page without a row of it says elsewhere that they are unknown.
    """
    rows = technology_values
    stated = rows.filter(rows.current_value_usd.notnull() | rows.ceiling_usd.notnull())
    return stated.select(
        "technology", "action_date", "piid", "modification_number", "obligated_to_date_usd", "current_value_usd",
        "ceiling_usd", "award_key", citation=ibis.literal("https://www.usaspending.gov/award/") + stated.award_key,
        told_date=stated.told_date,
    ).order_by(["technology", "action_date", "modification_number"])  # fmt: skip


@table(key=["technology", "award_key"])
def technology_awards(
    awards: Table, technology_actions: Table, technologies: Table, technologies_contracts: Table
) -> Table:
    """The awards that pay for each technology: what is obligated for it, and what the award is worth and may reach.

    `obligated_usd` adds up the actions that belong to the technology, `award_obligated_usd` all actions of the award
    held; they differ where `is_whole` is false, which says that only some modifications are about it. The current
    value and ceiling are the whole award's, NULL where no source states them.
    """
    contracts = paid(technologies, technologies_contracts)
    known = awards.select(*AWARD, award_obligated_usd=awards.obligated_usd)
    rows = under(contracts, known).group_by(*OF, *AWARD, "award_obligated_usd")
    found = rows.aggregate(is_whole=ibis._.paid_modification.isnull().any(), told_date=ibis._.told_date.min())
    summed = technology_actions.group_by("technology", "piid", "parent_piid").aggregate(
        obligated_usd=technology_actions.federal_action_obligation_usd.sum()
    )
    summed = summed.rename(of="technology", of_piid="piid", of_parent="parent_piid")
    both = found.left_join(
        summed,
        [
            found.technology == summed.of,
            found.piid == summed.of_piid,
            found.parent_piid.fill_null("") == summed.of_parent.fill_null(""),
        ],
    )
    return both.select(*OF, *AWARD, "is_whole", "obligated_usd", "award_obligated_usd", "told_date")


@table(key=["technology", "event_period", "status", "citation", "confidence"])
def technology_states(technologies: Table, technologies_events: Table) -> Table:
    """What each technology was from when to when: its events in order, each until the day before the next begins.

    What happened to one contract (`piid`) lasts until the next event of that contract, and what happened to all of it
    until the next that names no contract: a stop of one order stops no other. `until_date` is NULL for the last. An
    event of which only the month or year is known begins on its first day (`since_date`) and at the latest on its
    last (`known_date`).
    """
    entry = technologies.select("technology", "capability", "agency", "part_of", technology_title=technologies.title)
    both = technologies_events.join(entry, "technology")
    order = {
        "group_by": ["technology", "piid"],
        "order_by": ["event_period_first_date", "event_period_last_date", "status"],
    }
    following = both.event_period_first_date.lead().over(**order)
    return both.select(
        *OF, "agency", "event_period", "status", "piid", "because", "confidence", "citation", "told_date",
        since_date=both.event_period_first_date,
        known_date=both.event_period_last_date,
        until_date=(following - ibis.interval(days=1)).cast("timestamp").date(),
    )  # fmt: skip


@table(key=["technology", "use_case_key"])
def technology_uses(technologies_inventory: Table, ai_use_cases: Table) -> Table:
    """What inventories report of the uses of AI that a technology is linked to, one row a technology and use.

    Only the department's own rows, by their identifier and year, or their title where the register gives no
    identifier. `safeguards` tells each that is answered with its state; of an answer that is none of those known, the
    cell's words.
    """
    links = technologies_inventory.mutate(said=technologies_inventory.use_case_id.fill_null(
        technologies_inventory.use_case_title
    ))  # fmt: skip
    links = links.group_by("technology", "said", year="inventory_year").aggregate(
        told_date=links.told_date.min(), citation=links.citation.min()
    )
    uses = ai_use_cases.filter(ai_use_cases.department == "DHS")
    both = links.join(
        uses.drop("release_id", "scope", "member", "source_row"),
        [
            links.year == uses.inventory_year.cast("string"),
            (links.said == uses.use_case_id) | (links.said == uses.title),
        ],
    )
    return both.select(
        "technology", "use_case_key", "inventory_year", "title", "agency", "stage", "operational_date", "high_impact",
        seller=ibis.cases((both.vendor_said == "withheld", "withheld"), else_=both.vendor_raw),
        safeguards=_safeguards(both),
        privacy_assessment=ibis.cases(
            (both.assessment_given.fill_null(False), both.assessment_url_raw), else_=both.assessment_said
        ),
        citation=both.citation,
        told_date=both.told_date,
    )  # fmt: skip


def _safeguards(uses: Table) -> StringValue:
    """The safeguards that are answered: `testing: in progress; training: "begun"`; NULL where none is."""
    told = ibis.literal("")
    for name in SAFEGUARDS:
        own_words = ibis.literal('"') + uses[f"{name}_raw"] + '"'
        state = ibis.cases(
            (uses[name] == "unknown", own_words.fill_null("unknown")), else_=uses[name].re_replace("_", " ")
        )
        answered = ~uses[name].fill_null("blank").isin(["blank", NOT_ASKED])
        told += ibis.ifelse(answered, ibis.literal(f"; {name}: ") + state, "")
    return told.re_replace("^; ", "").nullif("")
