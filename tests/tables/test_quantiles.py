"""A quantile of counts is the quantile of the values written out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB
from tallystick.expressions import quantile_of_counts
from tallystick.tables.statements import compiled

COUNTS = st.dictionaries(st.integers(-50, 3000), st.integers(1, 40), min_size=1, max_size=30)


def of(rows: list[tuple[str, int | None, int]], share: float, *by: str) -> list[dict[str, Any]]:
    table = ibis.table({"area": "string", "days": "int64", "people": "int64"}, name="told")
    values = ", ".join(f"('{area}', {'NULL' if days is None else days}, {people})" for area, days, people in rows)
    with DuckDB(threads=1, memory="200MB") as engine:
        engine.create("told", f"SELECT area, days::BIGINT AS days, people::BIGINT AS people FROM (VALUES {values}) "
                              "AS rows(area, days, people)")  # fmt: skip
        return list(engine.query(compiled(quantile_of_counts(table, list(by), "days", "people", share))).to_pylist())


def by_definition(values: list[int], share: Fraction) -> Fraction:
    """The seventh definition, over the values in order."""
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


@settings(max_examples=25, deadline=None)
@given(COUNTS, st.sampled_from([0.0, 0.25, 0.5, 0.75, 0.9, 1.0]))
def test_counts_give_what_the_values_written_out_give(counts: dict[int, int], share: float) -> None:
    values = sorted(days for days, people in counts.items() for _ in range(people))
    (told,) = of([("A", days, people) for days, people in counts.items()], share)
    assert told["value"] == pytest.approx(float(by_definition(values, Fraction(str(share)))))


def test_each_group_has_its_own_and_a_value_that_is_not_there_counts_for_nothing() -> None:
    rows = of([("A", 1, 1), ("A", 2, 1), ("B", 7, 5), ("B", None, 100)], 0.5, "area")
    assert sorted(rows, key=lambda row: row["area"]) == [{"area": "A", "value": 1.5}, {"area": "B", "value": 7.0}]


def test_the_same_value_in_several_rows_is_one_value_with_their_sum() -> None:
    assert of([("A", 5, 1), ("B", 5, 1), ("A", 9, 1)], 0.5) == [{"value": 5.0}]
