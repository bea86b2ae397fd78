"""A source's own read.py goes through the same strict reading as a plain table."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.errors import RecordError, ReleaseError
from tests.sources.readings import Line, finding, kinds

READ = """
import json
from collections.abc import Iterator
from tallystick import Member

def read(member: Member) -> Iterator[dict[str, object]]:
    yield from json.loads(member.path.read_text())
"""
ROW = {"key": "k1", "office": "070", "paid": "2025-01-02", "amount": 10.5, "payee": "ACME LLC", "uei": None}


@pytest.fixture
def line(tmp_path: Path) -> Line:
    made = Line(tmp_path)
    (made.source_folder / "read.py").write_text(READ)
    return made


def test_rows_of_read_py_are_typed_like_any_other(line: Line) -> None:
    published = line.add(json.dumps([ROW, ROW | {"key": "k2", "amount": 3}]), "payments.json")
    assert line.rows(published, "member, source_row, office_code, amount_usd") == [
        ("payments.json", 1, "070", Decimal("10.50")),
        ("payments.json", 2, "070", Decimal("3.00")),
    ]


def test_a_key_that_nobody_named_is_an_unknown_column(line: Line) -> None:
    published = line.add(json.dumps([ROW, ROW | {"colour": "red"}]), "payments.json")
    assert "unknown_column" in kinds(published)
    assert "colour" in finding(published, "unknown_column").says


def test_a_cell_that_does_not_fit_is_found_in_rows_of_read_py_too(line: Line) -> None:
    assert "misfit_cell" in kinds(line.add(json.dumps([ROW | {"amount": "ten"}]), "payments.json"))


def test_a_failing_read_py_is_reported_with_the_member(line: Line) -> None:
    (line.source_folder / "read.py").write_text(READ.replace("read_text()", "colour"))
    with pytest.raises(ReleaseError, match=r"read.py could not read this file: AttributeError") as failure:
        line.add("[1]", "payments.json")
    assert failure.value.where == "payments.json"


def test_a_row_that_is_none_is_refused_with_its_place(line: Line) -> None:
    with pytest.raises(ReleaseError, match="gives int where a row is") as failure:
        line.add(json.dumps([ROW, 7]), "payments.json")
    assert failure.value.where == "payments.json, row 2"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("<rows/>", "payments.json, line 1, column 1"),
        (json.dumps([ROW])[:40], "payments.json, line 1, column 41"),
        (json.dumps([ROW], indent=1)[:-20], "payments.json, line 7, column 22"),
    ],
)
def test_json_that_was_cut_off_is_told_with_its_line(line: Line, content: str, where: str) -> None:
    with pytest.raises(ReleaseError, match="no whole JSON") as failure:
        line.add(content, "payments.json")
    assert failure.value.where == where


@pytest.mark.parametrize("page", ["<!DOCTYPE html><p>503", "\n <HTML>", '<?xml version="1.0"?><!DOCTYPE html>'])
def test_a_web_page_is_called_one_whoever_was_to_read_it(line: Line, page: str) -> None:
    with pytest.raises(ReleaseError, match="this is a web page, not a table") as failure:
        line.add(page, "payments.json")
    assert failure.value.where == "payments.json, line 1"


def test_a_nested_value_is_refused_with_its_place(line: Line) -> None:
    with pytest.raises(ReleaseError, match="single value") as failure:
        line.add(json.dumps([ROW | {"uei": [1]}]), "payments.json")
    assert failure.value.where == "payments.json, row 1, column uei"


def test_a_read_py_without_read_is_refused(line: Line) -> None:
    (line.source_folder / "read.py").write_text("rows = []")
    with pytest.raises(RecordError, match="no function 'read"):
        line.add("[]", "payments.json")
