"""Cuts: what must be hidden besides, so that a reader can no longer narrow a hidden cell.

By the duality of linear programs (Fischetti and Salazar-González 2000): whatever prices are put on the sums, a cell
can move no further than the hidden cells, at these prices, let it. At the prices by which a reader narrows it, that
is too little for the pattern at hand: a demand that this pattern does not meet and every good one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.disclosure.audit import Inferred
from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.demand import Demand
from tallystick.disclosure.reader import Component, components
from tallystick.disclosure.rule import Rule

_NEAR = 1e-7


def cuts(cells: Cells, hidden: Mask, rule: Rule, narrow: Sequence[Inferred]) -> Iterator[Demand]:
    """The demands that the pattern fails for the cells of which too much may be inferred."""
    wanted = {one.place: one for one in narrow}
    for component in components(cells, hidden):
        for place, cell in enumerate(component.places):
            if int(cell) in wanted:
                yield from _of_one(cells, component, place, rule, wanted[int(cell)])


def _of_one(cells: Cells, component: Component, place: int, rule: Rule, told: Inferred) -> Iterator[Demand]:
    cell, count = told.place, int(cells.counts[told.place])
    up, down = (_reach(cells, component, place, sign) for sign in (1.0, -1.0))
    if count >= rule.threshold:
        if up is not None and down is not None:
            yield _demand(cell, up + down, rule.width, cell)
        return
    floor = int(cells.floors[cell])
    if up is not None and told.most < floor + rule.width - _NEAR:
        yield _demand(cell, up, floor + rule.width - count)
    if down is not None and told.least > floor + _NEAR:
        yield _demand(cell, down, count - floor)


def _reach(cells: Cells, component: Component, place: int, sign: float) -> NDArray[np.float64] | None:
    """How far each cell, if hidden, lets the one at `place` move up (1) or down (-1) at the reader's prices."""
    weights = np.zeros(len(component.places))
    weights[place] = sign
    prices = component.prices(weights)
    if prices is None:
        return None
    left = -(cells.matrix[component.sums].T @ prices)
    left[component.places[place]] += sign
    left[np.abs(left) < _NEAR] = 0.0
    return np.where(left > 0, np.inf, np.where(left < 0, -left * (cells.counts - 1.0), 0.0))


def _demand(cell: int, reach: NDArray[np.float64], least: float, of: int | None = None) -> Demand:
    reach = np.minimum(reach, least)
    reach[cell] = 0.0
    places = np.flatnonzero(reach)
    return Demand(places, reach[places], float(least), of)
