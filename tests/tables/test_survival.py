"""The Kaplan-Meier estimate against the textbook, and against a plain reading of its definition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.settings import bundled_records
from tallystick.tables.statements import compiled

Length = tuple[int, int, int]

# Weeks of remission under 6-mercaptopurine; False is censored: Freireich et al. 1963, the example of Cox 1972 and
# of Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, table 1.1.
REMISSIONS = [
    (6, True), (6, True), (6, True), (6, False), (7, True), (9, False), (10, True), (10, False), (11, False),
    (13, True), (16, True), (17, False), (19, False), (20, False), (22, True), (23, True), (25, False), (32, False),
    (32, False), (34, False), (35, False),
]  # fmt: skip
TEXTBOOK = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


@pytest.fixture(scope="module")
def survival() -> Any:
    catalog = Catalog((bundled_records(),))
    (module,) = [m for m in catalog.modules("tables") if hasattr(m, "recommendation_survival")]
    return module.survival


@pytest.fixture(scope="module")
def surviving_at_most() -> Any:
    (module,) = [m for m in Catalog((bundled_records(),)).modules("tables") if hasattr(m, "surviving_at_most")]
    return module.surviving_at_most


def estimated(survival: Any, lengths: Iterable[Length]) -> list[dict[str, Any]]:
    rows = [{"issuer": "one", "entry": entry, "days": days, "closed": closed} for entry, days, closed in lengths]
    kinds = {"issuer": "string", "entry": "int64", "days": "int64", "closed": "int64"}
    made = pa.Table.from_pylist(rows, pa.schema(list(kinds.items())))
    with DuckDB(threads=1, memory="500MB") as engine:
        engine.take("lengths", made)
        expression = survival(ibis.table(kinds, name="lengths"))
        found: list[dict[str, Any]] = engine.query(compiled(expression, engine.dialect)).to_pylist()
    return sorted(found, key=lambda row: int(row["days"]))


def by_definition(lengths: list[Length]) -> list[tuple[int, int, int, float]]:
    """Each length at which one is closed: those at risk, those closed, and the product, counted one by one."""
    share = 1.0
    told: list[tuple[int, int, int, float]] = []
    for day in sorted({days for _, days, closed in lengths if closed}):
        at_risk = sum(entry < day <= days for entry, days, _ in lengths)
        closed = sum(days == day and closed and entry < day for entry, days, closed in lengths)
        if at_risk:
            share *= 1 - closed / at_risk
            told.append((day, at_risk, closed, share))
    return told


def test_remissions_of_the_textbook_survive_as_it_says(survival: Any) -> None:
    rows = estimated(survival, [(-1, weeks, int(ended)) for weeks, ended in REMISSIONS])
    assert {row["days"]: round(row["surviving"], 3) for row in rows} == TEXTBOOK
    assert [row["at_risk"] for row in rows] == [21, 17, 15, 12, 11, 7, 6]


def test_one_that_was_first_seen_late_is_not_at_risk_before(survival: Any) -> None:
    rows = estimated(survival, [(-1, 10, 1), (50, 60, 1), (-1, 70, 0)])
    assert [(row["days"], row["at_risk"]) for row in rows] == [(10, 2), (60, 2)]
    assert [row["surviving"] for row in rows] == [pytest.approx(0.5), pytest.approx(0.25)]


def test_where_all_are_closed_none_survives(survival: Any) -> None:
    rows = estimated(survival, [(-1, 5, 1), (-1, 9, 1)])
    assert [row["surviving"] for row in rows] == [pytest.approx(0.5), 0.0]


_LENGTHS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(-1, 11), st.integers(0, 1)).map(
        lambda told: (min(told[1], told[0] - 1), told[0], told[2])
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(lengths=_LENGTHS)
def test_any_lengths_survive_as_the_definition_says(survival: Any, lengths: list[Length]) -> None:
    rows, wanted = estimated(survival, lengths), by_definition(lengths)
    assert [(row["days"], row["at_risk"], row["closed"]) for row in rows] == [told[:3] for told in wanted]
    assert [row["surviving"] for row in rows] == pytest.approx([told[3] for told in wanted], abs=1e-12)


_TOLD = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)) | st.none(), min_size=1, max_size=25)


@settings(max_examples=40, deadline=None)
@given(told=_TOLD)
def test_no_more_survive_than_the_bound_wherever_between_the_closings_were(
    surviving_at_most: Any, told: list[tuple[int, int] | None]
) -> None:
    """Each is open still, or was closed at a true length, which a telling at that length or later bounds."""
    bounds = [None if one is None else max(one) for one in told]
    rows = [{"issuer": "one", "days": days} for days in bounds]
    kinds = {"issuer": "string", "days": "int64"}
    with DuckDB(threads=1, memory="500MB") as engine:
        engine.take("lengths", pa.Table.from_pylist(rows, pa.schema(list(kinds.items()))))
        expression = surviving_at_most(ibis.table(kinds, name="lengths"))
        found = engine.query(compiled(expression, engine.dialect)).to_pylist()
    assert {row["days"] for row in found} == {days for days in bounds if days is not None}
    for row in found:
        truly = sum(one is None or min(one) > row["days"] for one in told) / len(told)
        assert row["surviving"] >= truly - 1e-12
        assert row["surviving"] == pytest.approx(sum(d is None or d > row["days"] for d in bounds) / len(told))
