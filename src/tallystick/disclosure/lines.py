"""Lines: what each sum alone demands of a pattern. Needed of every pattern, and nearly enough of most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.disclosure.demand import Demand
from tallystick.disclosure.rule import Rule


@dataclass(frozen=True, eq=False)
class Lines:
    """The sums of some cells under a rule."""

    cells: Cells
    rule: Rule
    parts: csr_matrix
    totals: Counts

    @staticmethod
    def of(cells: Cells, rule: Rule) -> Lines:
        parts = cells.matrix.copy()
        parts.data = np.where(parts.data > 0, 1, 0)
        parts.eliminate_zeros()
        return Lines(cells, rule, parts, np.array([total for total, _ in cells.sums], dtype=np.int64))

    def broken(self, hidden: Mask) -> Counts:
        """The sums that give a hidden cell away, or say too much of one.

        A hidden cell alone among shown ones is their difference. Small counts that together come to little more than
        one each say of each that it is less than the rule hides: what is hidden in such a sum must hold `width` more
        than one each.
        """
        counts = self.cells.counts
        count = self.parts @ hidden
        more = self.parts @ np.where(hidden, counts - 1, 0)
        small = self.parts @ (hidden & (counts < self.rule.threshold))
        shown = ~hidden[self.totals]
        alone = np.where(shown, count == 1, (count == 0))
        tight = shown & (small > 0) & (more < self.rule.width)
        return np.flatnonzero(alone | tight)

    def demands(self, sum_: int, hidden: Mask) -> Iterator[Demand]:
        """What the broken sum demands of any pattern that hides at least the small counts."""
        parts = np.sort(self.parts.indices[self.parts.indptr[sum_] : self.parts.indptr[sum_ + 1]])
        every: Counts = np.append(parts, self.totals[sum_])
        counts, least = self.cells.counts, self.rule.width
        if (counts[parts] < self.rule.threshold).any():
            yield Demand(every, np.append(np.minimum(counts[parts] - 1, least), least), least)
        if hidden[every].sum() == 1:
            (place,) = every[hidden[every]]
            others = every[every != place]
            yield Demand(others, np.ones(len(others)), 1, int(place))
