"""A filter value that no row has is refused, at the cost of one query for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import UnknownName
from tallystick.metrics.nearest import plain_values
from tallystick.nouns.metric import Question
from tests.tables.conftest import Captured, captured

__all__ = ["captured"]
LINES = [f"ICE,70{n},FIRM {n} LLC,1.00,2025-11-02,0," for n in range(4)]


def test_every_value_is_looked_for_in_one_query(captured: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(captured(LINES))
    bench.engine.query("SELECT 1")
    asked: list[str] = []
    query = DuckDB.query

    def counted(self: DuckDB, sql: str, values: Sequence[Any] = ()) -> Any:
        asked.append(sql)
        return query(self, sql, values)

    monkeypatch.setattr(DuckDB, "query", counted)
    bench.refuse_unheard(Question("obligations", {"agency": "ICE", "piid": ["700", "701", "7*"]}))
    assert len(asked) == 1
    with pytest.raises(UnknownName, match="'70X'") as refused:
        bench.refuse_unheard(Question("obligations", {"agency": "ICE", "piid": ["700", "70X"]}))
    assert "701" in refused.value.next_step
    assert len(asked) == 3


def test_patterns_are_no_values() -> None:
    assert plain_values({"psc": "10*", "agency": ["ICE", "C*"]}) == [("agency", "ICE")]
