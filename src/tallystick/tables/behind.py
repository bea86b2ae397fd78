"""Finds the rows of releases again that a table's rows were summed up from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallystick.tables.graph import Graph

_PLACE = ("release_id", "member", "source_row")


def rows_behind(graph: Graph, name: str, rows: Any) -> Iterator[tuple[str, Any]]:
    """Tables whose rows lie in releases, each with its rows behind `rows` (an expression over the table `name`).

    Rows that say where they lie are themselves the answer. Of a table derived from others it is those rows of its
    inputs that carry the keys of `rows`; an input that lacks the key's columns only names things, and is left out.
    """
    if set(_PLACE) <= set(rows.columns):
        # one line may tell of several rows: the rest of them says which comes first
        yield name, rows.order_by([*_PLACE, *(column for column in rows.columns if column not in _PLACE)])
        return
    derivation = graph.derivations.get(name)
    if derivation is None or not derivation.key:
        return
    key = list(derivation.key)
    keys = rows.select(key).distinct()
    for given in derivation.inputs:
        table = graph.unbound(given)
        if given in derivation.keyed:
            table = derivation.keyed[given](table)
        if set(key) <= set(table.columns):
            yield from rows_behind(graph, given, table.semi_join(keys, key))
