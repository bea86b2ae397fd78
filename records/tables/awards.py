"""Awards: what each contract has had, has now, and may reach."""

import ibis
from ibis.expr.types import Column, Table

from tallystick import modification_order, table

# argmax passes over NULL: each of these is what the latest action that states it says
LATEST = [
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
    "current_value_usd",
    "ceiling_usd",
    "start_date",
    "current_end_date",
    "potential_end_date",
]


@table(key=["award_key"])
def awards(contract_actions: Table) -> Table:
    """Contract awards, each summed over the actions held.

    `obligated_usd` is the sum of the award's actions in this Edition: actions before the first fiscal year held
    are not in it. `current_value_usd` (base and exercised options), `ceiling_usd` (base and all options) and the
    dates are those of the latest action that states them. Actions follow one another by date, then modification
    number, then transaction number. Where no source held states a ceiling it is NULL: unknown, never zero.
    Captures without award keys are summed by contract number under a key that begins with `without-parent`, or
    under the award key that other captures give for that number, if they give one only.
    """
    numbered = contract_actions.filter(contract_actions.award_key.notnull())
    of_number = numbered.group_by("sub_agency_code", "piid").aggregate(
        award_keys=numbered.award_key.nunique(), only_award_key=numbered.award_key.min()
    )
    of_number = of_number.filter(of_number.award_keys == 1).drop("award_keys")
    actions = contract_actions.left_join(of_number, ["sub_agency_code", "piid"])
    without = ibis.literal("_").join([ibis.literal("without-parent"), actions.sub_agency_code, actions.piid])
    stated = ibis.literal("the action of ") + actions.action_date.cast("string")
    ordered = actions.mutate(
        award_key=ibis.coalesce(actions.award_key, actions.only_award_key, without),
        place=_place(actions),
        values_from=ibis.ifelse(actions.ceiling_usd.isnull(), None, stated),
    )
    return ordered.group_by("award_key").aggregate(
        **{name: ordered[name].argmax(ordered.place) for name in LATEST},
        first_action_date=ordered.action_date.min(),
        latest_action_date=ordered.action_date.max(),
        actions=ordered.count(),
        obligated_usd=ordered.federal_action_obligation_usd.sum(),
        values_from=ordered.values_from.argmax(ordered.place),
    )


def _place(actions: Table) -> Column:
    """Text that sorts as the actions of one award followed one another."""
    transaction = actions.action_key.re_extract(r"_([0-9]+)$", 1).lpad(6, "0")
    modification = ibis.coalesce(modification_order(actions.modification_number), "")
    return ibis.literal(" ").join([actions.action_date.cast("string"), modification, transaction])
