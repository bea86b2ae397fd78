"""Law enforcement agencies of counties and towns, and how many people each polices."""

from ibis.expr.types import Table

from tallystick import table

_STOPS = r"[.']"


@table(key=["state", "agency_type", "place"])
def law_enforcement_agencies(law_enforcement_agencies_published: Table) -> Table:
    """Agencies of counties and towns by state, kind (County, City) and place, with the people they police.

    `place` is the name in small letters without stops. A place with two agencies of a kind, and one that polices
    nobody of its own, is left out: its number is unknown, not zero. Only the newest year counts.
    """
    rows = law_enforcement_agencies_published
    rows = rows.filter(rows.agency_type.isin(["County", "City"]) & (rows.data_year == rows.data_year.max()))
    rows = rows.mutate(place=rows.agency.lower().re_replace(_STOPS, "").re_replace(" county.*$", "").strip())
    made = rows.group_by("state", "agency_type", "place").aggregate(
        population=rows.population.max(), officers=rows.officers.max(), found=rows.ori.nunique()
    )
    made = made.filter((made.found == 1) & (made.population > 0))
    return made.select("state", "agency_type", "place", "population", "officers")
