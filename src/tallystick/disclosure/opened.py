"""Openings: for a hidden cell of which too much is known, a table in which it differs, and what that takes.

A linear program over all cells near one, shown ones too: people are moved so that every sum still holds and the
cell gets as far as the rule demands, at the least cost of shown cells that move (Kelly, Golden and Assad 1992). These
are hidden from then on. The table found proves the cell open, in this pattern and in each that hides more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from tallystick.disclosure.audit import settled
from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.disclosure.reader import LEAST, Numbers
from tallystick.disclosure.seen import SIZES, Seen
from tallystick.errors import TallystickError

_SHARPER = 2  # times that costs are told anew, so that few cells move far rather than many a little
_SLIGHT = 0.5
_NOTHING_LEFT = "nothing is left to hide: the whole holds fewer people than the rule hides"
_WIDER = 2
MOST_OPENED = 3_000  # cells opened one by one, each by linear programs: a bound in work, not in time
_MOVED = 1e-7


@dataclass(frozen=True, eq=False)
class Opening:
    """A table that differs from what was counted by `moves` in the cells at `places`; `cost` of those now shown."""

    places: Counts
    moves: Numbers
    cost: float


def opened(seen: Seen, hidden: Mask, costs: Numbers, most: int = MOST_OPENED) -> Mask:
    """The hidden cells, and what must be hidden besides so that each is open; `seen` learns why.

    Shown cells without a finite cost stay so. It ends: a cell that is open stays so, and each takes at most two
    tables. Where `most` cells were opened one by one and others are still not open, as in a dense table of small
    counts, what is hidden besides grows from the smallest counts on until all are. Raises `TallystickError` where
    nothing can be hidden that would do.
    """
    hidden, turn = hidden.copy(), 0
    while (left := hidden & ~seen.open).any():
        turn += 1
        if turn > most:
            return _widened(seen, hidden, costs)
        place, before = int(np.flatnonzero(left)[0]), hidden.sum()
        while ways := seen.lacks(place):
            near, found = _cheapest(seen.cells, hidden, costs, (place, ways))
            hidden[found.places] = True
            seen.take(found.places, seen.cells.counts[found.places] + found.moves)
        if hidden.sum() > before:  # what one needs is often a way for others too
            free = np.zeros_like(hidden)
            free[near.places] = hidden[near.places]
            seen.look(free & ~seen.open, free)
    return hidden


def _widened(seen: Seen, hidden: Mask, costs: Numbers) -> Mask:
    """What is hidden with all counts below a bound, which is doubled until every hidden cell is seen to be open.

    In the end all is hidden that may be, which leaves a reader the zeros, and cells shown before, alone. Raises
    `TallystickError` where that would not do.
    """
    may, bound = np.isfinite(costs), seen.rule.threshold
    while not hidden[may].all():
        bound *= _WIDER
        hidden = hidden | (may & (seen.cells.counts < bound))
        if not (hidden & ~seen.looked(hidden)).any():
            return hidden
    if settled(seen.cells, hidden, seen.rule, hidden & ~seen.open):
        raise TallystickError(_NOTHING_LEFT)
    return hidden


def _cheapest(cells: Cells, hidden: Mask, costs: Numbers, goal: tuple[int, Sequence[float]]) -> tuple[Near, Opening]:
    """The cheapest table in which a cell moves by any of some ways, and the cells near it that have one."""
    place, ways = goal
    for near in _nearer(cells, hidden, place):
        found = [one for by in ways if (one := _moved(near, np.where(hidden, 0.0, costs), place, by)) is not None]
        if found:
            return near, min(found, key=lambda one: one.cost)
    raise TallystickError(_NOTHING_LEFT)


@dataclass(frozen=True, eq=False)
class Near:
    """The cells at `places`, how many each may lose, and what of the sums they can move in."""

    places: Counts
    lose: Numbers
    sums: csr_matrix

    @staticmethod
    def of(cells: Cells, places: Counts) -> Near:
        sums = cells.matrix[:, places]
        return Near(places, cells.counts[places] - LEAST, sums[np.flatnonzero(np.diff(sums.indptr))].astype(float))


def _nearer(cells: Cells, hidden: Mask, place: int) -> Iterator[Near]:
    """The cells around one, with the hidden ones that are tied to them: wider each time, and all in the end."""
    ties = abs(cells.matrix)
    near: Mask = np.zeros(len(cells), dtype=bool)
    near[place] = True
    for size in SIZES[2:]:
        near = (ties.T @ (ties @ near)) > 0
        tied, small, before = near, hidden & (cells.floors <= size), 0
        while tied.sum() > before:
            before = tied.sum()
            tied = near | small & ((ties.T @ (ties @ (tied & hidden))) > 0)
        yield Near.of(cells, np.flatnonzero(tied))
    yield Near.of(cells, np.arange(len(cells)))


def _moved(near: Near, costs: Numbers, place: int, by: float) -> Opening | None:
    """A table in which a cell moves by as much as stated, and few that are shown do; None where there is none."""
    free = np.isfinite(costs[near.places])
    places, sums, costs = near.places[free], near.sums[:, free], costs[near.places[free]]
    bounds = [(0.0, np.inf)] * len(places) + [(0.0, lose) for lose in near.lose[free].tolist()]
    at = int(np.searchsorted(places, place))
    bounds[at], bounds[at + len(places)] = (max(by, 0.0),) * 2, (max(-by, 0.0),) * 2
    both, nothing, priced = hstack([sums, -sums]), np.zeros(sums.shape[0]), costs / abs(by)
    best: Opening | None = None
    for _ in range(1 + _SHARPER):
        found = linprog(np.tile(priced, 2), A_eq=both, b_eq=nothing, bounds=bounds, method="highs")
        if found.x is None:
            return best
        moves = found.x[: len(places)] - found.x[len(places) :]
        moved = np.abs(moves) > _MOVED
        cost = float(costs[moved].sum())
        if best is None or cost < best.cost:
            best = Opening(places[moved], moves[moved], cost)
        if not cost:
            break
        priced = costs / (np.abs(moves) + _SLIGHT)
    return best
