"""Registers: a citation on every row, and faults by file, line and column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import RecordError
from tallystick.tables.graph import Graph
from tallystick.tables.registers import register


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,because\na,b\n", "citation"),
        ("name,because,citation\na,b\n", "2 cells"),
        ("name,because,citation\na,b,\n", "no citation"),
        ("name,from_date,because,citation\na,soon,b,c\n", "not a date"),
        ("name,value_number,because,citation\na,many,b,c\n", "not a number"),
        ("name,value_number,because,citation\na,NaN,b,c\n", "not a number"),
        ("name,because,citation\na,b,c\na,b,c\n", "twice"),
    ],
)
def test_a_faulty_register_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "kept.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=says) as caught:
        register(path)
    assert "kept.csv, line" in caught.value.where


def test_an_empty_register_is_a_table_and_blanks_are_null(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("name,from_date,because,citation\n", encoding="utf-8")
    kept = register(path)
    with DuckDB(threads=1) as engine:
        assert engine.query(kept.select()).num_rows == 0
        (row,) = engine.query(
            kept.adding([{"name": "it's", "because": "so", "citation": "here"}]).select()
        ).to_pylist()
    assert row == {"name": "it's", "from_date": None, "because": "so", "citation": "here"}


def test_a_number_of_a_register_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("name,value_number,because,citation\na,0.1,b,c\nb,,b,c\n", encoding="utf-8")
    with DuckDB(threads=1) as engine:
        rows = engine.query(register(path).select()).to_pylist()
    assert [row["value_number"] for row in rows] == [Decimal("0.1"), None]


def test_the_project_s_own_registers_can_be_read(catalog: Catalog) -> None:
    assert {"recipient_aliases", "recipient_ownership", "recipient_matches"} <= Graph(catalog).registers.keys()
