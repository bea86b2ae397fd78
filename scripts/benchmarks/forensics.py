"""How many of the known errors are caught, and what an ordinary release gets: `python -m scripts.bench forensics`.

Over every official release beside the project. Recall: each id of the list of known errors, caught when all its
places are. Precision: the Findings of each severity that a release of each source gets, the releases with known
errors left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tests.acceptance.anomalies import FOLDERS, FOUND, KNOWN, Known

from scripts.benchmarks.metrics import Report
from tallystick.nouns.finding import Finding, Severity
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

REAL = Path(__file__).parents[3] / "shared" / "data"
MOST_STOPPED = 0.0


def run(report: Report) -> None:
    """Print recall by known error and precision by source; a missed error or too many stopped releases fail."""
    if not REAL.is_dir():
        print(f"  skipped: it needs the official releases at {REAL}")
        return
    with TemporaryDirectory() as home:
        pipeline = Pipeline(Settings(home=Path(home), records=(bundled_records(),), threads=2, memory_limit="2GB"))
        for folder in FOLDERS:
            pipeline.take_in(REAL / folder)
        findings = pipeline.standing().findings
        releases = {release.id: (release.source, release.name) for release in pipeline.ledger.releases()}
    names = {release: name for release, (_, name) in releases.items()}
    missed = _recall(findings, names, KNOWN)
    report.ratio("known errors that were missed", missed, len({known.id for known in KNOWN}), 0)
    report.ratio("errors found besides", _recall(findings, names, FOUND), len({known.id for known in FOUND}), 0)
    stopped, ordinary = _precision(findings, releases)
    report.ratio("ordinary releases that were stopped", stopped, ordinary, MOST_STOPPED)


def _recall(findings: Sequence[Finding], names: Mapping[str, str], errors: Sequence[Known]) -> int:
    """Print each known error with the kinds that caught it, and give how many were missed."""
    caught: dict[str, list[bool]] = defaultdict(list)
    for known in errors:
        caught[known.id].append(known.is_caught(findings, names))
    for name, places in caught.items():
        kinds = sorted({kind for known in errors if known.id == name for kind in known.kinds})
        told = "caught" if all(places) else "MISSED"
        print(f"  {told}  {name}  {sum(places)} of {len(places)} place(s)  {', '.join(kinds)}")
    return sum(not all(places) for places in caught.values())


def _precision(findings: Sequence[Finding], releases: Mapping[str, tuple[str, str]]) -> tuple[int, int]:
    """Print what an ordinary release of each source gets; give how many were stopped, of how many."""
    faulty = {release for release, (_, name) in releases.items() for known in (*KNOWN, *FOUND) if known.names(name)}
    counts: dict[str, Counter[Severity]] = {release: Counter() for release in releases if release not in faulty}
    for finding in findings:
        if finding.release in counts:
            counts[finding.release][finding.severity] += 1
    by_source: dict[str, list[Counter[Severity]]] = defaultdict(list)
    for release, its in counts.items():
        by_source[releases[release][0]].append(its)
    for source, all_ in sorted(by_source.items()):
        print(f"  {source}, {len(all_)} ordinary release(s), by severity: median, 90th percentile, share with any")
        print("    " + "   ".join(f"{severity} {_spread([its[severity] for its in all_])}" for severity in Severity))
    return sum(its[Severity.SEVERE] > 0 for its in counts.values()), len(counts)


def _spread(numbers: list[int]) -> str:
    most = quantiles(numbers, n=10)[-1] if len(numbers) > 1 else numbers[0]
    return f"{median(numbers):.0f}, {most:.0f}, {sum(number > 0 for number in numbers) / len(numbers):.0%}"
