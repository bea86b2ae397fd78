"""Quantiles of values that are only known as counts: how many there are of each."""

from __future__ import annotations

from typing import Any

import ibis


def quantile_of_counts(rows: Any, by: list[str], value: str, count: str, share: float) -> Any:
    """The quantile `share` (0.5 is the median) of the column `value`, which stands `count` times: `by` and `value`.

    As if every value stood on a row of its own: between two neighbours it is interpolated in proportion (the seventh
    definition of Hyndman and Fan, American Statistician 50, 1996), so that a median of an even number is the mean of
    the two in the middle. Rows without a value are left out.
    """
    told = rows.filter(rows[value].notnull())
    each = told.group_by([*by, value]).aggregate(n=told[count].sum())
    upto = each.n.sum().over(ibis.window(group_by=by, order_by=each[value], preceding=None, following=0))
    all_of = each.n.sum().over(ibis.window(group_by=by))
    placed = each.mutate(upto=upto, place=(all_of - 1).cast("float64") * share)
    lower = placed.place.floor().cast("int64")
    upper = placed.place.ceil().cast("int64")
    first = placed.upto - placed.n
    placed = placed.mutate(
        low=ibis.ifelse((first <= lower) & (lower < placed.upto), placed[value], None),
        high=ibis.ifelse((first <= upper) & (upper < placed.upto), placed[value], None),
        part=placed.place - lower,
    )
    found = placed.aggregate(by=by, low=placed.low.max(), high=placed.high.max(), part=placed.part.max())
    between = found.low + (found.high - found.low) * found.part
    return found.select(*by, value=between.cast("float64"))
