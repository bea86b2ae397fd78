"""Whether two engines give the same rows: as many times each, in whichever order."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

Row = tuple[Any, ...]


def rows_of(table: pa.Table) -> Counter[Row]:
    """The rows, each with how often it stands. Money, days and text as they are; broken numbers to ten digits."""
    return Counter(tuple(map(_told, row.values())) for row in table.to_pylist())


def apart(here: pa.Table, there: pa.Table) -> str:
    """What only one of two has; '' where they have the same."""
    mine, its = rows_of(here), rows_of(there)
    if here.column_names != there.column_names:
        return f"columns {here.column_names} and {there.column_names}"
    return "" if mine == its else f"only here {_some(mine - its)}, only there {_some(its - mine)}"


def _some(rows: Counter[Row]) -> str:
    return f"{sum(rows.values())} such as {next(iter(rows), None)}"


def _told(cell: Any) -> Any:
    if isinstance(cell, float):
        return float(f"{cell:.9e}")  # sums of the same numbers in another order differ beyond
    return cell
