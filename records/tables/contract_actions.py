"""Contract actions: every award and every modification of one, whoever published it."""

from collections.abc import Callable

import ibis
from ibis.expr.types import Column, Table

from tallystick import rows_of, table
from tallystick.expressions import WITHHELD, abbreviated, canonical, month_of, normalised, spelled

Classify = Callable[[Table], Table]
KEY = ["action_key"]
# The key of an action differs between a capture that lacks award keys and a later one; these do not.
ACROSS = ["sub_agency_code", "piid", "modification_number"]
# What is worked out here: it may change with our own code lists and aliases, without a word from the publisher.
OURS = ["action_key", "agency", "fiscal_year", "month", "recipient", "category", "category_rule"]
# Captures without codes have them found by their names.
OURS_BY_NAME = [*OURS, "parent_piid", "psc_code", "naics_code"]
MONEY = "decimal(18, 2)"

# One row is one action. A column that a source does not have is NULL there: unknown, never zero.
COLUMNS = {
    "release_id": "string",
    "scope": "string",
    "member": "string",
    "source_row": "int64",
    "action_key": "string",
    "award_key": "string",
    "piid": "string",
    "parent_piid": "string",
    "modification_number": "string",
    "action_date": "date",
    "fiscal_year": "int64",
    "month": "date",
    "agency": "string",
    "sub_agency_code": "string",
    "office_code": "string",
    "funding_sub_agency_code": "string",
    "recipient_uei": "string",
    "recipient_cage_code": "string",
    "recipient_parent_uei": "string",
    "recipient_name": "string",
    "recipient_parent_name": "string",
    "recipient": "string",
    "federal_action_obligation_usd": MONEY,
    "current_value_usd": MONEY,
    "ceiling_usd": MONEY,
    "start_date": "date",
    "current_end_date": "date",
    "potential_end_date": "date",
    "psc_code": "string",
    "psc_name": "string",
    "naics_code": "string",
    "naics_name": "string",
    "award_type_code": "string",
    "extent_competed_code": "string",
    "offers_received": "int64",
    "solicitation_identifier": "string",
    "description": "string",
    "category": "string",
    "category_rule": "string",
}


@table(key=["name"])
def agency_by_code(agency_codes: Table) -> Table:
    """The abbreviation by which a sub-agency is known, by its code; its name where it has no abbreviation."""
    called = agency_codes.agency.fill_null(agency_codes.sub_agency_name)
    codes = agency_codes.group_by(name=agency_codes.sub_agency_code).aggregate(
        agencies=called.nunique(), listed_agency=called.max()
    )
    return codes.filter(codes.agencies == 1).select("name", "listed_agency")


@rows_of("contract_actions", precedence=3, key=KEY, across=ACROSS, ours=OURS)
def official_actions(
    usaspending_transactions_published: Table,
    agency_by_code: Table,
    recipient_by_uei: Table,
    recipient_by_name: Table,
    recipient_stands_as: Table,
    taxonomy: Classify,
) -> Table:
    """Actions of the official transaction files, award types A to D.

    Indefinite delivery vehicles are left out: what they obligate is obligated by the orders under them. Layouts
    without the official keys (before 2019) have them put together from their parts. The amounts of the whole
    award (`current_value_usd`, `ceiling_usd`) repeat on every action and are never summed.
    """
    files = usaspending_transactions_published
    seen = files.filter((files.award_or_idv_flag.fill_null("AWARD") == "AWARD") & files.idv_type_code.isnull())
    parent_agency, parent_piid = (seen[name].fill_null("-NONE-") for name in ("parent_agency_code", "parent_piid"))
    joined = ibis.literal("_").join
    transaction = seen.transaction_number.fill_null("0")
    modified = [seen.piid, seen.modification_number]
    rebuilt = joined([seen.sub_agency_code, parent_agency, *modified, parent_piid, transaction])
    award = joined([ibis.literal("CONT_AWD"), seen.piid, seen.sub_agency_code, parent_piid, parent_agency])
    seen = seen.mutate(
        action_key=seen.contract_transaction_unique_key.fill_null(rebuilt), award_key=seen.award_key.fill_null(award)
    )
    seen = canonical(_beside(seen, "sub_agency_code", agency_by_code), recipient_by_uei, recipient_by_name)
    agency = abbreviated(seen.sub_agency_code, seen.listed_agency)
    return taxonomy(_standing_as(_action(seen, agency=agency), recipient_stands_as))


@rows_of("contract_actions", precedence=2, key=KEY, across=ACROSS, whole_key="award_key", ours=OURS_BY_NAME)
def captured_actions(
    usaspending_captures_published: Table,
    naics_by_name: Table,
    psc_by_name: Table,
    recipient_by_name: Table,
    recipient_stands_as: Table,
    taxonomy: Classify,
) -> Table:
    """Actions captured from the transaction search, award types A to D.

    A capture that kept the codes gives them. The others have names of codes, not codes: there a code stands where
    its name stands for one code only. The
    official transaction key is put together again from the award key and the modification; the captures of
    early 2026 lack the award key, so theirs begin with `without-parent`. An official file that amends single
    actions takes the place of such a one where agency, contract number and modification single out one action.

    Paging by amount was unstable where amounts are equal: a row came twice in place of a neighbour of the same
    amount. Repeats of $0 are one action. A repeat with money stands for the neighbour it pushed out, so it
    stays, that the sum be right, and its key begins with `repeat`.
    """
    captured = _without_empty_repeats(usaspending_captures_published)
    named = _named_actions(captured, psc_by_name, naics_by_name, recipient_by_name)
    return taxonomy(_standing_as(named, recipient_stands_as))


@rows_of("contract_actions", precedence=1, key=KEY, across=ACROSS, whole_key="award_key", ours=OURS_BY_NAME)
def starter_actions(
    starter_actions_published: Table,
    naics_by_name: Table,
    psc_by_name: Table,
    recipient_by_name: Table,
    recipient_stands_as: Table,
    taxonomy: Classify,
) -> Table:
    """Actions of the starter edition that the project carries: the captures without their free text.

    Believed last: where a fiscal year was captured or downloaded, that stands in its place.
    """
    carried = _without_empty_repeats(starter_actions_published)
    named = _named_actions(carried, psc_by_name, naics_by_name, recipient_by_name)
    return taxonomy(_standing_as(named, recipient_stands_as))


def _named_actions(captured: Table, psc_by_name: Table, naics_by_name: Table, recipient_by_name: Table) -> Table:
    """Actions of which the codes' names were captured, with or without the codes, and of the recipient the name."""
    stated = {f"stated_{code}": code for code in ("psc_code", "naics_code") if code in captured.columns}
    captured = captured.rename(stated)
    seen = captured.mutate(
        psc_spelt=spelled(captured.psc_name),
        naics_spelt=spelled(captured.naics_name),
        recipient_spelt=normalised(captured.recipient_name),
    )
    seen = _beside(seen, "psc_spelt", psc_by_name)
    seen = _beside(seen, "naics_spelt", naics_by_name)
    seen = seen.mutate({code: ibis.coalesce(seen[name], seen[code]) for name, code in stated.items()})
    seen = _beside(seen, "recipient_spelt", recipient_by_name)
    # CONT_AWD_<piid>_<agency>_<parent piid>_<parent agency>, with -NONE- where there is no parent
    keyed = seen.award_key.split("_")
    named = ibis.coalesce(seen.recipient, ibis.literal("name:") + seen.recipient_spelt)
    return _action(
        seen,
        action_key=_captured_key(seen, parent_piid=keyed[4], parent_agency=keyed[5]),
        parent_piid=keyed[4].nullif("-NONE-"),
        agency=abbreviated(seen.sub_agency_code),
        recipient=ibis.ifelse(seen.recipient_name == WITHHELD, "withheld", named),
    )


def _captured_key(seen: Table, parent_piid: Column, parent_agency: Column) -> Column:
    """`{agency}_{parent agency}_{piid}_{modification}_{parent piid}_{transaction number}`, or what is known of it."""
    joined = ibis.literal("_").join
    modified = [seen.piid, seen.modification_number]
    official = joined([seen.sub_agency_code, parent_agency, *modified, parent_piid, ibis.literal("0")])
    weaker = joined([ibis.literal("without-parent"), seen.sub_agency_code, *modified])
    plain = ibis.ifelse(seen.award_key.isnull(), weaker, official)
    return ibis.ifelse(seen.repeat > 0, joined([ibis.literal("repeat") + seen.repeat.cast("string"), plain]), plain)


def _standing_as(actions: Table, recipient_stands_as: Table) -> Table:
    """`actions` under the recipients that people decided theirs to be."""
    sent = _beside(actions, "recipient", recipient_stands_as)
    return sent.mutate(recipient=ibis.coalesce(sent.stands_as, sent.recipient)).drop("stands_as")


def _beside(rows: Table, column: str, lookup: Table) -> Table:
    """`rows` with what `lookup` says of the name in `column`."""
    return rows.left_join(lookup, rows[column] == lookup.name).drop("name")


def _without_empty_repeats(rows: Table) -> Table:
    """Of rows of $0 alike in every column but their place in the file, the first; `repeat` counts the others."""
    said = [column for column in rows.columns if column not in ("member", "source_row", "misfits", "repairs")]
    repeat = ibis.row_number().over(group_by=said, order_by=["member", "source_row"])
    counted = rows.mutate(repeat=repeat)
    return counted.filter((counted.repeat == 0) | (counted.federal_action_obligation_usd != 0))


def _action(rows: Table, **known: Column) -> Table:
    """One row an action: the columns `known`, those of the same name in `rows`, and the rest NULL."""
    day = rows.action_date
    known |= {"fiscal_year": (day + ibis.interval(months=3)).year(), "month": month_of(day)}
    made = {}
    for name, dtype in COLUMNS.items():
        value = known.get(name, rows[name] if name in rows.columns else ibis.null())
        made[name] = value.cast(dtype)
    return rows.select(**made)
