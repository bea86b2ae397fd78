"""Codes found again from the descriptions that a source printed instead."""

from ibis.expr.types import Table

from tallystick import table


@table(key=["name"])
def naics_by_name(naics_codes_published: Table) -> Table:
    """The one NAICS code that a description stands for, where it stands for one only."""
    named = naics_codes_published.mutate(name=naics_codes_published.name.upper())
    codes = named.group_by("name").aggregate(codes=named.code.nunique(), naics_code=named.code.max())
    return codes.filter(codes.codes == 1).select("name", "naics_code")
