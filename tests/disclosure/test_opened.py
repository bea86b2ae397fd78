"""What is opened stays open: by a table that fits, and by as little hidden as it takes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.disclosure.audit import too_narrow
from tallystick.disclosure.cells import cells_of
from tallystick.disclosure.opened import opened
from tallystick.disclosure.pattern import pattern
from tallystick.disclosure.primary import primary
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.seen import Seen
from tallystick.disclosure.shape import Shape
from tests.disclosure.test_pattern import SMALL, placed

LINKED = Shape(
    (("day", "month"), ("area",), ("kind",)), (frozenset({"day", "area"}), frozenset({"month", "area", "kind"}))
)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=18, max_size=18).filter(any))
def test_whatever_was_hidden_is_open_afterwards(counts: list[int]) -> None:
    cells = placed(counts)
    small = primary(cells, SMALL)
    hidden = opened(Seen.of(cells, SMALL), small, np.sqrt(cells.counts))
    assert (hidden >= small).all()
    assert not too_narrow(cells, hidden, SMALL)


@pytest.mark.parametrize("most", [0, 2])
def test_what_is_not_opened_one_by_one_is_hidden_from_the_smallest_counts_on_until_all_is_open(most: int) -> None:
    turn = np.random.default_rng(9)
    cells = placed([int(count) for count in np.asarray(turn.poisson(turn.choice([2, 40], size=36, p=[0.7, 0.3])))])
    small = primary(cells, SMALL)
    assert too_narrow(cells, small, SMALL)
    hidden = opened(Seen.of(cells, SMALL), small, np.sqrt(cells.counts), most)
    assert (hidden >= small).all()
    assert not hidden.all()
    assert not too_narrow(cells, hidden, SMALL)
    shown = cells.counts[~hidden]
    assert most or shown.min() >= cells.counts[hidden].max()


def test_more_cells_tied_together_than_the_solver_is_given_are_chosen_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells = placed([3, 20, 30, 40, 50, 60, 70, 12, 90, 99, 99, 99])
    monkeypatch.setattr("tallystick.disclosure.demand.milp", None)
    monkeypatch.setattr("tallystick.disclosure.demand.LARGEST", 0)
    made = pattern(cells, Rule(), primary(cells, Rule()))
    assert not too_narrow(cells, made.hidden, Rule())
    assert made.complementary.any()


def test_the_cheapest_ring_of_cells_is_hidden_with_one_that_stands_alone() -> None:
    cells = placed([3, 20, 30, 40, 50, 60, 70, 12, 90, 99, 99, 99])
    hidden = opened(Seen.of(cells, Rule()), primary(cells, Rule()), np.sqrt(cells.counts))
    assert not too_narrow(cells, hidden, Rule())
    assert cells.counts[hidden].tolist() == [3, 20, 30, 40]


def test_two_tables_that_share_a_margin_are_opened_together() -> None:
    turn = np.random.default_rng(5)
    size = 1_200
    day = turn.integers(0, 24, size)
    area = np.minimum(turn.geometric(0.3, size), 6)
    rows: dict[str, Sequence[Hashable]] = {
        "day": day.tolist(),
        "month": (day // 6).tolist(),
        "area": area.tolist(),
        "kind": np.where(turn.random(size) < 0.9, "a", "b").tolist(),
    }
    cells = cells_of(LINKED, rows, [1] * size)
    made = pattern(cells, Rule(), primary(cells, Rule()), 0)
    assert not too_narrow(cells, made.hidden, Rule())
    assert made.complementary.sum() < 0.2 * len(cells)


def test_zeros_tell_that_the_only_kind_of_a_month_is_as_many_as_its_days() -> None:
    rows: dict[str, Sequence[Hashable]] = {
        "day": [0, 1, 2],
        "month": [0, 0, 0],
        "area": [1, 1, 1],
        "kind": ["a", "a", "a"],
    }
    cells = cells_of(LINKED, rows, [1, 2, 1])
    place = cells.places()[("month", "area", "kind"), (0, 1, "a")]
    assert cells.floors[place] == 3
