"""What a workbook holds, where it stands, and which sheets a reader can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources import workbook as module
from tallystick.sources.read import EVERY_TABLE, as_text
from tallystick.sources.workbook import Workbook, cell_name, workbook
from tests.sources.made_workbooks import DATE, TABLE, Made, number, row, text, xlsx


def opened(path: Path) -> Workbook:
    return workbook(Member(path.name, path))


def test_cells_stand_where_they_stand_with_the_blanks_before_them(tmp_path: Path) -> None:
    book = opened(xlsx(tmp_path / "a.xlsx", Made("Far", row(3, text("C3", "here"), number("D3", 7)))))
    (sheet,) = book.sheets
    assert sheet.rows == (("", "", "", ""), ("", "", "", ""), ("", "", "here", 7.0))
    assert (sheet.filled, sheet.width) == (2, 4)


def test_hidden_sheets_are_there_and_not_shown_whichever_way_they_are_hidden(tmp_path: Path) -> None:
    sheets = [Made("Old", TABLE, "hidden"), Made("New", TABLE), Made("Deep", TABLE, "veryHidden")]
    book = opened(xlsx(tmp_path / "a.xlsx", *sheets))
    assert [(sheet.name, sheet.place, sheet.is_hidden) for sheet in book.sheets] == [
        ("Old", 1, True), ("New", 2, False), ("Deep", 3, True),
    ]  # fmt: skip
    assert [sheet.name for sheet in book.shown] == ["New"]


def test_a_fingerprint_is_of_the_cells_and_not_of_the_name(tmp_path: Path) -> None:
    moved = row(2, text("A2", "town"), text("B2", "stalls")) + row(3, text("A3", "Ash"), number("B3", 12))
    book = opened(xlsx(tmp_path / "a.xlsx", Made("One", TABLE), Made("Two", TABLE), Made("Moved", moved)))
    one, two, other = (sheet.fingerprint for sheet in book.sheets)
    assert one == two != other


def test_a_number_shown_as_a_date_is_a_date(tmp_path: Path) -> None:
    book = opened(xlsx(tmp_path / "a.xlsx", Made("D", row(1, number("A1", 45000, DATE), number("B1", 45000)))))
    assert book.sheets[0].rows == ((date(2023, 3, 15), 45000.0),)


def test_a_formulas_error_is_a_blank_and_not_a_figure(tmp_path: Path) -> None:
    broken = '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    assert opened(xlsx(tmp_path / "a.xlsx", Made("E", row(1, broken, number("B1", 1))))).sheets[0].rows == (
        ("", 1.0),
    )


def test_a_reader_that_panics_is_an_error_of_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    PanicException = type("PanicException", (BaseException,), {})  # noqa: N806  the name that the reader's has

    def panics(_opened: Any) -> Iterator[Any]:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(module, "_sheets", panics)
    with pytest.raises(ReleaseError, match="index out of bounds"):
        opened(xlsx(tmp_path / "a.xlsx"))


def test_an_interruption_while_reading_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_opened: Any) -> Iterator[Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_sheets", interrupted)
    with pytest.raises(KeyboardInterrupt):
        opened(xlsx(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    ("place", "name"), [((0, 0), "A1"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((4, 16383), "XFD5")]
)
def test_cells_are_named_as_a_spreadsheet_names_them(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name


@given(st.integers(0, 16383), st.integers(0, 16383))
def test_no_two_columns_have_one_name(one: int, other: int) -> None:
    assert (cell_name(0, one) == cell_name(0, other)) == (one == other)


def read_as(made: Any, tmp_path: Path) -> Mapping[str, str] | None:
    path = tmp_path / "x.bin"
    path.write_text("x")
    found = as_text(Member("x.bin", path), lambda _member: made, tmp_path)
    return None if found is None else {table: member.path.read_text() for table, member in found.items()}


def test_rows_by_table_become_one_text_a_table_and_a_table_without_rows_is_not_there(tmp_path: Path) -> None:
    made = {"towns": [{"town": "Ash", "stalls": 12.0}], "roads": iter([{"road": 7}]), "none": []}
    assert read_as(made, tmp_path) == {"towns": '"town","stalls"\n"Ash","12"\n', "roads": '"road"\n"7"\n'}


def test_rows_alone_are_of_every_table(tmp_path: Path) -> None:
    assert list(read_as([{"town": "Ash"}], tmp_path) or {}) == [EVERY_TABLE]


def test_none_means_a_plain_table(tmp_path: Path) -> None:
    assert read_as(None, tmp_path) is None


@pytest.mark.parametrize("made", [{}, {"towns": []}, []])
def test_a_file_without_any_row_is_an_error(made: Any, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="found no row"):
        read_as(made, tmp_path)


def test_a_cell_that_is_no_single_value_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as raised:
        read_as({"towns": [{"town": ["Ash", "Elm"]}]}, tmp_path)
    assert raised.value.where == "x.bin, row 1, column town"
