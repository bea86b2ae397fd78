"""A one per cent delta on a million rows, from its bytes to the state: `python -m scripts.benchmarks.delta`."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.metrics import Report
from scripts.generate_transactions import SOURCE, TABLE, Wanted, delta, full
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

ROWS = 1_000_000
MOST_SECONDS = 2.0


def run(report: Report, rows: int = ROWS) -> None:
    """Archive, read, judge and publish the delta, then build the Edition with it, in this process."""
    with TemporaryDirectory() as folder:
        wanted = Wanted(rows)
        archives = full(Path(folder), wanted), delta(Path(folder), wanted, rows // 100, "20260206")
        measure(report, *archives)


def measure(report: Report, whole: Path, increment: Path) -> None:
    """The same on files that are there."""
    with TemporaryDirectory(dir=whole.parent) as home:
        pipeline = Pipeline(Settings(home=Path(home), records=(bundled_records(),)))
        source = pipeline.catalog.source(SOURCE)
        pipeline.add(source, whole, Provenance(SOURCE, whole.name))
        pipeline.build()
        started = time.perf_counter()
        pipeline.add(source, increment, Provenance(SOURCE, increment.name))
        added = time.perf_counter()
        edition = pipeline.build()
        built = time.perf_counter()
        if len(edition.of(TABLE)) != 2:
            raise SystemExit("the state does not hold both releases: see the findings of the generated files")
    report.ratio("delta of 1%: archived, read, published, s", added - started, MOST_SECONDS, 1.0)
    report.ratio("delta of 1%: and the Edition built, s", built - started, MOST_SECONDS, 1.0)
