"""Whatever is hidden stays open: laid beside every table that a reader could think of."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.disclosure.audit import intervals, is_open, too_narrow
from tallystick.disclosure.cells import Cells, cells_of
from tallystick.disclosure.pattern import pattern
from tallystick.disclosure.primary import primary
from tallystick.disclosure.rule import Rule
from tallystick.disclosure.shape import Shape
from tallystick.errors import RecordError, TallystickError, UsageError

PLACES = Shape((("county", "state"), ("month", "year")), (frozenset({"county", "month"}),))
SMALL = Rule(threshold=4)


def placed(counts: list[int]) -> Cells:
    """Six counties in two states, by the months of a year."""
    months = len(counts) // 6
    columns: dict[str, Sequence[Hashable]] = {
        "county": [f"county {place // months}" for place in range(len(counts))],
        "state": ["east" if place // months < 3 else "west" for place in range(len(counts))],
        "month": [place % months for place in range(len(counts))],
        "year": [2018] * len(counts),
    }
    return cells_of(PLACES, columns, counts)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(lambda counts: sum(counts) > 12))
@pytest.mark.parametrize("optimised", [0, 10_000])
def test_nothing_hidden_is_narrower_than_the_rule_allows(optimised: int, counts: list[int]) -> None:
    cells = placed(counts)
    small = primary(cells, SMALL)
    try:
        made = pattern(cells, SMALL, small, optimised)
    except TallystickError:  # then nothing would do: not even to hide every cell
        assert too_narrow(cells, np.ones(len(cells), dtype=bool), SMALL)
        return
    assert (made.hidden >= small).all()
    for told in intervals(cells, made.hidden):
        assert is_open(told, cells, SMALL)
        assert told.least <= cells.counts[told.place] <= told.most


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6).filter(any), st.data())
def test_the_interval_inferred_is_that_of_every_table_there_could_be(counts: list[int], data: st.DataObject) -> None:
    cells = cells_of(
        Shape((("row",), ("column",)), (frozenset({"row", "column"}),)),
        {"row": [0, 0, 0, 1, 1, 1], "column": [0, 1, 2, 0, 1, 2]},
        counts,
    )
    parts = {total for total, _ in cells.sums}
    hidden = np.array([place not in parts and data.draw(st.booleans()) for place in range(len(cells))])
    places = [int(place) for place in np.flatnonzero(hidden)]
    possible = []
    for guess in product(range(1, sum(counts) + 1), repeat=len(places)):
        table = cells.counts.copy()
        table[places] = guess
        if not (cells.matrix @ table).any():
            possible.append(guess)
    for told in intervals(cells, hidden):
        seen = [guess[places.index(told.place)] for guess in possible]
        assert (told.least, told.most) == pytest.approx((min(seen), max(seen)))


def test_a_small_count_alone_among_shown_ones_takes_another_with_it() -> None:
    made = pattern(placed([2, 20, 30, 40, 50, 60]), Rule(), placed([2, 20, 30, 40, 50, 60]).counts < 11)
    hidden = {key for key, out in zip(made.cells.keys, made.hidden, strict=True) if out}
    assert (("county", "month"), ("county 0", 0)) in hidden
    assert (("county", "month"), ("county 1", 0)) in hidden
    assert ((), ()) not in hidden


def test_the_solver_hides_no_more_than_mending_one_sum_after_the_other() -> None:
    turn = np.random.default_rng(7)
    lost = {0: 0.0, 10_000: 0.0}
    for _ in range(2):
        counts = [int(count) for count in np.asarray(turn.poisson(turn.choice([1, 6, 40], size=36)))]
        cells = placed(counts)
        for optimised in lost:
            made = pattern(cells, SMALL, primary(cells, SMALL), optimised)
            lost[optimised] += float(np.sqrt(cells.counts[made.complementary]).sum())
    assert lost[10_000] <= lost[0]


def test_a_pattern_depends_on_the_cells_and_not_on_the_order_of_the_rows() -> None:
    turn = np.random.default_rng(3)
    counts = [int(count) for count in np.asarray(turn.poisson(6, size=36))]
    columns: dict[str, Sequence[Hashable]] = {
        "county": [f"county {place // 6}" for place in range(36)],
        "state": ["east" if place < 18 else "west" for place in range(36)],
        "month": [place % 6 for place in range(36)],
        "year": [2018] * 36,
    }
    order = [int(place) for place in turn.permutation(36)]
    mixed = cells_of(
        PLACES, {name: [told[i] for i in order] for name, told in columns.items()}, [counts[i] for i in order]
    )
    kept = cells_of(PLACES, columns, counts)
    assert mixed.keys == kept.keys
    hidden = [pattern(cells, Rule(), primary(cells, Rule())).hidden for cells in (kept, mixed)]
    assert (hidden[0] == hidden[1]).all()


def test_what_simple_suppression_gives_away_is_found() -> None:
    cells = placed([2, 20, 30, 40, 50, 60])
    small = primary(cells, Rule())
    (told, *_) = too_narrow(cells, small, Rule())
    assert (told.least, told.most) == (2, 2)


def test_a_dominated_cell_is_hidden_however_large() -> None:
    cells = placed([100, 20, 30, 40, 50, 60])
    largest = [99 if count == 100 else 1 for count in cells.counts]
    assert primary(cells, Rule(dominance=0.85), largest).sum() == (cells.counts == 100).sum()


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(RecordError, match="do not add up"):
        Cells(("a", "b", "all"), np.array([1, 2, 4]), ((2, (0, 1)),))


def test_a_threshold_that_protects_nobody_is_refused() -> None:
    with pytest.raises(UsageError, match="threshold"):
        Rule(threshold=2)


def test_a_whole_of_fewer_people_than_the_rule_hides_cannot_be_shown_in_parts() -> None:
    cells = placed([1, 0, 0, 0, 0, 1])
    made = pattern(cells, Rule(), primary(cells, Rule()))
    assert made.hidden.all()
