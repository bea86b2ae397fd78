"""The values of a column that are nearest to what a reader wrote."""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.metrics.filters import column

_SHOWN = 50


def nearest_values(table: Any, dimension: str, written: str) -> Any:
    """Up to fifty values of a dimension as one text column `value`, the nearest by edit distance first."""
    values = (
        table.select(value=table[column(table, dimension)].cast("string")).distinct().filter(ibis._.value.notnull())
    )
    return values.order_by([values.value.levenshtein(ibis.literal(written)), values.value]).limit(_SHOWN)
