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


def days_until_ended(rows: Any, part: float, end: int = 0) -> Any:
    """Within how many days `part` of the rows have ended, those still going on counted as far as they were watched.

    `end` is -1 or 1 for the lower or upper end of its 95 percent interval. Kaplan and Meier, with delayed entry.
    """
    return quantile_of_lengths(_spells(rows, "days"), part, end)


def share_ended(rows: Any, how: int, within: Any, end: int = 0, column: str = "days") -> Any:
    """The share of the rows that ended as `how` (0: in any way) within so many days, each way beside the others.

    `end` is -1 or 1 for the lower or upper end of its 95 percent interval. Aalen and Johansen, with delayed entry.
    """
    return share_ended_within(_spells(rows, column), how, within.cast("float64"), end)


def _spells(rows: Any, column: str) -> Any:
    told = rows[column].notnull() & (rows[column] > rows.after)
    return ibis.array([rows.after, rows[column], rows.how]).collect(where=told)
