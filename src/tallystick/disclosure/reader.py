"""The reader who infers: what sums and shown cells leave open of the hidden ones, by linear programming.

A reader knows every shown cell, every sum, and that a hidden cell holds at least one person, since zeros are shown.
Hidden cells tied together by sums make a component; components say nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.csgraph import connected_components

from tallystick.disclosure.cells import Cells, Counts, Mask
from tallystick.errors import TallystickError

Numbers: TypeAlias = NDArray[np.float64]
LEAST = 1.0
"""What every hidden cell is known to hold at least."""
_UNBOUNDED = 3


@dataclass(frozen=True, eq=False)
class Component:
    """Hidden cells tied together: their `places`, and sums: `matrix` x = `known`, what shown cells leave of them.

    `sums` are the places of these sums among those of the cells.
    """

    places: NDArray[np.int64]
    matrix: csr_matrix
    known: Numbers
    sums: NDArray[np.int64]

    def furthest(self, weights: Numbers, most: Numbers | None = None) -> Numbers:
        """The counts that make the weighted sum largest, of all that a reader must hold possible.

        `most` bounds each count from above; where None and the sum has no largest, infinities at what grows.
        """
        bounds = [(LEAST, None if most is None else float(top)) for top in (most if most is not None else weights)]
        found = linprog(-weights, A_eq=self.matrix, b_eq=self.known, bounds=bounds, method="highs")
        if found.status == _UNBOUNDED:
            return np.where(weights > 0, np.inf, LEAST)
        if found.x is None:
            raise TallystickError(f"the solver found no table that fits what is shown: {found.message}")
        return np.asarray(found.x, dtype=np.float64)

    def prices(self, weights: Numbers) -> Numbers | None:
        """For each sum, by how much the largest weighted sum grows with it; None where there is no largest."""
        bounds = [(LEAST, None)] * len(weights)
        found = linprog(-weights, A_eq=self.matrix, b_eq=self.known, bounds=bounds, method="highs")
        return None if found.x is None else -np.asarray(found.eqlin.marginals, dtype=np.float64)

    def interval(self, place: int) -> tuple[float, float]:
        """The least and the most that the cell at `place` of this component may hold."""
        weights = np.zeros(len(self.places))
        weights[place] = 1.0
        return float(self.furthest(-weights)[place]), float(self.furthest(weights)[place])


def components(cells: Cells, hidden: Mask) -> Iterator[Component]:
    """The components of the cells whose counts a reader does not know, in the order of their first cells."""
    places = np.flatnonzero(hidden)
    if not len(places):
        return
    sums = cells.matrix[:, places]
    told = np.flatnonzero(np.diff(sums.indptr))
    sums = sums[told]
    shown = cells.matrix[told] @ np.where(hidden, 0, cells.counts)
    tied = (abs(sums.T) @ abs(sums)).tocsr()
    count, label = connected_components(tied, directed=False)
    of_row = label[sums.indices[sums.indptr[:-1]]]
    columns, rows = _grouped(label, count), _grouped(of_row, count)
    for of_columns, of_rows in sorted(zip(columns, rows, strict=True), key=lambda pair: int(pair[0][0])):
        matrix, known = sums[of_rows][:, of_columns], -shown[of_rows]
        rows = _distinct(matrix, known)
        told_by = told[of_rows[rows]]
        yield Component(places[of_columns], matrix[rows].astype(float), known[rows].astype(float), told_by)


def _distinct(matrix: csr_matrix, known: Counts) -> list[int]:
    """The sums, each once: a month by area alone in its quarter says the same twice."""
    both = hstack([matrix, csr_matrix(known.reshape(-1, 1))]).tocsr()
    both.sort_indices()
    seen = {
        (both.indices[start:end].tobytes(), both.data[start:end].tobytes()): row
        for row, (start, end) in enumerate(zip(both.indptr[:-1], both.indptr[1:], strict=True))
    }
    return sorted(seen.values())


def _grouped(label: NDArray[np.int32], count: int) -> list[NDArray[np.int64]]:
    order = np.argsort(label, kind="stable")
    return np.split(order, np.searchsorted(label[order], np.arange(1, count)))
