"""Every metric gives what hand-written SQL gives over the same Edition."""

from __future__ import annotations

import pytest
from scripts.benchmarks.handwritten import DAY, PAIRS, Pair

from tallystick.bench import Bench
from tallystick.tables.statements import compiled


@pytest.mark.real_data
@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_a_metric_gives_what_a_person_would_have_asked_in_sql(real_bench: Bench, pair: Pair) -> None:
    sql = compiled(real_bench.metrics.expression(pair.question, DAY), real_bench.engine.dialect)
    ours = real_bench.engine.query(sql).to_pylist()
    by_hand = real_bench.engine.query(pair.sql).to_pylist()
    assert len(ours) == len(by_hand) > 0
    for row, other in zip(ours, by_hand, strict=True):
        assert {name: _rounded(cell) for name, cell in row.items()} == {
            name: _rounded(cell) for name, cell in other.items()
        }


@pytest.mark.real_data
def test_every_metric_over_what_is_spent_has_been_written_by_hand(real_bench: Bench) -> None:
    """Those over the tables that any pair is about; counts of people are read independently elsewhere."""
    by_hand = {pair.question.metric for pair in PAIRS}
    tables = {real_bench.metrics.metric(name).inputs[0] for name in by_hand}
    over_them = {name for name, metric in real_bench.metrics.by_name.items() if metric.inputs[0] in tables}
    assert over_them - by_hand == set()


def _rounded(cell: object) -> object:
    return round(cell, 9) if isinstance(cell, float) else cell
