"""What was seen: tables that fit what is shown, and how far apart they hold each hidden cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.disclosure.reader import Numbers, components
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.swaps import Swaps, wanted

_NEAR = 1e-6
_ROUNDS = 24  # solutions that look at many cells at once, before those left are looked at more widely
_DOWN = (0, 7, 19)
_FRUITLESS = 2
_ROOM = 4  # how far above its count, in thresholds, a cell may go in a solution that looks at many
SIZES = (1, 8, 64, 512, 4_096)
"""How many cells above zero the totals have that may move: while greater ones stand still, hidden cells fall apart
into many small programs, which find most tables at a small part of the cost."""


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

    def take(self, places: Counts, counts: Numbers) -> None:
        """Learn of a table that fits: what the cells at `places` hold in it, all others being as counted."""
        self.least[places] = np.minimum(self.least[places], counts)
        self.most[places] = np.maximum(self.most[places], counts)

    def lacks(self, place: int) -> tuple[float, ...]:
        """How far, up or down, the cell must move in another table to be open: any of these; none when it is."""
        count, least, most = float(self.cells.counts[place]), self.least[place], self.most[place]
        if count >= self.rule.threshold:
            lacks = self.rule.width - (most - least)
            return (most + lacks - count, least - lacks - count) if lacks > _NEAR else ()
        floor = float(self.cells.floors[place])
        if most < floor + self.rule.width - _NEAR:
            return (floor + self.rule.width - count,)
        return (floor - count,) if least > floor + _NEAR else ()

    def looked(self, hidden: Mask) -> Mask:
        """Which cells of a pattern are open by tables that were found, after looking for more."""
        self._swap(hidden)
        for size in SIZES:
            free = hidden & (self.cells.floors <= size)
            self.look(free & ~self.open, free)
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

    def look(self, left: Mask, free: Mask) -> None:
        """Find tables that differ from what was counted in the cells of `free` only, and widely in those `left`."""
        for component in components(self.cells, free) if left.any() else ():
            places, counts = component.places, self.cells.counts[component.places]
            small = counts < self.rule.threshold
            wide = counts + _ROOM * self.rule.threshold
            turn = np.random.default_rng(len(places))  # weights that depend on nothing but the number of cells
            left, fruitless = ~self._are_open(places), 0
            for number in range(_ROUNDS):
                if not left.any() or fruitless > _FRUITLESS:
                    break
                # Nearly all can be few at once, by turns only few can be many.
                sign = -1.0 if number in _DOWN else 1.0
                weights = np.where(left, sign * (0.5 + turn.random(len(places))), 0.0)
                told = component.furthest(
                    weights, np.where(left & small, self.cells.floors[places] + self.rule.width, wide)
                )
                self.take(places, told)
                before, left = left.sum(), ~self._are_open(places)
                fruitless = 0 if left.sum() < before else fruitless + 1

    def _are_open(self, places: Counts) -> Mask:
        least, most, floors = self.least[places], self.most[places], self.cells.floors[places]
        covers = (least <= floors + _NEAR) & (most >= floors + self.rule.width - _NEAR)
        small = self.cells.counts[places] < self.rule.threshold
        return np.asarray(np.where(small, covers, most - least >= self.rule.width - _NEAR))
