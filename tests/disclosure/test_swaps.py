"""Every table that swaps find fits all that is shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.disclosure.swaps import Swaps
from tests.disclosure.test_pattern import placed


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=18, max_size=18).filter(any), st.integers(-5, 5), st.data())
def test_a_table_after_a_swap_fits_every_sum_and_what_is_shown(
    counts: list[int], by: int, data: st.DataObject
) -> None:
    cells = placed(counts)
    totals = {total for total, _ in cells.sums}
    hidden = np.array([place not in totals and data.draw(st.booleans()) for place in range(len(cells))])
    swaps = Swaps.of(cells, hidden)
    for place in np.flatnonzero(hidden).tolist():
        table = cells.counts.copy()
        for cell, count in swaps.moved(place, by):
            table[cell] = count
        assert not (cells.matrix @ table).any()
        assert (table >= 1).all()
        assert (table == cells.counts)[~hidden].all()
        assert 0 <= (table[place] - cells.counts[place]) * np.sign(by) <= abs(by)


def test_four_hidden_cells_move_together() -> None:
    cells = placed([5, 5, 20, 5, 5, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    hidden = cells.counts == 5
    place = int(np.flatnonzero(hidden)[0])
    moved = dict(Swaps.of(cells, hidden).moved(place, 3))
    assert sorted(moved.values()) == [2, 2, 8, 8]
    assert moved[place] == 8
