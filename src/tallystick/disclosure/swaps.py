"""Swaps: tables that fit what is shown, found without a solver, by moving people around four hidden cells.

Two areas and two days of a month, all four hidden: as many as go up in one corner go down beside it, so that no sum
changes. Most hidden cells of large tables are shown to be open by a few of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tallystick.disclosure.cells import Cells, Counts, Mask

_TWO = 2


@dataclass(frozen=True, eq=False)
class Swaps:
    """Hidden cells without parts that belong to two sums each, by these: `at` is where two sums meet."""

    cells: Cells
    sums: dict[int, tuple[int, int]]
    members: dict[int, list[int]]
    at: dict[tuple[int, int], int]

    @staticmethod
    def of(cells: Cells, hidden: Mask) -> Swaps:
        parts = cells.matrix.tocsc()
        sums: dict[int, tuple[int, int]] = {}
        members: dict[int, list[int]] = defaultdict(list)
        for place in np.flatnonzero(hidden).tolist():
            of = parts.indices[parts.indptr[place] : parts.indptr[place + 1]]
            if len(of) == _TWO and (parts.data[parts.indptr[place] : parts.indptr[place + 1]] > 0).all():
                one, other = sorted(of.tolist())
                sums[place] = one, other
                members[one].append(place)
                members[other].append(place)
        return Swaps(cells, sums, dict(members), {sums[place]: place for place in sums})

    def moved(self, place: int, by: int) -> Iterator[tuple[int, int]]:
        """What cells hold, by their places, once the one at `place` went up or down `by` people, as far as it can.

        Nothing where it cannot move. Every cell keeps at least one person.
        """
        if place not in self.sums or not by:
            return iter(())
        now: dict[int, int] = {}
        counts, left = self.cells.counts, abs(by)
        for beside, across, corner in self._corners(place):
            down = (beside, across) if by > 0 else (place, corner)
            step = min(left, *(now.get(cell, int(counts[cell])) - 1 for cell in down))
            if step < 1:
                continue
            for cell in (place, beside, across, corner):
                sign = -1 if cell in down else 1
                now[cell] = now.get(cell, int(counts[cell])) + sign * step
            left -= step
            if not left:
                break
        return iter(now.items())

    def _corners(self, place: int) -> Iterator[tuple[int, int, int]]:
        """The cells that share each of the two sums with one, and the cell that closes the ring."""
        first, second = self.sums[place]
        for beside in self.members[first]:
            its = self._other(beside, first)
            for across in self.members[second] if beside != place else ():
                if across != place:
                    ends = self._other(across, second)
                    corner = self.at.get((min(its, ends), max(its, ends)))
                    if corner is not None:
                        yield beside, across, corner

    def _other(self, place: int, sum_: int) -> int:
        one, other = self.sums[place]
        return other if one == sum_ else one


def wanted(counts: Counts, floors: Counts, threshold: int, width: int) -> tuple[Counts, Counts]:
    """How far each cell must be able to go up and down, so that it is open."""
    small = counts < threshold
    up = np.where(small, np.maximum(floors + width - counts, 0), width)
    return np.asarray(up), np.asarray(np.where(small, counts - floors, 0))
