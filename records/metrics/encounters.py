"""Encounters at the border."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

TIMES = ["month", "quarter", "fiscal_year"]
BY = [*TIMES, "component", "demographic", "citizenship", "authority", "encounter_type"]


@metric(unit="count", on="month", by=BY, counts="people")
def encounters(encounters_by_month: Table) -> Scalar:
    """Encounters at and between ports of the southwest land border: apprehensions, inadmissibles, expulsions.

    From October 2021. One person may be encountered more than once.
    """
    return encounters_by_month.encounters.sum()


@metric(unit="count", on="month", by=TIMES, counts="people")
def border_patrol_encounters(border_patrol_encounters_by_month: Table) -> Scalar:
    """Encounters of the US Border Patrol at every border since October 1999, to the nearest ten a month."""
    return _of(border_patrol_encounters_by_month, "all")


@metric(unit="count", on="month", by=[*TIMES, "region", "sector"], counts="people")
def border_patrol_encounters_by_sector(border_patrol_encounters_by_month: Table) -> Scalar:
    """Encounters of the US Border Patrol by region and sector, each to the nearest ten a month."""
    return _of(border_patrol_encounters_by_month, "region and sector")


@metric(unit="count", on="month", by=[*TIMES, "region", "citizenship"], counts="people")
def border_patrol_encounters_by_citizenship(border_patrol_encounters_by_month: Table) -> Scalar:
    """Encounters of the US Border Patrol by region and citizenship, each to the nearest ten a month."""
    return _of(border_patrol_encounters_by_month, "region and citizenship")


@metric(unit="count", on="month", by=[*TIMES, "region", "family_status"], counts="people")
def border_patrol_encounters_by_family_status(border_patrol_encounters_by_month: Table) -> Scalar:
    """Encounters of the US Border Patrol by region and family status, each to the nearest ten a month."""
    return _of(border_patrol_encounters_by_month, "region and family status")


def _of(rows: Table, breakdown: str) -> Scalar:
    return rows.encounters.sum(where=rows.breakdown == breakdown)
