"""Encounters at the border, by month."""

import ibis
from ibis.expr.types import IntegerColumn, StringColumn, Table

from tallystick import table
from tallystick.expressions import month_of, quarter_of

MONTHS = ("OCT", "NOV", "DEC", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP")


@table(key=["month", "component", "demographic", "citizenship", "authority", "encounter_type"])
def encounters_by_month(southwest_encounters_published: Table) -> Table:
    """Encounters at and between ports of the southwest land border, by month since October 2021.

    `component` is OFO (at ports) or USBP (between them). `authority` is Title 8 or, until May 2023, Title 42; one
    person may be encountered more than once.
    """
    told = southwest_encounters_published
    year = told.fiscal_year.cast("int64")
    month = _month(year, told.month_name)
    return told.select(
        "component", "demographic", "citizenship", "authority", "encounter_type", "encounters",
        month=month, quarter=quarter_of(month), fiscal_year=year,
    )  # fmt: skip


@table(key=["month", "breakdown", "region", "sector", "citizenship", "family_status"])
def border_patrol_encounters_by_month(border_patrol_encounters_published: Table) -> Table:
    """Encounters of the US Border Patrol by month since October 1999, rounded to tens by the publisher.

    `breakdown` names how the rows are told apart: every breakdown counts every encounter once, so rows of two are
    never added up. Rounding makes the parts of a breakdown add up to some tens more or fewer than all.
    """
    told = border_patrol_encounters_published
    told = told.filter(told.period == "month")
    names = told.month_name.re_extract(r"[A-Za-z]{3}", 0).upper()
    month = _month(told.fiscal_year, names)
    return told.select(
        "breakdown", "region", "sector", "citizenship", "family_status", "encounters", "fiscal_year",
        month=month, quarter=quarter_of(month),
    )  # fmt: skip


def _month(fiscal_year: IntegerColumn, name: StringColumn) -> ibis.expr.types.DateColumn:
    """The first day of a month that is given by its fiscal year and its name in three capitals."""
    place = name.cases(*[(word, (9 + at) % 12 + 1) for at, word in enumerate(MONTHS)])
    year = fiscal_year - (place >= 10).cast("int64")
    return month_of(ibis.date(year, place, 1))
