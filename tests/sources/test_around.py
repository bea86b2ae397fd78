"""The cells around a Finding's evidence, as they stood in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.spreadsheet import Made, write

from tallystick.archive.store import Store
from tallystick.catalog import Catalog
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.stood import Around, Stood
from tallystick.sources.around import around
from tallystick.sources.window import Laid, Place, header_row, piece

MONTHS: dict[int, tuple[Any, ...]] = {
    0: ("Average daily population", "", "", "", ""),
    1: ("", "", "", "", ""),
    2: ("Agency", "Oct", "Nov", "Dec", "Total"),
    3: ("ICE", 10.0, 11.0, 0.0, 7.0),
    4: ("CBP", 5.0, 6.5, 0.0, 4.0),
}


def nothing_withheld(_name: str, _in_sheet: bool) -> bool:
    return False


@pytest.fixture
def shown(tmp_path: Path, catalog: Catalog) -> Any:
    """What is shown of a file of a source for evidence."""

    def of(source: str, path: Path, kind: str, *evidence: dict[str, Any]) -> Around:
        stored = Store(tmp_path / "archive").add(path)
        release = Release(Provenance(source, path.name), stored.sha256, stored.size, datetime(2026, 1, 1, tzinfo=UTC))
        finding = Finding(release.id, kind, Severity.NOTE, "something was found", evidence=evidence)
        return around(finding, release, catalog.source(source), Store(tmp_path / "archive"))

    return of


def marked(stood: Stood) -> list[tuple[int, str]]:
    return [(row.number, cell.says) for row in stood.rows for cell in row.cells if cell.is_marked]


def test_a_number_is_shown_with_the_words_that_head_its_column_and_its_row() -> None:
    stood, left = piece(Laid("a.xlsx", "Detention", MONTHS, header_row(MONTHS)), [Place(4, 3)], nothing_withheld)
    assert marked(stood) == [(5, "0")]
    assert stood.columns == ("A", "B", "C", "D", "E")
    assert [row.number for row in stood.rows] == [3, 4, 5]
    assert [cell.says for cell in stood.rows[0].cells] == ["Agency", "Oct", "Nov", "Dec", "Total"]
    assert not left


def test_places_that_a_window_does_not_hold_are_left_for_another() -> None:
    rows = {number: (f"row {number}", float(number)) for number in range(40)}
    stood, left = piece(
        Laid("a.xlsx", "Sheet1", rows, None), [Place(5, 1), Place(6, 1), Place(30, 1)], nothing_withheld
    )
    assert marked(stood) == [(6, "5"), (7, "6")]
    assert left == [Place(30, 1)]


@given(
    st.dictionaries(st.integers(0, 60), st.lists(st.floats(0, 9) | st.text(max_size=3), max_size=12), min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 12)), min_size=1, max_size=6),
)
def test_every_place_on_a_sheet_comes_into_some_window(rows: dict[int, Any], at: list[tuple[int, Any]]) -> None:
    laid = Laid("a.xlsx", "Sheet1", rows, header_row(rows))
    left = [Place(row, column) for row, column in at if row in rows]
    while left:
        before = len(left)
        stood, left = piece(laid, left, nothing_withheld)
        assert len(left) < before
        assert all(len(row.cells) == len(stood.columns) for row in stood.rows)


def test_the_cell_that_the_evidence_names_is_marked_on_its_sheet(tmp_path: Path, shown: Any) -> None:
    path = write(tmp_path / "FY22-detentionstats.xlsx", [Made("Detention FY22", {(0, 0): list(MONTHS.values())})])
    told = shown("ice_detention_statistics", path, "counts_zeroed", {"sheet": "Detention FY22", "cell": "D4"})
    assert [marked(stood) for stood in told.pieces] == [[(4, "0")]]
    assert told.pieces[0].sheet == "Detention FY22"


def test_a_cell_that_no_longer_says_what_the_evidence_does_is_not_passed_off_for_it(
    tmp_path: Path, shown: Any
) -> None:
    path = write(tmp_path / "FY22-detentionstats.xlsx", [Made("Detention FY22", {(0, 0): list(MONTHS.values())})])
    told = shown("ice_detention_statistics", path, "moved_between_parts", {"cell": "D4", "now": "15.000000"})
    assert not told.pieces
    assert "names no cell" in told.because


def test_street_addresses_stay_out_of_a_list_of_facilities(tmp_path: Path, shown: Any) -> None:
    rows = [["Name", "Address", "City", "State"], *[[f"JAIL {n}", f"{n} MAIN ST", "TOWN", "TX"] for n in range(30)]]
    path = write(tmp_path / "FY22-detentionstats.xlsx", [Made("Facilities FY22", {(0, 0): rows})])
    told = shown("ice_detention_statistics", path, "doubled_rows", {"sheet": "Facilities FY22", "row": 5})
    (stood,) = told.pieces
    assert stood.columns == ("A", "C", "D")
    assert stood.withheld == ("Address",)
    assert not any("MAIN ST" in cell.says for row in stood.rows for cell in row.cells)


def test_masked_columns_and_those_that_nobody_publishes_stay_out_of_a_plain_table(tmp_path: Path, shown: Any) -> None:
    path = tmp_path / "CBP_ICE_FY2025_asof_20260820_small.csv"
    lines = [f"70A{n},JANE ROE {n},{n}.00,ICE,555-0100" for n in range(1, 9)]
    path.write_text("Award ID,Recipient Name,Federal Action Obligation,Agency,Phone\n" + "\n".join(lines) + "\n")
    told = shown("usaspending_captures", path, "unstable_paging", {"row": 3, "again": 5})
    (stood,) = told.pieces
    assert stood.columns == ("Award ID", "Federal Action Obligation", "Agency")
    assert stood.withheld == ("Recipient Name", "Phone")
    assert {number for number, _ in marked(stood)} == {3, 5}
    assert [cell.says for cell in stood.rows[2].cells] == ["70A3", "3.00", "ICE"]


def test_nothing_is_shown_of_a_file_whose_rows_are_persons(tmp_path: Path, shown: Any) -> None:
    path = tmp_path / "EROArrests_FY2016.csv"
    path.write_text("a,b\n1,2\n")
    told = shown("ero_arrests", path, "duplicate_rows", {"row": 1})
    assert not told.pieces
    assert "never shown" in told.because


def test_cells_that_are_withheld_are_not_shown_by_their_finding(tmp_path: Path, shown: Any) -> None:
    path = tmp_path / "CBP_ICE_FY2025_asof_20260820_small.csv"
    path.write_text("Award ID,Recipient Name\n70A,JANE ROE\n")
    assert not shown("usaspending_captures", path, "withheld_cell", {"column": "recipient_name", "cells": 1}).pieces


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, shown: Any) -> None:
    path = tmp_path / "FY22-detentionstats.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    told = shown("ice_detention_statistics", path, "counts_zeroed", {"sheet": "Detention FY22", "cell": "D4"})
    assert told.because.startswith("the file cannot be read")
