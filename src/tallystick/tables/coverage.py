"""Which releases speak for a table, whether it is published or made from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from tallystick.nouns.coverage import Coverage
from tallystick.tables.graph import Graph
from tallystick.tables.precedence import Grade, spoken_for


def coverage_of(table: str, graph: Graph, published: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """The coverage of `table`, from that of the published tables it is made from.

    Where several sources hold a scope the most believed one that has it whole speaks for it (`spoken_for`, by
    which the tables are built too); where none has a good release, the most believed says why.
    """
    by_table: dict[str, list[Coverage]] = {}
    for coverage in published:
        by_table.setdefault(coverage.table, []).append(coverage)
    offered = [coverage for source in _ordered(table, graph) for coverage in by_table.get(source, ())]
    chosen = spoken_for((one.scope, one.table, _grade(one)) for one in offered)
    speaking = [one for one in offered if chosen[one.scope] == one.table]
    whole = [_beside(one, offered) for one in speaking]
    return tuple(replace(one, table=table) for one in sorted(whole, key=lambda one: one.scope))


def _beside(one: Coverage, offered: Iterable[Coverage]) -> Coverage:
    """Snapshots of several sources stand side by side, each for its day; the newest of them all is named."""
    others = [its for its in offered if its.scope == one.scope and its.table != one.table and its.snapshots]
    if not one.snapshots or not others:
        return one
    days = {day.speaks_for for day in one.snapshots}
    more = [day for its in others for day in its.snapshots if day.speaks_for not in days]
    newest = max([one, *others], key=lambda its: its.speaks_for or date.min)
    held = sorted((held for its in (one, *others) for held in its.held), key=lambda held: held.speaks_for)
    snapshots = sorted((*one.snapshots, *more), key=lambda day: day.speaks_for)
    return replace(newest, snapshots=tuple(snapshots), held=tuple(held))


def _grade(coverage: Coverage) -> Grade:
    if coverage.release is None:
        return Grade.NOTHING
    if coverage.only_amends:
        return Grade.AMENDMENTS
    return Grade.PART if coverage.incomplete else Grade.WHOLE


def _ordered(table: str, graph: Graph) -> list[str]:
    """The published tables that speak for `table`, the most believed first."""
    if table in graph.catalog.published:
        return [table]
    inputs: Mapping[str, tuple[str, ...]] = {
        name: derivation.inputs for name, derivation in graph.derivations.items()
    }
    mains = [part.inputs[0] for part in graph.parts[table]] if table in graph.parts else list(inputs[table][:1])
    return list(dict.fromkeys(name for main in mains for name in _ordered(main, graph)))
