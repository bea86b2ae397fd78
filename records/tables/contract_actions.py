"""Contract actions: every award and every modification of one, whoever published it."""

import ibis
from ibis.expr.types import Column, Table

from tallystick import normalised, rows_of

KEY = ["action_key"]
MONEY = "decimal(20, 2)"

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


@rows_of("contract_actions", precedence=2, key=KEY)
def captured_actions(usaspending_captures_published: Table, naics_by_name: Table) -> Table:
    """Actions captured from the transaction search, award types A to D.

    The capture has names of codes, not codes: a code stands here where its name stands for one code only. The
    official transaction key is put together again from the award key and the modification; the captures of
    early 2026 lack the award key, so theirs begin with `without-parent`. Paging repeated some rows of $0:
    rows alike in every column are one action.
    """
    seen = _without_repeats(usaspending_captures_published)
    # CONT_AWD_<piid>_<agency>_<parent piid>_<parent agency>, with -NONE- where there is no parent
    keyed = seen.award_key.split("_")
    parent_piid, parent_agency = keyed[4], keyed[5]
    underscore = ibis.literal("_")
    official = underscore.join(
        [seen.sub_agency_code, parent_agency, seen.piid, seen.modification_number, parent_piid, ibis.literal("0")]
    )
    weaker = underscore.join(
        [ibis.literal("without-parent"), seen.sub_agency_code, seen.piid, seen.modification_number]
    )
    joined = seen.left_join(naics_by_name, seen.naics_name.upper() == naics_by_name.name)
    return _action(
        joined,
        action_key=ibis.ifelse(seen.award_key.isnull(), weaker, official),
        award_key=seen.award_key,
        parent_piid=parent_piid.nullif("-NONE-"),
        agency=seen.sub_agency_code.cases(("7012", "ICE"), ("7014", "CBP")),
        recipient=ibis.literal("name:") + normalised(seen.recipient_name),
        naics_code=naics_by_name.naics_code,
    )


def _without_repeats(rows: Table) -> Table:
    """Of rows alike in every column but their place in the file, the first."""
    said = [column for column in rows.columns if column not in ("member", "source_row", "misfits")]
    place = ibis.row_number().over(group_by=said, order_by=["member", "source_row"])
    return rows.mutate(place=place).filter(ibis._.place == 0).drop("place")


def _action(rows: Table, **known: Column) -> Table:
    """One row an action: the columns `known`, those of the same name in `rows`, and the rest NULL."""
    day = rows.action_date
    known |= {"fiscal_year": (day + ibis.interval(months=3)).year(), "month": day.truncate("M")}
    made = {}
    for name, dtype in COLUMNS.items():
        value = known.get(name, rows[name] if name in rows.columns else ibis.null())
        made[name] = value.cast(dtype)
    return rows.select(**made)
