"""What awards may reach, and which of them end soon."""

import ibis
from ibis.expr.types import BooleanColumn, Scalar, Table, Value

from tallystick import metric

BY = ["agency", "recipient", "recipient_name", "piid", "category", "psc", "naics", "current_end_date"]


def _ends_soon(awards: Table, day: Value) -> BooleanColumn:
    end = awards.current_end_date
    return (end > day) & (end <= day + ibis.interval(months=12))


@metric(unit="USD", by=BY, over=["ceiling_usd"])
def ceiling(awards: Table) -> Scalar:
    """What awards may reach with every option: the sum of their potential total values, as last modified.

    Awards whose ceiling no source gives are left out, and how many there are is told; unknown where all are such.
    """
    return awards.ceiling_usd.sum()


@metric(unit="USD", by=BY, over=["ceiling_usd"])
def obligated_under_ceilings(awards: Table) -> Scalar:
    """Money obligated so far on awards whose ceiling is known: what `ceiling` is laid beside.

    Awards whose ceiling no source gives are left out, and how many there are is told; unknown where all are such.
    """
    return awards.obligated_usd.sum(where=awards.ceiling_usd.notnull())


@metric(unit="share", by=BY, over=["ceiling_usd", "obligated_usd"])
def share_of_ceiling_used(awards: Table, by: list[str]) -> Table:
    """The share of the ceiling that is obligated.

    Obligated money divided by the potential total value, over the awards for which both are known and the ceiling is
    above zero; how many are left out is told. Above 1 where more was obligated than the record says was possible.
    """
    both = awards.filter(awards.obligated_usd.notnull() & (awards.ceiling_usd > 0))
    used, most = both.obligated_usd.sum().cast("float64"), both.ceiling_usd.sum().cast("float64")
    return both.aggregate(by=by, value=used / most)


@metric(unit="count", by=BY, over=["current_end_date"])
def awards_ending_within_a_year(awards: Table, day: Value) -> Scalar:
    """Awards whose current end date lies after the day asked about and at most twelve months later.

    The day is the Edition's own unless another is stated. Awards without a current end date are left out, and how
    many there are is told; unknown where all are such.
    """
    return _ends_soon(awards, day).sum()


@metric(unit="USD", by=BY, over=["current_end_date"])
def obligated_on_awards_ending_within_a_year(awards: Table, day: Value) -> Scalar:
    """Money obligated so far on awards whose current end date lies within twelve months after the day asked about.

    The day is the Edition's own unless another is stated. Awards without a current end date are left out, and how
    many there are is told; unknown where all are such.
    """
    return awards.obligated_usd.sum(where=_ends_soon(awards, day))
