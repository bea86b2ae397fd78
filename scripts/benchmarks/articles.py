"""Quantities of the labelled sentences that are found, and false ones: `python -m scripts.bench articles`."""

from __future__ import annotations

from tests.articles.labelled import labelled_sentences, score

from scripts.benchmarks.metrics import Report

MOST_MISSED = 0.1
MOST_FALSE = 0.05


def run(report: Report) -> None:
    """Print what was missed and what was found where nothing is; too much of either fails."""
    found = score()
    print(
        f"  {len(list(labelled_sentences()))} sentences; recall {found.recall:.3f}, precision {found.precision:.3f}"
    )
    for line in found.told:
        print(f"    {line}")
    report.ratio("quantities that were missed", found.labelled - found.found, found.labelled, MOST_MISSED)
    report.ratio("quantities that are none", found.false, found.found + found.false, MOST_FALSE)
