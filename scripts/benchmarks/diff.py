"""A full diff of two releases of 100,000 rows: `python -m scripts.benchmarks.diff`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Protocol

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.difference import Difference
from tallystick.tables.states import Comparison, State

ROWS = 100_000
SECONDS = 2.0
RUNS = 5
KEY = ("piid", "modification_number")
# As wide as what is published of the official layout: two to pair by, and these compared.
TEXTS = [f"text_{n}" for n in range(1, 35)]
DATES = [f"day_{n}_date" for n in range(1, 7)]
MONEY = [f"amount_{n}_usd" for n in range(1, 9)]


class Report(Protocol):
    """Where figures go: what was measured, ours and the yardstick's in seconds, and the most their ratio may be."""

    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None: ...


def run(report: Report) -> None:
    """Measure the diff as a person gets it, counts, money, rows and cells, against one plain join by hand."""
    with TemporaryDirectory() as folder:
        before, after = _releases(Path(folder))
        keyed = Comparison("actions", KEY, (), "SELECT * FROM actions")
        keyless = Comparison("actions", (), (), "SELECT * FROM actions")
        found = _compared(keyed, before, after)
        assert (found.added, found.removed, found.changed) == (1_000, 1_000, 990), found
        ours = _seconds(lambda: _compared(keyed, before, after))
        by_hand = _seconds(lambda: _by_hand(before, after))
        without_key = _seconds(lambda: _compared(keyless, before, after))
    report.ratio(f"full diff of {ROWS:,} rows, by key, of the {SECONDS} s allowed", ours, SECONDS, 1.0)
    report.ratio(f"full diff of {ROWS:,} rows, no key, of the {SECONDS} s allowed", without_key, SECONDS, 1.0)
    report.ratio("full diff by key, over a plain join that only counts", ours, by_hand, 10.0)


def _releases(folder: Path) -> tuple[State, State]:
    """Two releases: 1,000 rows went, 1,000 came, one in a hundred of the rest has another amount."""
    files = folder / "before.parquet", folder / "after.parquet"
    with DuckDB() as engine:
        engine.write(_rows("before", 0, "0"), files[0])
        engine.write(_rows("after", 1_000, "CASE WHEN n % 100 = 0 THEN 1 ELSE 0 END"), files[1])
    return State("before", files[0]), State("after", files[1])


def _rows(release: str, first: int, more: str) -> str:
    texts = [f"'value ' || (hash(n, {place}) % 5000) AS {name}" for place, name in enumerate(TEXTS)]
    dates = [f"DATE '2025-01-01' + (n % {300 + place})::INT AS {name}" for place, name in enumerate(DATES)]
    money = [f"((n * {place} % 1000003) / 100)::DECIMAL(18,2) AS {name}" for place, name in enumerate(MONEY[1:], 2)]
    amount = f"((n % 99991) / 100 + {more})::DECIMAL(18,2) AS {MONEY[0]}"
    columns = ", ".join(
        ["'P' || n // 4 AS piid", "'M' || n % 4 AS modification_number", amount, *texts, *dates, *money]
    )
    return (
        f"SELECT '{release}' AS release_id, 'all' AS scope, 'file.csv' AS member, n - {first} + 1 AS source_row, "
        f"{columns}, NULL::VARCHAR AS misfits, NULL::VARCHAR AS repairs FROM range({first}, {first + ROWS}) AS r(n)"
    )


def _compared(comparison: Comparison, before: State, after: State) -> Difference:
    with DuckDB() as engine:
        return comparison.run(before, after, engine)


def _by_hand(before: State, after: State) -> None:
    differs = " OR ".join(f"b.{name} IS DISTINCT FROM a.{name}" for name in (*TEXTS, *DATES, *MONEY))
    with DuckDB() as engine:
        engine.query(
            f"SELECT count(*) FILTER (b.piid IS NULL), count(*) FILTER (a.piid IS NULL), count(*) FILTER ({differs}) "
            f"FROM read_parquet({quoted(str(before.file))}) AS b "
            f"FULL JOIN read_parquet({quoted(str(after.file))}) AS a "
            f"ON {' AND '.join(f'b.{name} = a.{name}' for name in KEY)}"
        )


def _seconds(act: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began

    return median(once() for _ in range(RUNS))


class _Printed:
    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None:
        print(f"{name}: {ours:.2f} s / {yardstick:.2f} s = {ours / yardstick:.2f} (at most {most})")


if __name__ == "__main__":
    run(_Printed())
