"""Titled tables are found wherever they stand on a sheet, and no number is passed over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.sources.blocks import Blocks, Grammar, number_in, titled_blocks
from tallystick.sources.workbook import Cell

GRAMMAR = Grammar(
    is_title=lambda text: text.startswith("Table"),
    is_stub=lambda text: text in ("Reason", "Kind"),
    is_group=lambda text: text.startswith("Group"),
    is_row=lambda text: text in ("one", "two"),
)
Rows = list[list[Cell]]


def found(rows: Rows) -> Blocks:
    return titled_blocks(rows, GRAMMAR)


def told(rows: Rows) -> list[tuple[str, str, tuple[str, ...], tuple[Cell, ...], Cell]]:
    return [(b.title, f.group, f.labels, f.heads, f.value) for b in found(rows).found for f in b.figures]


SIDE_BY_SIDE: Rows = [
    ["Table A", "", "", "", "Table B"],
    ["Reason", "x", "y", "", "Reason", "", "z"],
    ["one", 1.0, 2.0, "", "one", "", 5.0],
    ["two", 3.0, 4.0, "", "two", "", 6.0],
    ["", "", "", "", "Source: somebody, 1/2/2024"],
]


def test_tables_side_by_side_keep_their_own_columns() -> None:
    assert told(SIDE_BY_SIDE) == [
        ("Table A", "", ("one",), ("x",), 1.0),
        ("Table A", "", ("one",), ("y",), 2.0),
        ("Table A", "", ("two",), ("x",), 3.0),
        ("Table A", "", ("two",), ("y",), 4.0),
        ("Table B", "", ("one",), ("z",), 5.0),
        ("Table B", "", ("two",), ("z",), 6.0),
    ]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))
def test_where_a_table_stands_changes_nothing_of_what_it_says(down: int, right: int, below: int) -> None:
    blank: Rows = [[""] * right for _ in range(down)]
    moved = blank + [[""] * right + row for row in SIDE_BY_SIDE] + [[""] for _ in range(below)]
    assert told(moved) == told(SIDE_BY_SIDE)


def test_a_title_a_row_lower_than_its_neighbour_still_bounds_it() -> None:
    rows: Rows = [
        ["Table A"],
        ["Reason", "x", "", "Table B"],
        ["one", 1.0, "", "Kind", "z"],
        ["two", 2.0, "", "one", 3.0],
    ]
    assert [(title, value) for title, _, _, _, value in told(rows)] == [
        ("Table A", 1.0),
        ("Table A", 2.0),
        ("Table B", 3.0),
    ]


def test_merged_heads_and_labels_count_for_all_that_they_span() -> None:
    rows: Rows = [
        ["Table A"],
        ["Kind", 2021.0, "", 2022.0],
        ["", "Jul", "Aug", "Jul"],
        ["one", 1.0, 2.0, 3.0],
    ]
    assert [heads for _, _, _, heads, _ in told(rows)] == [(2021.0, "Jul"), (2021.0, "Aug"), (2022.0, "Jul")]
    rows = [["Table A"], ["Reason", "Kind", "x"], ["all", "", 3.0], ["held", "one", 1.0], ["", "two", 2.0]]
    assert [labels for _, _, labels, _, _ in told(rows)] == [("all", ""), ("held", "one"), ("held", "two")]


def test_a_line_of_words_that_is_known_heads_the_rows_below_it() -> None:
    rows: Rows = [["Table A"], ["Kind", "x"], ["Group 1"], ["one", 1.0], ["Group 2"], ["one", 2.0]]
    assert [(group, value) for _, group, _, _, value in told(rows)] == [("Group 1", 1.0), ("Group 2", 2.0)]


def test_a_title_that_nobody_knows_ends_the_table_above_and_its_numbers_are_told() -> None:
    rows: Rows = [["Table A"], ["Kind", "x"], ["one", 1.0], ["A new list"], ["Kind", "x"], ["one", 7.0], ["two", 8.0]]
    assert [value for *_, value in told(rows)] == [1.0]
    assert [(stray.row, stray.column, stray.under) for stray in found(rows).strays] == [
        (5, 1, "Kind"),
        (6, 1, "Kind"),
    ]


def test_a_known_title_without_a_table_is_told() -> None:
    assert found([["Table A"], [""], ["Table B"], ["Kind", "x"], ["one", 1.0]]).empty == ("Table A",)


@pytest.mark.parametrize("mark", ["-", "N/A", "*", date(2024, 1, 5)])
def test_what_stands_in_place_of_a_number_is_kept(mark: Cell) -> None:
    assert [value for *_, value in told([["Table A"], ["Kind", "x", "y"], ["one", mark, 2.0]])] == [mark, 2.0]


def test_rows_without_figures_do_not_end_a_table() -> None:
    rows: Rows = [["Table A"], ["Kind", "x"], ["one"], ["two"], ["one", 1.0], [""], ["two", 2.0]]
    assert [value for *_, value in told(rows)] == [1.0, 2.0]


def test_heads_that_were_left_out_or_merged_leave_no_doubt_over_one_column() -> None:
    assert told([["Table A"], ["one", 1.0], ["two", 2.0]])[1] == ("Table A", "", ("two",), ("",), 2.0)
    displaced: Rows = [["Table A"], ["Kind", "", "x"], ["one", "", "", "", 1.0], ["two", "", "", "", 2.0]]
    assert told(displaced)[0] == ("Table A", "", ("one",), ("x",), 1.0)


def test_a_title_over_a_later_column_has_its_labels_to_the_left() -> None:
    rows: Rows = [["", "Table A"], ["Kind", "x", "y"], ["one", 1.0, 2.0]]
    assert told(rows) == [("Table A", "", ("one",), ("x",), 1.0), ("Table A", "", ("one",), ("y",), 2.0)]


def test_numbers_are_no_labels_of_rows() -> None:
    assert found([["Table A"], ["Kind", "x"], [1.0, 2.0]]).empty == ("Table A",)


def test_a_month_may_be_a_title_that_a_spreadsheet_keeps_as_a_day() -> None:
    grammar = Grammar(lambda text: text == "March 2026", GRAMMAR.is_stub, GRAMMAR.is_group, GRAMMAR.is_row)
    rows: Rows = [[date(2026, 3, 1)], ["Kind", "x"], ["one", 1.0]]
    (block,) = titled_blocks(rows, grammar).found
    assert (block.title, block.figures[0].value) == ("March 2026", 1.0)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("1,234", 1234),
        ("45%", 0.45),
        ("(7)", -7),
        ("-2.5", -2.5),
        ("$1,000.50", 1000.5),
        ("N/A", None),
        ("7/1", None),
    ],
)
def test_a_number_written_as_text_is_read(says: str, means: float | None) -> None:
    assert number_in(says) == means
    assert len(told([["Table A"], ["Kind", "x"], ["one", 1.0], ["two", says]])) == 1 + (
        means is not None or says == "N/A"
    )


CELLS = st.one_of(
    st.just(""), st.floats(0, 3000), st.sampled_from(["Table A", "Table B", "Kind", "one", "Group 1", "x"])
)


@example([["", "", "Table A"], [0.0, 0.0, "", "Kind"], ["", 0.0]])
@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_every_number_is_a_figure_a_head_or_a_stray(rows: Rows) -> None:
    blocks = found(rows)
    numbers = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if isinstance(cell, float)}
    strays = {(stray.row, stray.column) for stray in blocks.strays}
    figures = [(f.row, f.column) for b in blocks.found for f in b.figures]
    assert strays <= numbers
    assert not strays & set(figures)
    heads = {(r, c) for r, c in numbers - strays - set(figures) if 1990 <= float(str(rows[r][c])) <= 2100}
    assert numbers == strays | (set(figures) & numbers) | heads
    assert len(figures) == len(set(figures))
