"""Every metric against the same query by hand, over a million rows: `python -m scripts.bench metrics`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from scripts.benchmarks.handwritten import DAY, PAIRS
from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.evaluate import Metrics
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.statements import compiled

ROWS = 1_000_000
MOST = 1.3
RUNS = 15


class Report(Protocol):
    """Where figures go: what was measured, ours and the yardstick's, and the most their ratio may be."""

    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None: ...


def run(report: Report) -> None:
    """Measure every metric's compiled SELECT over the same rows in the same process, by turns."""
    with _million() as (engine, metrics):
        for pair in PAIRS:
            sql = compiled(metrics.expression(pair.question, DAY), engine.dialect)
            ours, yardstick = _by_turns(engine, sql, pair.sql)
            report.ratio(f"{pair.name}, CPU ms", ours * 1000, yardstick * 1000, MOST)


@contextmanager
def _million() -> Iterator[tuple[DuckDB, Metrics]]:
    """The starter edition's tables, each repeated with other contracts, firms and codes to a million."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        pipeline = Pipeline(Settings(home=home, records=(bundled_records(),)))
        pipeline.take_in_starter()
        bench = Bench(pipeline)
        with DuckDB(home / "million.duckdb", threads=2, memory="2GB") as engine:
            engine.attach(pipeline.warehouse.edition(bench.edition.id), "edition")
            for table in ("contract_actions", "awards"):
                engine.create(table, _repeated(table, ROWS // _rows(engine, table) + 1))
            for table in ("appropriations", "budget_obligations", "solicitations"):
                engine.create(table, f"SELECT * FROM edition.{table}")
            yield engine, bench.metrics


def _rows(engine: DuckDB, table: str) -> int:
    return int(engine.query(f"SELECT count(*) AS rows FROM edition.{table}").to_pylist()[0]["rows"])


def _repeated(table: str, times: int) -> str:
    return (
        "SELECT a.* REPLACE (a.piid || '-' || n.range AS piid, a.award_key || '-' || n.range AS award_key, "
        "CASE n.range % 3 WHEN 0 THEN a.recipient ELSE a.recipient || '-' || (n.range % 7) END AS recipient, "
        "CASE n.range % 9 WHEN 0 THEN '332994' ELSE '56161' || n.range % 9 END AS naics_code) "
        f"FROM edition.{table} a, range({times}) n"
    )


def _by_turns(engine: DuckDB, ours: str, yardstick: str) -> tuple[float, float]:
    """The fewest CPU seconds of each, run by turns: what else the machine does only ever adds to them."""
    taken: dict[str, list[float]] = {ours: [], yardstick: []}
    for turn in range(RUNS + 2):
        for sql in (ours, yardstick) if turn % 2 else (yardstick, ours):
            started = time.process_time()
            engine.query(sql)
            if turn >= 2:
                taken[sql].append(time.process_time() - started)
    return min(taken[ours]), min(taken[yardstick])
