"""Demands on a pattern, and the cheapest cells to hide so that all are met: by the solver, or one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tallystick.disclosure.cells import Counts, Mask
from tallystick.errors import TallystickError

_GAP = 0.01
_NODES = 2_000  # of the solver's search: a bound in work and not in time, so that every machine finds the same
_NEAR = 1e-6
LARGEST = 20_000
"""Cells tied together that the solver is asked about; of more, each demand is met by the cheapest cell at hand."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Of the cells at `places`, those hidden must weigh at least `least` together; met where the cell `of` is shown.

    `of` is None where it holds whatever is shown. `weights` are not below zero.
    """

    places: Counts
    weights: NDArray[np.float64]
    least: float
    of: int | None = None

    def lacks(self, hidden: Mask) -> float:
        """By how much the hidden cells weigh too little; nothing or less where the demand is met."""
        if self.of is not None and not hidden[self.of]:
            return 0.0
        return float(self.least - self.weights[hidden[self.places]].sum())


def cheapest(costs: NDArray[np.float64], primary: Mask, demands: Sequence[Demand]) -> Mask:
    """The cells to hide, those of `primary` among them, that meet every demand at the least cost.

    Demands that share no cell are solved apart, so that the cells of one year are chosen without regard to another.
    """
    hidden = primary.copy()
    of_each = [_free(one, primary) for one in demands]
    for block in _blocks(of_each, len(costs)):
        chosen = _solved(costs, primary, [demands[place] for place in block])
        if chosen is None:
            hidden |= mended(costs, primary, [demands[place] for place in block])
        else:
            hidden[chosen] = True
    return hidden


def mended(costs: NDArray[np.float64], hidden: Mask, demands: Sequence[Demand]) -> Mask:
    """The hidden cells and, for each demand not yet met, those that meet it for the least, one after the other."""
    hidden = hidden.copy()
    for one in demands:
        while (lacks := one.lacks(hidden)) > _NEAR:
            free = ~hidden[one.places] & (one.weights > _NEAR)
            if not free.any():
                raise TallystickError("nothing is left to hide: the whole holds fewer people than the rule hides")
            worth = costs[one.places] / np.minimum(one.weights, lacks).clip(_NEAR)
            hidden[one.places[np.where(free, worth, np.inf).argmin()]] = True
    return hidden


def _free(demand: Demand, primary: Mask) -> Counts:
    """The cells that a demand leaves a choice of."""
    of = [] if demand.of is None else [demand.of]
    every = np.concatenate([demand.places[demand.weights > _NEAR], np.array(of, dtype=np.int64)])
    return every[~primary[every]]


def _blocks(of_each: Sequence[Counts], size: int) -> list[list[int]]:
    """The demands that are tied together by cells they share, by their places."""
    rows: Counts = np.repeat(np.arange(len(of_each)), [len(one) for one in of_each])
    columns = np.fromiter(chain.from_iterable(of_each), dtype=np.int64)
    incident = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(of_each), size))
    _, label = connected_components(incident @ incident.T, directed=False)
    blocks: dict[int, list[int]] = {}
    for place, named in enumerate(label):
        if len(of_each[place]):
            blocks.setdefault(int(named), []).append(place)
    return list(blocks.values())


def _solved(costs: NDArray[np.float64], primary: Mask, demands: Sequence[Demand]) -> Counts | None:
    """The cells of one block that meet its demands at the least cost; None where the solver gives none."""
    free = np.unique(np.concatenate([_free(one, primary) for one in demands]))
    if len(free) > LARGEST:
        return None
    column = {int(place): number for number, place in enumerate(free)}
    entries: list[tuple[int, int, float]] = []
    least = np.zeros(len(demands))
    for number, one in enumerate(demands):
        hidden = primary[one.places]
        need = one.least - one.weights[hidden].sum()
        pairs = zip(one.places[~hidden], one.weights[~hidden], strict=True)
        entries += [(number, column[int(place)], min(weight, need)) for place, weight in pairs if weight > _NEAR]
        if one.of is None or primary[one.of]:
            least[number] = need
        else:
            entries.append((number, column[one.of], -need))
    rows, columns, weights = zip(*entries, strict=True)
    matrix = csr_matrix((weights, (rows, columns)), shape=(len(demands), len(free)))
    found = milp(
        costs[free],
        integrality=np.ones(len(free)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=least - _NEAR),
        options={"mip_rel_gap": _GAP, "node_limit": _NODES},
    )
    return None if found.x is None else free[found.x > 0.5]
