"""Which releases speak for a table, whether it is published or made from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tallystick.nouns.coverage import Coverage
from tallystick.tables.graph import Graph


def coverage_of(table: str, graph: Graph, published: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """The coverage of `table`, from that of the published tables it is made from.

    Where several sources hold a scope the most believed one with a good release speaks for it; where none has a
    good one, the most believed says why.
    """
    by_table: dict[str, list[Coverage]] = {}
    for coverage in published:
        by_table.setdefault(coverage.table, []).append(coverage)
    chosen: dict[str, Coverage] = {}
    for source in _ordered(table, graph):
        for coverage in by_table.get(source, ()):
            before = chosen.get(coverage.scope)
            if before is None or (before.release is None and coverage.release is not None):
                chosen[coverage.scope] = replace(coverage, table=table)
    return tuple(chosen[scope] for scope in sorted(chosen))


def _ordered(table: str, graph: Graph) -> list[str]:
    """The published tables that speak for `table`, the most believed first."""
    if table in graph.catalog.published:
        return [table]
    inputs: Mapping[str, tuple[str, ...]] = {
        name: derivation.inputs for name, derivation in graph.derivations.items()
    }
    mains = [part.inputs[0] for part in graph.parts[table]] if table in graph.parts else list(inputs[table][:1])
    return list(dict.fromkeys(name for main in mains for name in _ordered(main, graph)))
