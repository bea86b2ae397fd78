"""The order of modifications."""

from __future__ import annotations

import ibis
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.tables.modification import modification_order
from tallystick.tables.statements import compiled


def in_order(modifications: list[str]) -> list[str]:
    with DuckDB(threads=1) as engine:
        rows = ", ".join(f"({quoted(one)})" for one in modifications)
        engine.run(f"CREATE TABLE said AS SELECT * FROM (VALUES {rows}) AS t(modification)")
        said = ibis.table({"modification": "string"}, name="said")
        query = said.order_by(modification_order(said.modification))
        return [row["modification"] for row in engine.query(compiled(query)).to_pylist()]


def test_the_award_comes_first_and_numbers_count_by_value() -> None:
    told = ["P00010", "0", "P00009", "A00002", "PZ0001", "10", "9", "P00100"]
    assert in_order(told) == ["0", "9", "10", "A00002", "P00009", "P00010", "P00100", "PZ0001"]


@given(st.lists(st.integers(1, 99999), min_size=1, max_size=12, unique=True))
def test_modifications_of_one_scheme_follow_their_numbers(numbers: list[int]) -> None:
    assert in_order([f"P{number:05}" for number in numbers]) == [f"P{number:05}" for number in sorted(numbers)]
