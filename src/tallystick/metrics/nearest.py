"""Whether what a reader wrote is there, and the values of its column that are nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import ibis

from tallystick.metrics.filters import column
from tallystick.nouns.metric import Values

_SHOWN = 50
_OFFERED = 200


def unheard(
    table: Any, where: Mapping[str, Values], run: Callable[[Any], Sequence[Mapping[str, Any]]]
) -> Iterator[tuple[str, str, list[str]]]:
    """The dimension and value of each wanted value that no row has, and the nearest that exist; `run` gives rows."""
    asked = plain_values(where)
    found = run(found_values(table, asked)) if asked else []
    heard = {(row["dimension"], row["value"]) for row in found}
    for name, value in asked:
        if (name, value) not in heard:
            yield name, value, [row["value"] for row in run(nearest_values(table, name, value))]


def nearest_values(table: Any, dimension: str, written: str) -> Any:
    """Up to fifty values of a dimension as one text column `value`, the nearest by edit distance first."""
    values = (
        table.select(value=table[column(table, dimension)].cast("string")).distinct().filter(ibis._.value.notnull())
    )
    return values.order_by([values.value.levenshtein(ibis.literal(written)), values.value]).limit(_SHOWN)


def frequent_values(table: Any, dimension: str) -> Any:
    """The values of a dimension that the most rows have, up to two hundred, as one text column `value`."""
    told = table.select(value=table[column(table, dimension)].cast("string")).filter(ibis._.value.notnull())
    counted = told.group_by("value").aggregate(rows=ibis._.count())
    return counted.order_by([counted.rows.desc(), counted.value]).limit(_OFFERED).select("value")


def plain_values(where: Mapping[str, Values]) -> list[tuple[str, str]]:
    """Each dimension of the filters with each value wanted of it, patterns left out."""
    listed = ((name, [wanted] if isinstance(wanted, str) else wanted) for name, wanted in where.items())
    return [(name, value) for name, values in listed for value in values if "*" not in value]


def found_values(table: Any, asked: Sequence[tuple[str, str]]) -> Any:
    """Those of `asked` that some row has, as columns `dimension` and `value`: one expression for all of them."""
    by_dimension: dict[str, list[str]] = {}
    for name, value in asked:
        by_dimension.setdefault(name, []).append(value)
    parts = []
    for name, values in by_dimension.items():
        cells = table.select(dimension=ibis.literal(name), value=table[column(table, name)].cast("string"))
        parts.append(cells.filter(cells.value.isin(values)).distinct())
    return parts[0] if len(parts) == 1 else ibis.union(*parts)
