"""Reading the official layout against DuckDB's own typed CSV-to-Parquet: `python -m scripts.benchmarks.ingest`.

Ours: copy the ZIP into the archive and hash it, unpack, read strictly, judge, write Parquet with provenance. The
yardstick: DuckDB reads the unpacked CSVs, each column declared with its type, and writes the same columns to Parquet.
Each in processes of its own, by turns; CPU seconds are user and system from when all was imported and the records
were loaded, the fewest of its runs, since what else the machine does only ever adds to them. Memory is the highest
resident size of that program as Linux keeps it: `getrusage` counts with it what the process had that started it.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.metrics import Report
from scripts.generate_transactions import SOURCE, TABLE, Wanted, full
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.sources.typed import PARQUET_TYPE

Work = Callable[[], None]
ROWS = 1_000_000
RUNS = 3
MOST = 1.5
MOST_MB = 1500


def run(report: Report, rows: int = ROWS) -> None:
    """Measure both on one generated file."""
    with TemporaryDirectory() as folder:
        measure(report, full(Path(folder), Wanted(rows)))


def measure(report: Report, archive: Path) -> None:
    """Measure both on a file that is there; its CSVs are unpacked beside it for the yardstick."""
    with TemporaryDirectory(dir=archive.parent) as scratch:
        plain = Path(scratch) / "plain"
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(plain)
        given = {"ours": archive, "yardstick": plain}
        taken: dict[str, list[dict[str, float]]] = {"ours": [], "yardstick": []}
        for turn in range(RUNS):
            for which in sorted(given, reverse=turn % 2 == 0):
                with TemporaryDirectory(dir=scratch) as own:
                    taken[which].append(_alone(which, given[which], Path(own)))
        ours, yardstick = (min(taken[which], key=lambda used: used["cpu"]) for which in ("ours", "yardstick"))
    report.ratio("ingest CPU s", ours["cpu"], yardstick["cpu"], MOST)
    report.ratio("ingest peak MB", ours["peak"], yardstick["peak"], MOST)
    report.ratio(f"ingest peak MB of {MOST_MB}", ours["peak"], MOST_MB, 1.0)


def ours(archive: Path, scratch: Path) -> Work:
    """Archive, hash, read and publish, as `tallystick add` does."""
    pipeline = Pipeline(Settings(home=scratch / "home", records=(bundled_records(),)))
    source = pipeline.catalog.source(SOURCE)

    def add() -> None:
        _, made = pipeline.add(source, archive, Provenance(SOURCE, archive.name))
        severe = [finding.says for finding in made.findings if finding.severity is Severity.SEVERE]
        if severe:
            raise SystemExit(f"the generated file is not clean: {severe}")

    return add


def yardstick(plain: Path, scratch: Path) -> Work:
    """The same columns, typed, by one COPY."""
    columns = Catalog((bundled_records(),)).source(SOURCE).publishes[TABLE].columns
    kept = {column.names(own)[0]: PARQUET_TYPE[column.type] for own, column in columns.items()}
    files = sorted(plain.glob("*.csv"))
    with files[0].open(newline="") as file:
        names = next(csv.reader(file))
    declared = ", ".join(f"{quoted(name)}: {quoted(kept.get(name, 'VARCHAR'))}" for name in names)
    wanted = ", ".join(named(name) for name in names if name in kept)
    listed = ", ".join(quoted(str(path)) for path in files)
    read = f"read_csv([{listed}], columns = {{{declared}}}, auto_detect = false, header = true, quote = '\"')"

    def copy() -> None:
        with DuckDB() as engine:
            engine.write(f"SELECT {wanted} FROM {read}", scratch / "yardstick.parquet")

    return copy


def _alone(which: str, given: Path, scratch: Path) -> dict[str, float]:
    told = subprocess.run(
        [sys.executable, "-m", "scripts.benchmarks.ingest", which, str(given), str(scratch)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return dict(json.loads(told.stdout))


def main() -> None:
    """One of the two, alone; prints its CPU seconds and peak in MB."""
    which, given, scratch = sys.argv[1:]
    work = {"ours": ours, "yardstick": yardstick}[which](Path(given), Path(scratch))
    before = time.process_time()
    work()
    print(json.dumps({"cpu": time.process_time() - before, "peak": _peak()}))


def _peak() -> float:
    """The highest resident size of this program, in MB."""
    (told,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1024


if __name__ == "__main__":
    main()
