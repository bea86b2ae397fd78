"""Parquet files are held to the same rules as text: columns named, types declared, damage told."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tests.sources.readings import Line, finding, kinds

CELLS: dict[str, Any] = {
    "key": ["k1", "k2"], "office": ["070", "070"], "paid": [date(2025, 1, 2), None], "amount": [10.5, -3.25],
    "payee": ["ACME LLC", None], "uei": ["ABC123DEF456", None], "remark": ["none", None],
}  # fmt: skip


def packed(**cells: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(CELLS | cells), out)
    return out.getvalue()


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


def test_typed_columns_become_the_declared_types(line: Line) -> None:
    made = line.add(packed(), "payments.parquet")
    rows = line.rows(made, "payment_key, office_code, paid_date::VARCHAR, amount_usd::VARCHAR, source_row")
    assert rows == [("k1", "070", "2025-01-02", "10.50", 1), ("k2", "070", None, "-3.25", 2)]


def test_a_column_that_nobody_named_stops_the_release(line: Line) -> None:
    made = line.add(packed(alien=["x", "y"]), "payments.parquet")
    assert finding(made, "unknown_column").severity is Severity.SEVERE


def test_a_cell_that_does_not_fit_is_told_with_its_row(line: Line) -> None:
    made = line.add(packed(amount=["ten", "11.00"]), "payments.parquet")
    assert finding(made, "misfit_cell").evidence[0]["row"] == 1
    assert "unreadable_row" not in kinds(made)


@pytest.mark.parametrize("content", [b"PAR1 and then nothing", packed()[:-40]], ids=["no file", "cut off"])
def test_a_damaged_file_is_refused_with_what_to_do(line: Line, content: bytes) -> None:
    with pytest.raises(ReleaseError, match="cut off or damaged"):
        line.add(content, "payments.parquet")


def test_text_called_parquet_is_refused(line: Line) -> None:
    with pytest.raises(ReleaseError, match="no Parquet file"):
        line.add("key,office\nk1,070\n", "payments.parquet")


def test_a_column_of_lists_is_refused(line: Line) -> None:
    with pytest.raises(ReleaseError, match="lists or records"):
        line.add(packed(remark=[["a"], ["b"]]), "payments.parquet")
