"""What is hidden beside small counts is nearly as little as could be, by a program that states the whole rule."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.disclosure.audit import too_narrow
from tallystick.disclosure.cells import Cells
from tallystick.disclosure.pattern import pattern
from tallystick.disclosure.primary import primary
from tests.disclosure.oracle import least_hidden
from tests.disclosure.test_pattern import SMALL, placed


def tables() -> list[Cells]:
    turn = np.random.default_rng(11)
    drawn = ([int(count) for count in np.asarray(turn.poisson(turn.choice([2, 8, 30], size=12)))] for _ in range(6))
    return [placed(counts) for counts in drawn]


@pytest.mark.parametrize("cells", tables())
def test_the_pattern_costs_what_the_best_one_does_and_a_fast_one_not_much_more(cells: Cells) -> None:
    costs, small = np.sqrt(cells.counts), primary(cells, SMALL)
    best = least_hidden(cells, SMALL, small, costs)
    assert not too_narrow(cells, best, SMALL)
    solved, fast = (pattern(cells, SMALL, small, optimised).hidden for optimised in (10_000, 0))
    lost = [float(costs[hidden & ~small].sum()) for hidden in (best, solved, fast)]
    assert lost[0] - 1e-6 <= lost[1] <= 1.05 * lost[0] + 1e-6
    assert lost[0] - 1e-6 <= lost[2] <= 2 * lost[0] + 1e-6
