"""How long things last, where some last still: expressions over rows of `days`, `after` and `how`.

`days` is how long one was watched, NULL where that is unknown; it counts among those at risk of ending once `after`
days have passed (-1: from the beginning); `how` it ended: 0 not yet, 1 as it should, 2 otherwise. The estimates are
made by functions of the engine (`tallystick.engines.estimates`).
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as dt

_SPELLS = dt.Array(dt.Array(dt.int64))


@ibis.udf.scalar.builtin(signature=((_SPELLS, dt.float64, dt.int64), dt.float64))
def quantile_of_lengths(spells, part, side):  # type: ignore[no-untyped-def]
    """See `tallystick.engines.estimates`."""


@ibis.udf.scalar.builtin(signature=((_SPELLS, dt.int64, dt.float64, dt.int64), dt.float64))
def share_ended_within(spells, how, length, side):  # type: ignore[no-untyped-def]
    """See `tallystick.engines.estimates`."""


def days_until_ended(rows: Any, part: float, end: int = 0, where: Any = True, seen: Any = None) -> Any:
    """Within how many days `part` of the rows have ended, those still going on counted as far as they were watched.

    Of the rows `where` it says so; of what was `seen` in so many days after each began, where that is given. `end` is
    -1 or 1 for the lower or upper end of its 95 percent interval. Kaplan and Meier, with delayed entry.
    """
    if seen is None:
        return quantile_of_lengths(_spells(rows, rows.days, rows.how, where), part, end)
    cut = rows.days > seen
    days, how = ibis.ifelse(cut, seen, rows.days), ibis.ifelse(cut, 0, rows.how)
    return quantile_of_lengths(_spells(rows, days.cast("int64"), how.cast("int64"), where), part, end)


def share_ended(rows: Any, how: int, within: Any, end: int = 0, column: str = "days") -> Any:
    """The share of the rows that ended as `how` (0: in any way) within so many days, each way beside the others.

    `end` is -1 or 1 for the lower or upper end of its 95 percent interval. Aalen and Johansen, with delayed entry.
    """
    return share_ended_within(_spells(rows, rows[column], rows.how, True), how, within.cast("float64"), end)


def _spells(rows: Any, length: Any, how: Any, where: Any) -> Any:
    told = length.notnull() & (length > rows.after) & where
    return ibis.array([rows.after, length, how]).collect(where=told)
