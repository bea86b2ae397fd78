"""What a table that is worked out value by value is made from in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallystick.errors import RecordError
from tallystick.nouns.table import Derivation
from tallystick.tables.graph import Graph


@dataclass(frozen=True)
class Inputs:
    """Of a table `by` some columns: the tables that lie in files, `rows`; those `between` them and it, in the order
    in which they are made; and `lookups`, which have no such columns and are asked as wholes.

    `keyed` has the functions over a table of `rows` that put the columns on rows that lack them.
    """

    by: tuple[str, ...]
    rows: dict[str, None] = field(default_factory=dict)
    between: dict[str, Derivation] = field(default_factory=dict)
    lookups: dict[str, None] = field(default_factory=dict)
    keyed: dict[str, Derivation] = field(default_factory=dict)


def inputs_by_value(graph: Graph, name: str) -> Inputs:
    """What the table `name`, which says `by`, is made from.

    Raises `RecordError` when an input can be worked out neither by the same columns nor as a lookup.
    """
    found = Inputs(graph.derivations[name].by)
    _gather(graph, graph.derivations[name], found)
    return found


def _gather(graph: Graph, derivation: Derivation, found: Inputs) -> None:
    for given in derivation.inputs:
        if given in graph.registers or given in graph.looked_up:
            found.lookups[given] = None
            continue
        its = graph.derivations.get(given)
        by = set(graph.unbound(given).columns) if its is None else set(its.by)
        if not set(found.by) <= by:
            raise RecordError(
                f"'{derivation.name}' is worked out by {', '.join(found.by)}, and its input '{given}' is not",
                where=f"records/tables, {derivation.name}",
                next_step=f"give '{given}' these columns, or take 'by' away",
            )
        if its is not None:
            _gather(graph, its, found)
            found.between[given] = its
        else:
            found.rows[given] = None
            if given in derivation.keyed:
                _has_within(derivation, given)
                found.keyed[given] = derivation


def _has_within(derivation: Derivation, given: str) -> None:
    if not derivation.within.get(given):
        raise RecordError(
            f"'{derivation.name}' puts keys on rows of '{given}' and does not say which rows decide them",
            where=f"records/tables, {derivation.name}",
            next_step=f"say within={{'{given}': [...]}}, or take 'by' away",
        )
