"""Quantities and matches of labelled sentences, right, wrong and left out: `python -m scripts.bench articles`."""

from __future__ import annotations

from tests.articles.agreement import labelled_matches, taken
from tests.articles.labelled import labelled_sentences, score

from scripts.benchmarks.metrics import Report
from tallystick.articles.match import said
from tallystick.catalog import Catalog
from tallystick.nouns.claim import Claim
from tallystick.settings import bundled_records

MOST_MISSED = 0.1
MOST_FALSE = 0.05
MOST_ABSTAINED = 0.25


def run(report: Report) -> None:
    """Print recall and precision with each mistake; too many of any kind fail."""
    found = score()
    print(
        f"  {len(list(labelled_sentences()))} sentences; recall {found.recall:.3f}, precision {found.precision:.3f}"
    )
    for line in found.told:
        print(f"    {line}")
    report.ratio("quantities that were missed", found.labelled - found.found, found.labelled, MOST_MISSED)
    report.ratio("quantities that are none", found.false, found.found + found.false, MOST_FALSE)
    _matches(report)


def _matches(report: Report) -> None:
    known = said(Catalog((bundled_records(),)).written("claims", Claim))
    told = [(claim, sentence, taken(sentence, known)) for claim, sentence in labelled_matches()]
    wrong = [sentence for claim, sentence, names in told if names - {claim}]
    missed = [sentence for claim, sentence, names in told if claim != "-" and claim not in names]
    for line in (*(f"wrong: {one}" for one in wrong), *(f"abstained: {one}" for one in missed)):
        print(f"    {line}")
    report.ratio("matches that are wrong", len(wrong), sum(bool(names) for _, _, names in told), MOST_FALSE)
    same = sum(claim != "-" for claim, _, _ in told)
    report.ratio("sentences left without their claim", len(missed), same, MOST_ABSTAINED)
