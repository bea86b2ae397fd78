"""A list is found by its header on a sheet that is shown; its rows, links and untidy cells are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.settings import bundled_records
from tallystick.workbooks import Cell, Sheet, Workbook, links, list_sheets, listing, tidy, untidiness, workbook

MUST = ("STATE", "AGENCY")
LIST = Sheet(
    "List", 2, False, (("As of June", "", ""), (" State", "Agency ", ""), ("KANSAS ", "Harbour\u2019s  Watch", "x"))
)
OTHER = Sheet("Other", 3, False, (("Totals", 1.0),))


def book(*sheets: Sheet) -> Workbook:
    return Workbook("list.xlsx", sheets, holds_macros=False)


def test_a_list_is_found_under_its_header_wherever_that_stands() -> None:
    found = listing(book(OTHER, LIST), MUST)
    assert (found.sheet, found.header_row, found.header) == (LIST, 2, ("STATE", "AGENCY", "(column 3)"))
    row: dict[str, Cell] = {
        "sheet_row": 3,
        "is_untidy": True,
        "STATE": "KANSAS ",
        "AGENCY": "Harbour\u2019s  Watch",
        "(column 3)": "x",
    }
    assert found.rows == (row,)
    assert found.cell_of(row, "AGENCY") == "B3"
    assert found.untidy == {"STATE, edge space": 1, "AGENCY, curly apostrophe": 1, "AGENCY, inner spaces": 1}


def test_a_list_on_a_hidden_sheet_is_none() -> None:
    hidden = Sheet("List", 1, True, LIST.rows)
    with pytest.raises(ReleaseError, match="no sheet that is shown has a list"):
        listing(book(hidden, OTHER), MUST)


def test_what_nothing_is_read_from_is_told_where_it_is_shown() -> None:
    sheets = list_sheets(book(LIST, OTHER, Sheet("Old", 4, True, OTHER.rows)), listing(book(LIST), MUST), MUST)
    assert [sheet.get("not_understood") for sheet in sheets] == [None, "Totals | 1.0", ""]
    assert [sheet["rows_read"] for sheet in sheets] == [1, 0, 0]


def test_rows_in_another_order_and_otherwise_spaced_have_the_same_body() -> None:
    def body(*rows: tuple[str, str]) -> object:
        made = Sheet("List", 1, False, (MUST, *rows))
        return list_sheets(book(made), listing(book(made), MUST), MUST)[0]["body_fingerprint"]

    one, two = ("KANSAS", "Harbour's Watch"), ("IOWA", "Lantern Police")
    assert body(one, two) == body(("IOWA ", "Lantern  police"), ("KANSAS", "Harbour\u2019s Watch"))
    assert body(one, two) != body(one)


def test_the_addresses_behind_cells_are_read() -> None:
    path = next((bundled_records() / "sources/us/agreements_287g_participating/sample").glob("*.xlsx"))
    member = Member(path.name, path)
    found = links(member, workbook(member).sheets[0])
    assert found["G2"] == "https://www.ice.gov/doclib/287gMOA/HarbourCountyKS_JEM_MOA_06022025.pdf"
    assert set(found) == {"G2", "H2"}
    assert links(member, Sheet("no such sheet", 9, False, ())) == {}


def test_a_file_that_is_no_package_has_no_links(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert links(Member("old.xls", tmp_path / "old.xls"), LIST) == {}


@given(st.text(alphabet="aB \u00a0\n\t'\u2019\u2018", max_size=12))
def test_what_is_tidied_is_tidy_and_only_what_is_not_is_marked(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert untidiness(tidy(text)) == []
    assert bool(untidiness(text)) == (tidy(text) != text)
