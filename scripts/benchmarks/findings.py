"""How often the checks are right, on seeded faults and ordinary releases: `python -m scripts.bench findings`.

Recall: the share of faults, each put into several clean captures, whose Finding comes with the right kind, place and
severity. Precision: how many Findings of each severity an ordinary release gets; where the real captures lie beside
the project, theirs too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.checks import captures, faults

from scripts.benchmarks.metrics import Report
from tallystick.nouns.finding import Severity
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SEEDS = (1, 2, 3)
DAY, LATER = date(2025, 2, 1), date(2025, 8, 1)
REAL = Path(__file__).parents[3] / "shared" / "data" / "procurement" / "usaspending_transactions_api"


def run(report: Report) -> None:
    """Print recall by fault and the Findings of every ordinary release; a missed fault or a false stop is over."""
    missed = sum(len(SEEDS) - hits for _, hits in _told())
    seeded = len(SEEDS) * len(faults.IN_ONE_RELEASE + faults.BESIDE_THE_LAST)
    report.ratio("seeded faults that were missed", missed, seeded, 0)
    severe = releases = 0
    for name, counts in precision():
        print(f"  {name:48}" + "  ".join(f"{severity}: {counts[severity]}" for severity in Severity))
        severe, releases = severe + counts[Severity.SEVERE], releases + 1
    report.ratio("ordinary releases that were stopped", severe, releases, 0)


def _told() -> Iterator[tuple[faults.Fault, int]]:
    for fault, hits in recall():
        print(f"  {'found' if hits == len(SEEDS) else 'MISSED':7}{hits}/{len(SEEDS)}  {fault.found:20}{fault.name}")
        yield fault, hits


def recall() -> Iterator[tuple[faults.Fault, int]]:
    """Each fault, and in how many of the clean captures it was found."""
    for fault in faults.IN_ONE_RELEASE:
        yield fault, sum(_caught(fault, (fault.put(captures.made(seed)), DAY)) for seed in SEEDS)
    for fault in faults.BESIDE_THE_LAST:
        clean = {seed: captures.made(seed) for seed in SEEDS}
        yield fault, sum(_caught(fault, (rows, DAY), (fault.put(rows), LATER)) for rows in clean.values())


def precision() -> Iterator[tuple[str, Counter[Severity]]]:
    """Each ordinary release, and its Findings by severity: made captures, the starter edition, the real captures."""
    for seed in SEEDS:
        with _pipeline() as pipeline, TemporaryDirectory() as folder:
            found = captures.judged(pipeline, Path(folder), (captures.made(seed), DAY))
            yield f"made capture {seed}", Counter(finding.severity for finding in found)
    with _pipeline() as pipeline:
        pipeline.take_in_starter()
        yield from _by_release(pipeline)
    if REAL.is_dir():
        with _pipeline() as pipeline:
            pipeline.take_in(REAL)
            yield from _by_release(pipeline)


def _by_release(pipeline: Pipeline) -> Iterator[tuple[str, Counter[Severity]]]:
    findings = pipeline.standing().findings
    for release in pipeline.ledger.releases():
        yield release.name, Counter(finding.severity for finding in findings if finding.release == release.id)


def _caught(fault: faults.Fault, *given: tuple[list[captures.Row], date]) -> bool:
    with _pipeline() as pipeline, TemporaryDirectory() as folder:
        return faults.is_found(fault, captures.judged(pipeline, Path(folder), *given))


@contextmanager
def _pipeline() -> Iterator[Pipeline]:
    with TemporaryDirectory() as home:
        yield Pipeline(Settings(home=Path(home), records=(bundled_records(),), threads=2, memory_limit="2GB"))
