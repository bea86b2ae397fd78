"""The audit: whether what is shown leaves every hidden cell as open as the rule demands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.disclosure.reader import Numbers, components
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.swaps import Swaps, wanted

_NEAR = 1e-6
_ROUNDS = 24  # solutions that look at many cells at once, before those left are looked at more widely
_DOWN = (0, 7, 19)
_BOTH_WAYS = 2  # of one cell alone: down, then up
_FRUITLESS = 2
_ROOM = 4  # how far above its count, in thresholds, a cell may go in a solution that looks at many
_RADII = (1, 3)
_NEIGHBOURS = 3


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


def _around(ties: csr_matrix, hidden: Mask, left: Mask, radius: int) -> Mask:
    """The hidden cells within `radius` sums of those left."""
    near = left.copy()
    for _ in range(radius if left.any() else 0):
        near = hidden & ((ties.T @ (ties @ near)) > 0)
    return near


@dataclass(frozen=True, eq=False)
class Seen:
    """The least and the most that each cell holds in the tables found so far, each of which fits what is shown.

    What was seen of a pattern holds of every pattern that hides more.
    """

    cells: Cells
    rule: Rule
    least: Numbers
    most: Numbers

    @staticmethod
    def of(cells: Cells, rule: Rule) -> Seen:
        return Seen(cells, rule, cells.counts.astype(np.float64), cells.counts.astype(np.float64))

    @property
    def open(self) -> Mask:
        return self._are_open(np.arange(len(self.cells)))

    def looked(self, hidden: Mask) -> Mask:
        """Which cells of a pattern are open by tables that were found, after looking for more."""
        totals: Mask = np.zeros(len(self.cells), dtype=bool)
        totals[[total for total, _ in self.cells.sums]] = True
        self._swap(hidden)
        self.look(hidden & ~totals & ~self.open, hidden & ~totals)
        ties = abs(self.cells.matrix)
        for radius in _RADII:
            left = hidden & ~self.open
            self.look(left, _around(ties, hidden, left, radius))
        for place in np.flatnonzero(hidden & ~self.open):
            alone: Mask = np.zeros(len(self.cells), dtype=bool)
            alone[place] = True
            self.look(alone, _around(ties, hidden, alone, _NEIGHBOURS), alone)
        return self.open

    def _swap(self, hidden: Mask) -> None:
        """Find tables by moving people around four hidden cells, for those that are not open yet."""
        swaps, cells = Swaps.of(self.cells, hidden), self.cells
        up, down = wanted(cells.counts, cells.floors, self.rule.threshold, self.rule.width)
        for place in np.flatnonzero(hidden & ~self.open).tolist():
            for by in (int(up[place]), -int(down[place])):
                for cell, count in swaps.moved(place, by):
                    self.least[cell] = min(self.least[cell], count)
                    self.most[cell] = max(self.most[cell], count)

    def look(self, left: Mask, free: Mask, of: Mask | None = None) -> None:
        """Find tables that differ from what was counted in the cells of `free` only, and widely in those `left`.

        Of the cells `of` only, if stated.
        """
        for component in components(self.cells, free) if left.any() else ():
            places, counts = component.places, self.cells.counts[component.places]
            small = counts < self.rule.threshold
            wide = counts + _ROOM * self.rule.threshold
            turn = np.random.default_rng(len(places))  # weights that depend on nothing but the number of cells
            wanted = True if of is None else of[places]
            left, fruitless = wanted & ~self._are_open(places), 0
            for number in range(_ROUNDS if of is None else _BOTH_WAYS):
                if not left.any() or fruitless > _FRUITLESS:
                    break
                # Nearly all can be few at once, by turns only few can be many.
                sign = -1.0 if number in _DOWN else 1.0
                weights = np.where(left, sign * (0.5 + turn.random(len(places))), 0.0)
                told = component.furthest(
                    weights, np.where(left & small, self.cells.floors[places] + self.rule.width, wide)
                )
                self.least[places] = np.minimum(self.least[places], told)
                self.most[places] = np.maximum(self.most[places], told)
                before, left = left.sum(), wanted & ~self._are_open(places)
                fruitless = 0 if left.sum() < before else fruitless + 1

    def _are_open(self, places: Counts) -> Mask:
        least, most, floors = self.least[places], self.most[places], self.cells.floors[places]
        covers = (least <= floors + _NEAR) & (most >= floors + self.rule.width - _NEAR)
        small = self.cells.counts[places] < self.rule.threshold
        return np.asarray(np.where(small, covers, most - least >= self.rule.width - _NEAR))
