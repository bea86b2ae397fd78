"""Taking in and judging hundreds of small workbooks: `python -m scripts.benchmarks.intake`.

Needs the real releases (TALLYSTICK_DATA or ../shared/data). Each folder in seconds, archived, hashed, read
strictly and published; then every check of all of it, and the Edition's tables. The bound is on the two together.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.metrics import Report
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

FOLDERS = ("detention_statistics", "agreements_287g")
MOST_SECONDS = 60.0
_ROOT = Path(__file__).parents[2]


def run(report: Report) -> None:
    """Measure both folders, where they are."""
    data = Path(os.environ.get("TALLYSTICK_DATA", _ROOT.parent / "shared" / "data"))
    if not all((data / name).is_dir() for name in FOLDERS):
        print(f"  no {' or '.join(FOLDERS)} below {data}: nothing to measure")
        return
    with TemporaryDirectory() as home:
        pipeline = Pipeline(Settings(home=Path(home), records=(bundled_records(),), threads=2))
        total = sum(_taken_in(pipeline, data / name) for name in FOLDERS)
        report.ratio(f"intake seconds of {MOST_SECONDS:.0f}", total, MOST_SECONDS, 1.0)
        began = time.perf_counter()
        standing = pipeline.standing()
        judged = time.perf_counter()
        pipeline.built(standing.edition)
        print(f"  {len(standing.findings)} findings judged in {judged - began:.1f} s, the Edition's tables in "
              f"{time.perf_counter() - judged:.1f} s")  # fmt: skip


def _taken_in(pipeline: Pipeline, folder: Path) -> float:
    began = time.perf_counter()
    intake = pipeline.take_in(folder)
    seconds = time.perf_counter() - began
    print(f"  {folder.name}: {len(intake.taken)} releases in {seconds:.1f} s, {len(intake.refused)} refused")
    return seconds


def main() -> None:
    """The same, alone."""
    from scripts.bench import Printed

    run(Printed())


if __name__ == "__main__":
    main()
