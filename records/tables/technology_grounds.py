"""What was asked for before a technology was bought, and which accounts paid: as award files and actions state it."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

from .technologies import paid, under

PAGE = "https://www.usaspending.gov/award/"
OF = ["technology", "award_key", "piid"]


@table(key=["technology", "award_key", "solicitation_identifier", "notice_id"])
def technology_solicitations(
    technologies: Table,
    technologies_contracts: Table,
    contract_actions: Table,
    usaspending_awards_published: Table,
    solicitations: Table,
) -> Table:
    """The solicitations that the awards of each technology state, with the notices held under that identifier.

    From actions and award files that state one; captures of actions state none, so that of a technology without a row
    it is not known. An identifier is in capitals without blanks and hyphens, as `solicitations` has it. `notice_id`
    and what follows are NULL where no notice of that identifier is held.
    """
    columns = ["award_key", "piid", "parent_piid", "solicitation_identifier"]
    files = usaspending_awards_published.filter(usaspending_awards_published.award_or_idv == "AWARD")
    said = ibis.union(contract_actions.select(columns), files.select(columns))
    said = said.mutate(solicitation_identifier=_plain(said.solicitation_identifier))
    said = said.filter(said.solicitation_identifier.notnull()).distinct()
    stated = under(paid(technologies, technologies_contracts), said)
    stated = stated.group_by(*OF, "solicitation_identifier").aggregate(told_date=stated.told_date.min())
    notices = solicitations.select(
        "notice_id", "title", "posted_date", "type", asked_as="solicitation_identifier"
    )  # fmt: skip
    both = stated.left_join(notices, stated.solicitation_identifier == notices.asked_as).drop("asked_as")
    return both.mutate(citation=ibis.literal(PAGE) + both.award_key)


@table(key=["technology", "award_key", "treasury_account"])
def technology_accounts(
    technologies: Table,
    technologies_contracts: Table,
    usaspending_awards_published: Table,
    usaspending_subawards_published: Table,
) -> Table:
    """The accounts of the Treasury that funded the awards of each technology, one row an award and account.

    From award files, and from files of subcontracts, whose rows state them of the award above; both list the accounts
    and not what each paid. `treasury_account` is the account with the years for which it may be obligated
    (`070-2022/2022-0540-000`), `account` the federal account it belongs to (`070-0540`). Captures of actions state
    none: a technology without a row here is one of which it is not known.
    """
    files = usaspending_awards_published.filter(usaspending_awards_published.award_or_idv == "AWARD")
    above = usaspending_subawards_published
    above = above.filter(above.award_key.startswith("CONT_AWD_"))
    said = ibis.union(_accounts(files), _accounts(above))
    said = said.filter(said.treasury_account.notnull() & (said.treasury_account != "")).distinct()
    stated = under(paid(technologies, technologies_contracts), said)
    stated = stated.group_by(*OF, "treasury_account").aggregate(told_date=stated.told_date.min())
    parts = stated.treasury_account.split("-")
    return stated.mutate(account=parts[0] + "-" + parts[2], citation=ibis.literal(PAGE) + stated.award_key)


def _accounts(files: Table) -> Table:
    """One row an award and an account of its list, which semicolons part."""
    each = files.select(
        "award_key", "piid", "parent_piid",
        treasury_account=files.treasury_accounts_funding_this_award.split(";").unnest(),
    )  # fmt: skip
    return each.mutate(treasury_account=each.treasury_account.strip())


def _plain(identifier: StringValue) -> StringValue:
    """An identifier in capitals without blanks and hyphens; NULL for an empty one."""
    return identifier.upper().re_replace(r"[\s\-]+", "").nullif("")
