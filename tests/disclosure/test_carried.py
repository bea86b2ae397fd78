"""Two Editions laid side by side tell no more of what is hidden than the rule allows."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.disclosure.audit import too_narrow
from tallystick.disclosure.carried import carried, together
from tallystick.disclosure.cells import Cells, Mask
from tallystick.disclosure.pattern import Pattern, pattern
from tallystick.disclosure.primary import primary
from tallystick.disclosure.rule import Rule
from tests.disclosure.test_pattern import placed

RULE = Rule(threshold=5)
COUNTS = [2, 20, 30, 7, 50, 6, 3, 12, 9, 31, 4, 8, 5, 14, 17, 22, 1, 40]


def alone(cells: Cells) -> Pattern:
    return pattern(cells, RULE, primary(cells, RULE))


def attacked(later: Pattern, before: Pattern) -> set[object]:
    """Hidden cells of either Edition of which both together tell too much."""
    both, at = together(later.cells, before.cells)
    hidden: Mask = np.zeros(len(both), dtype=bool)
    hidden[: len(later.cells)] = later.hidden
    hidden[at[before.hidden]] = True
    hidden[at[~before.hidden]] = False  # whoever showed it, it is known
    known: Mask = np.zeros(len(both), dtype=bool)
    known[: len(later.cells)] = ~later.hidden
    gone = [both.keys[place] for place in at[before.hidden & known[at]]]
    return {both.keys[one.place] for one in too_narrow(both, hidden & ~known, RULE)} | set(gone)


@pytest.mark.parametrize("place", range(0, len(COUNTS), 3))
@pytest.mark.parametrize("more", [1, 9])
def test_editions_that_differ_in_one_cell_tell_no_hidden_cell_together(place: int, more: int) -> None:
    before = alone(placed(COUNTS))
    cells = placed([count + more * (one == place) for one, count in enumerate(COUNTS)])
    assert attacked(carried(cells, RULE, primary(cells, RULE), before), before) == set()


def test_patterns_chosen_apart_are_found_to_tell_a_hidden_cell() -> None:
    before = alone(placed(COUNTS))
    found = [
        attacked(alone(placed([count + 9 * (one == place) for one, count in enumerate(COUNTS)])), before)
        for place in range(len(COUNTS))
    ]
    assert any(found)


def test_the_same_rows_keep_their_pattern() -> None:
    before = alone(placed(COUNTS))
    after = carried(before.cells, RULE, before.primary, before)
    assert (after.hidden == before.hidden).all()


def test_what_is_added_changes_nothing_that_it_does_not_touch() -> None:
    before = alone(placed(COUNTS))
    cells = placed([count + 30 * (one == 1) for one, count in enumerate(COUNTS)])
    after = carried(cells, RULE, primary(cells, RULE), before)
    was = dict(zip(before.cells.keys, before.hidden.tolist(), strict=True))
    same = [
        key in was and cells.counts[at] == before.cells.counts[before.cells.places()[key]]
        for at, key in enumerate(cells.keys)
    ]
    assert all(after.hidden[at] == was[cells.keys[at]] for at in np.flatnonzero(same))
