"""The least that can be hidden, by one integer program that states the whole rule: slow, and of nobody else's making.

A yes or no for each cell, and for each cell two tables that fit every sum, differ from the counts in hidden cells
only and, where the cell is hidden, hold it as far apart as the rule demands (after Fischetti and Salazar-González
2000, without their decomposition). It shares no code with what chooses patterns, only the rule and the solver.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, hstack, identity, kron, vstack

from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.rule import Rule

_FAR = 60.0
"""How far a table may differ from the counts in one cell; upwards nothing else would bound it."""


def least_hidden(cells: Cells, rule: Rule, primary: Mask, costs: np.ndarray) -> Mask:
    """The pattern of least cost under which every hidden cell is as open as the rule demands."""
    size, sums = len(cells), cells.matrix.shape[0]
    moves = 2 * size * size  # the table of cell p upwards, by cells, then all tables downwards
    fits = hstack([coo_matrix((2 * size * sums, size)), kron(identity(2 * size), cells.matrix)])
    every = kron(np.ones((2 * size, 1)), identity(size))
    up = hstack([-_FAR * every, identity(moves)])
    down = hstack([np.tile(cells.counts - 1.0, 2 * size)[:, None] * every.toarray(), identity(moves)])
    apart, least = _apart(cells, rule)
    found = milp(
        np.append(costs, np.zeros(moves)),
        integrality=np.append(np.ones(size), np.zeros(moves)),
        bounds=Bounds(np.append(primary, np.full(moves, -np.inf)), np.append(np.ones(size), np.full(moves, np.inf))),
        constraints=[
            LinearConstraint(fits.tocsr(), 0, 0),
            LinearConstraint(up.tocsr(), -np.inf, 0),
            LinearConstraint(vstack([down, apart]).tocsr(), np.append(np.zeros(moves), least), np.inf),
        ],
        options={"mip_rel_gap": 1e-6},
    )
    return np.asarray(found.x[:size] > 0.5)


def _apart(cells: Cells, rule: Rule) -> tuple[coo_matrix, np.ndarray]:
    """What the two tables of each cell must differ by where it is hidden."""
    size = len(cells)
    rows = []
    for place, (count, floor) in enumerate(zip(cells.counts.tolist(), cells.floors.tolist(), strict=True)):
        up, down = size + place * size + place, size + (size + place) * size + place
        if count < rule.threshold:
            rows += [{up: 1.0, place: -max(floor + rule.width - count, 0.0)}, {down: -1.0, place: floor - count}]
        else:
            rows.append({up: 1.0, down: -1.0, place: -float(rule.width)})
    entries = [(number, column, value) for number, row in enumerate(rows) for column, value in row.items()]
    numbers, columns, values = zip(*entries, strict=True)
    return coo_matrix((values, (numbers, columns)), shape=(len(rows), size + 2 * size * size)), np.zeros(len(rows))
