"""Delimited text as a `read.py` sees it: every cell under its name, and a fault told with its line."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick import Member, ReleaseError
from tallystick.texts import delimited, written_day

CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)
WINDOWS = ("utf-8-sig", "cp1252")


def member(folder: Path, data: bytes) -> Member:
    path = folder / "uses.csv"
    path.write_bytes(data)
    return Member(path.name, path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_cell_stands_under_its_name_as_written(tmp_path: Path, rows: list[list[str]]) -> None:
    text = StringIO(newline="")
    csv.writer(text).writerows([["a", "b", "c"], *rows])
    read = [list(row.values()) for row in delimited(member(tmp_path, text.getvalue().encode("utf-8-sig")))]
    assert read == [row for row in rows if any(map(str.strip, row))]


def test_a_name_that_stands_again_and_a_nameless_column_are_called_by_their_place(tmp_path: Path) -> None:
    (row,) = delimited(member(tmp_path, b"Why,Other,,Other\n1,2,3,4\n"))
    assert row == {"Why": "1", "Other": "2", "(column 3)": "3", "Other (column 4)": "4"}


def test_bytes_of_windows_are_read_as_such_and_utf8_as_itself(tmp_path: Path) -> None:
    for encoding in ("utf-8", "cp1252"):
        (row,) = delimited(member(tmp_path, "use\nthe gulls’ count\n".encode(encoding)), WINDOWS)
        assert row == {"use": "the gulls’ count"}


@pytest.mark.parametrize(
    ("data", "where", "says"),
    [
        (b"a,b\n1,2\n1,2,3\n", "uses.csv, line 3", "3 cells, the header 2"),
        (b"a,b\n1,2\n1\n", "uses.csv, line 3", "1 cells, the header 2"),
        (b'a,b\n1,"2\n', "uses.csv, line 2", "no delimited text"),
        (b"a,b\n1,\x81\n", "uses.csv, line 2, byte 6", "no text in utf-8-sig or cp1252"),
        ("a,b\n1,2\n".encode("utf-16"), "uses.csv", "NUL"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, data: bytes, where: str, says: str) -> None:
    with pytest.raises(ReleaseError) as told:
        list(delimited(member(tmp_path, data), WINDOWS))
    assert where in str(told.value)
    assert says.replace("no delimited", "not delimited") in str(told.value)


@pytest.mark.parametrize(
    ("text", "day", "exact"),
    [
        ("2025-05-20 00:00:00", date(2025, 5, 20), "day"),
        ("11/19/2024 00:00:00", date(2024, 11, 19), "day"),
        ("1/2/2025 12:00:00 AM", date(2025, 1, 2), "day"),
        ("01/2024", date(2024, 1, 1), "month"),
        ("Jul-25", date(2025, 7, 1), "month"),
        ("2019", date(2019, 1, 1), "year"),
        ("2025-02-30", None, None),
        ("13/2024", None, None),
        ("N/A", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_told_as_exactly_as_it_is_written(text: str, day: date | None, exact: str | None) -> None:
    assert written_day(text) == (day, exact)


@given(st.dates(date(1990, 1, 1), date(2068, 1, 1)))
def test_each_way_of_writing_a_day_gives_that_day(day: date) -> None:
    for text in (f"{day:%Y-%m-%d} 00:00:00", f"{day.month}/{day.day}/{day.year}", f"{day:%m/%d/%Y} 00:00:00"):
        assert written_day(text) == (day, "day")
    if day.year > 1999:
        assert written_day(f"{day:%b-%y}") == (day.replace(day=1), "month")


@given(st.text(max_size=12))
def test_no_text_is_too_strange(text: str) -> None:
    day, exact = written_day(text)
    assert (day is None) == (exact is None)
