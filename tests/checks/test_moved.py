"""Cells that answer another column's question, rows that are shifted, and lists that tell of the same things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.checks.dossier import Dossier, Held, Row, Rows
from tallystick.checks.judge import judge_whole
from tallystick.checks.moved import moved_cells, plain_answer
from tallystick.nouns.expected import ToldBy
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Cadence, Column, Expect, Publication, Source

ANSWERS = {
    "stage": ["Planned", "Deployed"],
    "tested": ["Yes, tested", "In-progress"],
    "watched": ["Yes, watched", "Watching is in-progress", "In-progress"],
    "taught": ["Yes, taught", "Teaching is in-progress"],
    "heard": ["Yes, heard", "Nobody asked"],
}
RIGHT = {"stage": "Deployed", "tested": "Yes, tested", "watched": "In-progress", "taught": "Yes, taught", "heard": ""}
OWN, OTHER = "made_uses", "made_selection"


def _release(name: str) -> Release:
    return Release(Provenance("made", name, as_of=date(2026, 1, 28)), name, 1, datetime(2026, 2, 1, tzinfo=UTC))


def _rows(count: int = 8, **cells: object) -> Rows:
    first = {"scope": "HBR/2025", "id": "use 1", "source_row": 1, **RIGHT, **cells}
    more = ({"scope": "HBR/2025", "id": f"use {n}", "source_row": n, **RIGHT} for n in range(2, count + 1))
    return (first, *more)


def _found(rows: Rows, others: Mapping[str, Held] | None = None) -> dict[str, Finding]:
    told = Publication(
        grain="one use", key=["id"], columns={"id": Column(), **{name: Column() for name in ANSWERS}},
        expect=Expect(answers=ANSWERS, told_by=[ToldBy(table=OTHER, key=["id"], columns=["stage", "heard"])]),
    )  # fmt: skip
    source = Source(
        title="Made", publisher="Made", licence="none", citation="none", cadence=Cadence.YEARLY,
        publishes={OWN: told}, id="made",
    )  # fmt: skip
    return {f.kind: f for f in judge_whole(Dossier(_release("uses.csv"), source, {OWN: rows}, {}, others or {}))}


def test_rows_that_answer_their_own_questions_are_no_finding() -> None:
    assert {"moved_cell", "shifted_row"} & _found(_rows()).keys() == set()


@pytest.mark.parametrize("cell", ["Watching is in-progress", " b) watching is in-progress", "Yes, watched"])
def test_an_answer_in_the_column_beside_is_told_with_row_and_cell(cell: str) -> None:
    found = _found(_rows(taught=cell))["moved_cell"]
    assert found.severity is Severity.WARNING
    assert found.evidence[0] == {"table": OWN, "row": 1, "column": "taught", "cell": cell, "answers": "watched"}


def test_an_answer_that_two_questions_share_is_no_moved_cell() -> None:
    assert moved_cells(_rows(watched="In-progress", tested="In-progress"), ANSWERS) == []


def test_words_that_answer_no_question_are_left_to_other_checks() -> None:
    assert "moved_cell" not in _found(_rows(taught="We asked the gulls."))


@given(st.integers(0, 7), st.sampled_from([-1, 1]))
def test_a_row_shifted_by_a_column_is_found_wherever_it_stands(place: int, by: int) -> None:
    names = list(ANSWERS)
    full = {"stage": "Deployed", "tested": "Yes, tested", "watched": "Yes, watched", "taught": "Yes, taught"}
    cells = [full.get(name, "Yes, heard") for name in names]
    slipped = [*cells[by:], ""] if by > 0 else ["", *cells[:by]]
    rows = [dict(row) for row in _rows()]
    rows[place] |= dict(zip(names, slipped, strict=True))
    found = _found(tuple(rows))["shifted_row"]
    assert {row["row"] for row in found.evidence} == {rows[place]["source_row"]}
    assert found.count == 1


def test_many_moved_cells_keep_the_scope_out() -> None:
    rows = tuple({**row, "taught": "Watching is in-progress"} for row in _rows(8))
    assert _found(rows)["moved_cell"].severity is Severity.SEVERE


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (" b) Development of protocols is in-progess", "development of protocols is in progess"),
        ("c)  Deployed – The use case is being used.", "deployed"),
        ("Yes – by the CAIO ", "yes by the caio"),
    ],
)
def test_an_answer_is_compared_without_its_letter_and_its_explanation(cell: str, says: str) -> None:
    assert plain_answer(cell) == says


def _beside(*rows: Row) -> Mapping[str, Held]:
    return {OTHER: (_release("selection.csv"), rows)}


def test_lists_that_say_the_same_are_no_finding() -> None:
    assert {"told_otherwise", "only_in_one_list"} & _found(_rows(), _beside(*_rows())).keys() == set()


def test_a_cell_that_another_list_has_otherwise_is_told_with_both() -> None:
    found = _found(_rows(heard=None), _beside(*_rows(heard="Nobody asked")))["told_otherwise"]
    assert (found.severity, found.count) == (Severity.NOTE, 1)
    assert "a blank for 'Nobody asked'" in found.says


def test_a_row_that_only_one_list_has_is_told() -> None:
    found = _found(_rows(8), _beside(*_rows(7)))["only_in_one_list"]
    assert "not found in selection.csv: use 8" in found.says


def test_a_list_of_another_scope_is_not_compared() -> None:
    others = _beside(*({**row, "scope": "other/2025"} for row in _rows(3)))
    assert "only_in_one_list" not in _found(_rows(), others)
