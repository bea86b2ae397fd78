"""Every metric against the same query by hand, over a million rows: `python -m scripts.bench metrics`."""

from __future__ import annotations

import time
from typing import Protocol

from scripts.benchmarks.handwritten import DAY, PAIRS
from scripts.benchmarks.million import million
from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.tables.kept import keep
from tallystick.tables.statements import compiled

MOST = 1.3
RUNS = 15
LEAST = 0.5


class Report(Protocol):
    """Where figures go: what was measured, ours and the yardstick's, and the most their ratio may be."""

    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None: ...


def run(report: Report) -> None:
    """Measure every metric's compiled SELECT over the same rows in the same process, by turns.

    Derived tables are kept first, as a bench keeps them for the first question over each; what that costs is told.
    """
    with million() as bench:
        _keep(bench)
        for pair in PAIRS:
            sql = compiled(bench.metrics.expression(pair.question, DAY), bench.engine.dialect)
            ours, yardstick = _by_turns(bench.engine, sql, pair.sql)
            report.ratio(f"{pair.name}, CPU ms", ours * 1000, yardstick * 1000, MOST)


def _keep(bench: Bench) -> None:
    line, started = bench.pipeline, time.process_time()
    for name in sorted({name for pair in PAIRS for name in bench.metrics.metric(pair.question.metric).inputs}):
        keep(bench.engine, name, bench.edition, line.graph, line.warehouse)
    print(f"  (the derived tables kept for all questions: {time.process_time() - started:.2f} CPU s)")


def _by_turns(engine: DuckDB, ours: str, yardstick: str) -> tuple[float, float]:
    """The fewest CPU seconds of each, run by turns: what else the machine does only ever adds to them.

    What takes few is run more often, since the same chance makes more of it.
    """
    taken: dict[str, list[float]] = {ours: [], yardstick: []}
    turn = 0
    while turn < RUNS or sum(map(sum, taken.values())) < LEAST:
        turn += 1
        for sql in (ours, yardstick) if turn % 2 else (yardstick, ours):
            started = time.process_time()
            engine.query(sql)
            if turn > 2:
                taken[sql].append(time.process_time() - started)
    return min(taken[ours]), min(taken[yardstick])
