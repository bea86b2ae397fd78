"""Codes found again from the descriptions that a source printed instead."""

from ibis.expr.types import Table

from tallystick import table


@table(key=["name"])
def naics_by_name(naics_codes_published: Table) -> Table:
    """The one NAICS code that a description stands for, where it stands for one only."""
    named = naics_codes_published.mutate(name=naics_codes_published.name.upper())
    codes = named.group_by("name").aggregate(codes=named.code.nunique(), naics_code=named.code.max())
    return codes.filter(codes.codes == 1).select("name", "naics_code")


@table(key=["name"])
def psc_by_name(psc_codes_published: Table) -> Table:
    """The one product or service code that a description stands for.

    Descriptions outlive codes: where several codes have had one description, it stands for the one still in
    force, if that is one only.
    """
    listed = psc_codes_published.mutate(name=psc_codes_published.name.upper().strip())
    still = listed.end_date.isnull()
    codes = listed.group_by("name").aggregate(
        ever=listed.code.nunique(),
        only=listed.code.max(),
        now=listed.code.nunique(where=still),
        current=listed.code.max(where=still),
    )
    found = codes.mutate(psc_code=(codes.now == 1).ifelse(codes.current, (codes.ever == 1).ifelse(codes.only, None)))
    return found.filter(found.psc_code.notnull()).select("name", "psc_code")
