"""What the tables of detention statistics share: how the tabs call people, and which figures a titled table has."""

import ibis
from ibis.expr.types import Table

AGENCIES = (("ice", "ICE"), ("cbp", "CBP"), ("total", "all"))
CRIMINALITY = (
    ("convicted criminal", "convicted"),
    ("pending criminal charges", "pending"),
    ("other immigration violator", "neither"),
    ("non-criminal", "not convicted"),
    ("total", "all"),
)
FACILITY_TYPES = (("adult", "adult"), ("frc", "family"), ("fsc", "family"), ("total", "all"))
PROVENANCE = ("release_id", "scope", "member", "source_row", "as_of", "sheet", "cell")


def of(figures: Table, *titles: str) -> Table:
    """The figures of the tables of these titles, with the fiscal year as a number and the day that they speak for.

    A workbook may carry the tab of the year before: that speaks for the last day of its fiscal year.
    """
    rows = figures.filter(figures.title.isin(titles) & figures.value.notnull())
    year = rows.fiscal_year.cast("int64")
    ended = ibis.date(year.cast("int32"), 9, 30)
    return rows.mutate(fiscal_year=year, as_of=ibis.ifelse(rows.as_of > ended, ended, rows.as_of))
