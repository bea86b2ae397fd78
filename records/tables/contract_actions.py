"""Contract actions: every award and every modification of one, whoever published it."""

import ibis
from ibis.expr.types import Table

from tallystick import rows_of, table

KEY = ["action_key"]


@table(key=["name"])
def naics_by_name(naics_codes_published: Table) -> Table:
    """The one NAICS code that a description stands for, where it stands for one only."""
    named = naics_codes_published.mutate(name=naics_codes_published.name.upper())
    codes = named.group_by("name").aggregate(codes=named.code.nunique(), naics_code=named.code.max())
    return codes.filter(codes.codes == 1).select("name", "naics_code")


@rows_of("contract_actions", precedence=1, key=KEY)
def captured_actions(usaspending_captures_published: Table, naics_by_name: Table) -> Table:
    """Actions captured from the transaction search, their codes found again from the names captured."""
    seen = usaspending_captures_published
    joined = seen.left_join(naics_by_name, seen.naics_name.upper() == naics_by_name.name)
    return joined.select(
        release_id=seen.release_id,
        scope=seen.scope,
        source_row=seen.source_row,
        action_key=ibis.literal("_").join([seen.sub_agency_code, seen.piid, seen.modification_number]),
        agency=seen.sub_agency_code.cases(("7012", "ICE"), ("7014", "CBP")),
        sub_agency_code=seen.sub_agency_code,
        piid=seen.piid,
        modification_number=seen.modification_number,
        action_date=seen.action_date,
        fiscal_year=(seen.action_date + ibis.interval(months=3)).year(),
        recipient_name=seen.recipient_name,
        federal_action_obligation_usd=seen.federal_action_obligation_usd,
        psc_name=seen.psc_name,
        naics_code=naics_by_name.naics_code,
        naics_name=seen.naics_name,
    )
