"""Sums of broken numbers are the same in whichever order their rows come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.tables.statements import compiled

ROWS = ibis.table({"place": "string", "amount": "float64"}, name="rows")
AMOUNTS = st.lists(st.floats(-1e9, 1e9, width=32), min_size=2, max_size=30)


def _answered(expression: Any, amounts: Sequence[float]) -> list[tuple[Any, ...]]:
    with duckdb.connect() as engine:
        engine.register("rows", pa.table({"place": ["a"] * len(amounts), "amount": pa.array(amounts, "float64")}))
        return engine.execute(compiled(expression)).fetchall()


@settings(max_examples=15, deadline=None)
@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))))
def test_a_sum_is_the_same_in_any_order(orders: tuple[list[float], list[float]]) -> None:
    half = (ROWS.amount * 0.5).sum(where=ROWS.amount > 0)
    total = ROWS.group_by("place").agg(value=ROWS.amount.sum(), half=half)
    assert _answered(total, orders[0]) == _answered(total, orders[1])


def test_a_sum_over_a_window_is_one_too() -> None:
    whole = ROWS.amount.sum().over(ibis.window(group_by="place"))
    assert _answered(ROWS.select(whole=whole), [0.1, 1e9, 0.2, -1e9]) == [(0.3,)] * 4


def test_what_sums_no_broken_number_is_compiled_as_it_was() -> None:
    rows = ibis.table({"many": "int64"}, name="rows")
    assert "DECIMAL" not in compiled(rows.agg(value=rows.many.sum()))
