"""The audit: whether what is shown leaves every hidden cell as open as the rule demands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.reader import components
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.seen import Seen

_NEAR = 1e-6


@dataclass(frozen=True)
class Inferred:
    """What a reader may infer of the hidden cell at `place` of the cells: it holds from `least` to `most`."""

    place: int
    least: float
    most: float


def intervals(cells: Cells, hidden: Mask) -> tuple[Inferred, ...]:
    """What a reader may infer of each hidden cell, by two linear programs for each."""
    return tuple(
        Inferred(int(component.places[place]), *component.interval(place))
        for component in components(cells, hidden)
        for place in range(len(component.places))
    )


def too_narrow(cells: Cells, hidden: Mask, rule: Rule) -> tuple[Inferred, ...]:
    """The hidden cells of which more may be inferred than the rule allows, with intervals; none when it holds.

    A cell is as open as two tables that fit all that is shown and differ in it. Such tables are found for many cells
    at once, those that differ near the cell first; what they do not settle is settled cell by cell, with nothing
    held fast. So what is told is never a guess, and no cell passes without two tables that were found for it.
    """
    return settled(cells, hidden, rule, hidden & ~Seen.of(cells, rule).looked(hidden))


def settled(cells: Cells, hidden: Mask, rule: Rule, left: Mask) -> tuple[Inferred, ...]:
    """Those of the cells `left` of which more may be inferred than the rule allows, looked at one by one."""
    found = []
    for component in components(cells, hidden) if left.any() else ():
        for place in np.flatnonzero(left[component.places]):
            cell = int(component.places[place])
            told = Inferred(cell, *component.interval(int(place)))
            if not is_open(told, cells, rule):
                found.append(told)
    return tuple(sorted(found, key=lambda one: one.place))


def is_open(told: Inferred, cells: Cells, rule: Rule) -> bool:
    """Whether an interval is as wide as the rule demands of the hidden cell."""
    if cells.counts[told.place] < rule.threshold:
        floor = cells.floors[told.place]
        return bool(told.least <= floor + _NEAR and told.most >= floor + rule.width - _NEAR)
    return told.most - told.least >= rule.width - _NEAR
