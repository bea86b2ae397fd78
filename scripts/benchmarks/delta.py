"""A one per cent delta on a million rows, from its bytes to the state: `python -m scripts.benchmarks.delta`."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.metrics import Report
from scripts.generate_transactions import SOURCE, TABLE, Wanted, delta, full
from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

ROWS = 1_000_000
MOST_SECONDS = 2.0


def run(report: Report, rows: int = ROWS) -> None:
    """Archive, read, judge and publish the delta, build the Edition with it and ask it, in this process.

    The Edition before it was asked, as it is where somebody reads. CPU seconds of all threads: what else the machine
    does is left out, and a machine with nothing else to do needs no more seconds than these, but for waiting on its
    disk.
    """
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
        first = _asked(Bench(pipeline))
        began, started = time.perf_counter(), time.process_time()
        pipeline.add(source, increment, Provenance(SOURCE, increment.name))
        added = time.process_time()
        edition = pipeline.build()
        built, ended = time.process_time(), time.perf_counter()
        if len(edition.of(TABLE)) != 2:
            raise SystemExit("the state does not hold both releases: see the findings of the generated files")
        asked = _asked(Bench(pipeline))
    print(f"  (the wall clock counted {ended - began:.2f} s to the Edition; a figure over awards then took:)")
    print(f"  (all awards of the first Edition, built, derived and asked: {first:.2f} CPU s)")
    report.ratio("delta of 1%: first figure over all awards, CPU s", asked, MOST_SECONDS, 1.0)
    report.ratio("delta of 1%: archived, read, published, CPU s", added - started, MOST_SECONDS, 1.0)
    report.ratio("delta of 1%: and the Edition built, CPU s", built - started, MOST_SECONDS, 1.0)


def _asked(bench: Bench) -> float:
    """CPU seconds of the first question over a table that needs all rows, which derives what of it is not there."""
    started = time.process_time()
    if not bench.ask(Question("ceiling")).value:
        raise SystemExit("the generated awards have no ceiling")
    return time.process_time() - started
