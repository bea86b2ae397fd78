"""Awards: what each contract has had, has now, and may reach."""

from collections.abc import Callable

import ibis
from ibis.expr.types import Column, Table

from tallystick import table
from tallystick.expressions import abbreviated, canonical, modification_order

Classify = Callable[[Table], Table]
MONEY = "decimal(18, 2)"
# What an award file says of an award as a whole.
STATED = {
    "award_key": "string",
    "piid": "string",
    "parent_piid": "string",
    "sub_agency_code": "string",
    "recipient_name": "string",
    "recipient_uei": "string",
    "recipient_cage_code": "string",
    "recipient_parent_uei": "string",
    "psc_code": "string",
    "psc_name": "string",
    "naics_code": "string",
    "stated_obligated_usd": MONEY,
    "current_value_usd": MONEY,
    "ceiling_usd": MONEY,
    "start_date": "date",
    "current_end_date": "date",
    "potential_end_date": "date",
    "stated_date": "date",
}

# Each is what the latest action says of its award: the recipient's name and UEI are those of one action.
SAID = [
    "piid",
    "parent_piid",
    "agency",
    "sub_agency_code",
    "recipient",
    "recipient_name",
    "recipient_uei",
    "category",
    "psc_code",
    "naics_code",
]
VALUES = ["current_value_usd", "ceiling_usd", "start_date", "current_end_date", "potential_end_date"]


@table(key=["award_key"], by=["award_key"])
def award_statements(
    usaspending_awards_published: Table,
    usaspending_award_details_published: Table,
    recipient_by_uei: Table,
    recipient_by_name: Table,
    taxonomy: Classify,
) -> Table:
    """What award files and award pages say of contract awards as a whole, the latest statement of each.

    `stated_date` is the day the award was last modified when it was stated. Amounts are cumulative since the
    award was made. A blank ceiling is unknown. Indefinite delivery vehicles are not awards and left out.
    """
    files = usaspending_awards_published
    sources = {
        "award file": files.filter(files.award_or_idv == "AWARD"),
        "award page": usaspending_award_details_published.filter(ibis._.award_key.startswith("CONT_AWD_")),
    }
    said = ibis.union(*[_statement(rows, source) for source, rows in sources.items()])
    place = ibis.row_number().over(
        group_by="award_key", order_by=[said.stated_date.desc(nulls_first=False), said.source.desc()]
    )
    latest = said.mutate(place=place).filter(ibis._.place == 0).drop("place")
    linked = canonical(latest, recipient_by_uei, recipient_by_name)
    return taxonomy(linked.mutate(agency=abbreviated(linked.sub_agency_code)))


def under_award_keys(contract_actions: Table) -> Table:
    """The actions, each under the key of the award that it is summed under.

    Captures without award keys are summed by contract number: under the award key that other captures give for
    that number, if they give one only, else under a key that begins with `without-parent`.
    """
    keyless = contract_actions.filter(contract_actions.award_key.isnull())
    numbered = contract_actions.filter(contract_actions.award_key.notnull())
    numbered = numbered.semi_join(keyless, ["sub_agency_code", "piid"])
    of_number = numbered.group_by("sub_agency_code", "piid").aggregate(
        award_keys=numbered.award_key.nunique(), only_award_key=numbered.award_key.min()
    )
    of_number = of_number.filter(of_number.award_keys == 1).drop("award_keys")
    actions = contract_actions.left_join(of_number, ["sub_agency_code", "piid"])
    without = ibis.literal("_").join([ibis.literal("without-parent"), actions.sub_agency_code, actions.piid])
    keyed = actions.mutate(award_key=ibis.coalesce(actions.award_key, actions.only_award_key, without))
    return keyed.select(contract_actions.columns)


@table(
    key=["award_key"],
    keyed={"contract_actions": under_award_keys},
    by=["award_key"],
    within={"contract_actions": ["sub_agency_code", "piid"]},
)
def awards(contract_actions: Table, award_statements: Table) -> Table:
    """Contract awards: what each was obligated by the actions held, and the values stated of it.

    `obligated_usd` is the sum of the award's actions in this Edition. Actions before the first fiscal year held
    are not in it; `stated_obligated_usd` is what an award file gives for the award's whole life. An award that
    only a file knows has no actions, and its `obligated_usd` is NULL: unknown.
    `current_value_usd` (base and exercised options), `ceiling_usd` (base and all options) and the dates are
    those of the latest action that states a ceiling or an end, or of the award file or page if that is later;
    `values_from` says which, and as of when. Actions follow one another by date, then modification number, then
    transaction number. Where no source held states a ceiling it is NULL: unknown, never zero.
    """
    summed = _summed(contract_actions)
    told = award_statements.rename({f"told_{name}": name for name in award_statements.columns})
    both = summed.outer_join(told, summed.award_key == told.told_award_key)
    later = both.values_date.isnull() | (both.told_stated_date >= both.values_date)
    from_file = both.told_award_key.notnull() & later
    named = {name: ibis.coalesce(both[name], both[f"told_{name}"]) for name in ("award_key", *SAID)}
    values = {name: ibis.ifelse(from_file, both[f"told_{name}"], both[name]) for name in VALUES}
    source = ibis.ifelse(from_file, both.told_source, "action")
    day = ibis.ifelse(from_file, both.told_stated_date, both.values_date)
    return both.select(
        **named,
        first_action_date=both.first_action_date,
        latest_action_date=both.latest_action_date,
        actions=both.actions.fill_null(0),
        obligated_usd=both.obligated_usd,
        stated_obligated_usd=both.told_stated_obligated_usd,
        **values,
        values_from=source + " of " + day.cast("string"),
    )


def _statement(rows: Table, source: str) -> Table:
    known = {"stated_obligated_usd": rows.obligated_usd, "stated_date": rows.last_modified_date}
    cells = {name: known.get(name, rows[name] if name in rows.columns else ibis.null()) for name in STATED}
    return rows.select(
        **{name: cells[name].cast(dtype) for name, dtype in STATED.items()}, source=ibis.literal(source)
    )


def _summed(contract_actions: Table) -> Table:
    """The actions of each award added up."""
    actions = under_award_keys(contract_actions)
    ordered = actions.mutate(place=_place(actions))
    ordered = ordered.mutate(
        said=ibis.struct({name: ordered[name] for name in SAID}),
        values=ibis.struct({**{name: ordered[name] for name in VALUES}, "values_date": ordered.action_date}),
        states=ordered.ceiling_usd.notnull() | ordered.current_end_date.notnull(),
    )
    # two records carried whole are found in a fraction of the time of sixteen columns found one by one
    latest = ordered.group_by("award_key").aggregate(
        said=ordered.said.argmax(ordered.place),
        values=ordered.values.argmax(ordered.place, where=ordered.states),
        first_action_date=ordered.action_date.min(),
        latest_action_date=ordered.action_date.max(),
        actions=ordered.count(),
        obligated_usd=ordered.federal_action_obligation_usd.sum(),
    )
    return latest.unpack("said", "values")


def _place(actions: Table) -> Column:
    """Text that sorts as the actions of one award followed one another; of two alike, as they lie in files."""
    transaction = actions.action_key.re_extract(r"_([0-9]+)$", 1).lpad(6, "0")
    modification = ibis.coalesce(modification_order(actions.modification_number), "")
    lies = [actions.release_id, actions.member, actions.source_row.cast("string").lpad(9, "0")]
    return ibis.literal(" ").join([actions.action_date.cast("string"), modification, transaction, *lies])
