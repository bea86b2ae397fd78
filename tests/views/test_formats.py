"""Rows to take away: exact figures, no formulas, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import UsageError
from tallystick.views import workbook
from tallystick.views.formats import as_csv, as_json, as_parquet
from tallystick.views.workbook import as_xlsx, told_in_rows
from tests.views.sheets import sheets_in

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=HYPERLINK(\"http://x\")"]  # fmt: skip


def money() -> st.SearchStrategy[Decimal]:
    return st.decimals(-(10**20), 10**20, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_a_formula_is_harmless_in_csv(text: str) -> None:
    header, row = csv.reader(io.StringIO(as_csv([text], [{text: text}]).decode(), newline=""))
    assert header == row == [f"'{text}"]


def test_a_negative_amount_is_a_number_in_csv_and_no_formula() -> None:
    assert as_csv(["value"], [{"value": Decimal("-0.10")}, {"value": -3}]) == b"value\n-0.10\n-3\n"


def test_an_absent_cell_is_empty_in_csv_and_zero_is_not() -> None:
    assert as_csv(["a", "value"], [{"a": None, "value": 0}, {"value": None}]) == b"a,value\n,0\n,\n"


@given(st.lists(st.tuples(st.text(), money())))
def test_every_row_reads_back_from_csv_to_the_cent(rows: list[tuple[str, Decimal]]) -> None:
    written = as_csv(["name", "value"], [{"name": name, "value": value} for name, value in rows])
    _, *read = csv.reader(io.StringIO(written.decode(), newline=""))
    assert [Decimal(value) for _, value in read] == [value for _, value in rows]
    assert not [name for name, _ in read if name.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_json_holds_text_and_money_as_they_are() -> None:
    written = as_json([{"name": "=1+1", "value": Decimal("10000000000000000.01")}])
    assert json.loads(written, parse_float=Decimal) == [{"name": "=1+1", "value": Decimal("10000000000000000.01")}]


def test_one_question_has_one_schema_in_parquet_whatever_it_is_answered() -> None:
    small, large = (as_parquet(["v"], [{"v": Decimal(value)}], {"edition": "e"}) for value in ("0.07", "123456.78"))
    assert pq.read_schema(io.BytesIO(small)) == pq.read_schema(io.BytesIO(large))
    assert pq.read_table(io.BytesIO(large))["v"].to_pylist() == [Decimal("123456.78")]
    assert pq.read_schema(io.BytesIO(small)).metadata[b"edition"] == b"e"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    made = as_xlsx([text], [{text: text}], {"metric": text, "definition": text})
    assert b"<f>" not in b"".join(sheets_in(made).raw)
    assert sheets_in(made).cells["Rows"][1] == [text]


@given(st.lists(money(), min_size=1, max_size=20))
def test_a_number_in_a_workbook_is_exact_or_it_is_text(values: list[Decimal]) -> None:
    _, *rows = sheets_in(as_xlsx(["value"], [{"value": value} for value in values], {})).cells["Rows"]
    for value, (cell,) in zip(values, rows, strict=True):
        long = len(value.normalize().as_tuple().digits) > 15
        assert isinstance(cell, str) == long
        assert Decimal(str(cell)) == value if long else float(value) == cell


def test_a_workbook_says_what_its_rows_are_about_and_leaves_the_unknown_empty() -> None:
    about = {"edition": "e1", "caveats": ["one", "two"], "question": {"where": {"agency": "ICE"}}, "address": ""}
    sheets = sheets_in(as_xlsx(["a", "value"], [{"a": "x", "value": None}], about)).cells
    assert sheets["Rows"] == [["a", "value"], ["x", ""]]
    assert sheets["About"][1:] == [
        ["edition", "e1"], ["caveats", "one"], ["caveats", "two"], ["question where agency", "ICE"],
    ]  # fmt: skip


def test_parts_of_a_list_that_have_names_are_told_by_them() -> None:
    assert list(told_in_rows({"sources": [{"title": "A", "licence": "CC0"}]})) == [
        ["sources title", "A"], ["sources licence", "CC0"],
    ]  # fmt: skip


def test_equal_rows_are_equal_bytes_in_every_format() -> None:
    rows: list[dict[str, Any]] = [{"a": "x", "value": Decimal("1.10")}]
    for write in (as_parquet, as_xlsx):
        assert write(["a", "value"], rows, {"edition": "e"}) == write(["a", "value"], rows, {"edition": "e"})


def test_more_than_a_sheet_holds_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match="2 rows are more"):
        as_xlsx(["a"], [{"a": 1}, {"a": 2}], {})
    with pytest.raises(UsageError, match="40,000 signs"):
        as_xlsx(["a"], [{"a": "x" * 40_000}], {})
