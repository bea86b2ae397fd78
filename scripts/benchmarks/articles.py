"""Quantities and matches of labelled sentences, right, wrong and left out: `python -m scripts.bench articles`."""

from __future__ import annotations

from collections.abc import Callable

from tests.articles.agreement import labelled_matches, taken
from tests.articles.labelled import labelled_sentences, score
from tests.articles.questions import HERE, Told, known_of_records, sentences, told

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
    _questions(report)


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


def _questions(report: Report) -> None:
    """Sentences alone, whole articles, and articles that nothing was mended by."""
    known, claims = known_of_records()

    def of(folder: str) -> Told:
        parts = [
            told(sentences(path), known, claims, as_article=True) for path in sorted((HERE / folder).glob("*.txt"))
        ]
        return _together(parts)

    _told(report, "sentences", told(sentences(HERE / "asked.txt"), known, claims, as_article=False))
    _told(report, "articles", of("whole"))
    _told(report, "articles not tuned on", of("unseen"))


def _together(parts: list[Told]) -> Told:
    def all_of(lines: Callable[[Told], tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(line for part in parts for line in lines(part))

    numbers, right = sum(part.numbers for part in parts), sum(part.right for part in parts)
    abstained = sum(part.abstained for part in parts)
    return Told(numbers, right, all_of(lambda part: part.wrong), all_of(lambda part: part.left), abstained)


def _told(report: Report, name: str, found: Told) -> None:
    rest = (found.abstained + len(found.left)) / max(1, found.numbers)
    print(
        f"  {name}: {found.numbers} numbers; matched with precision {found.precision:.3f}, recall {found.recall:.3f};"
        f" abstained on {rest:.3f}"
    )
    for line in (*(f"wrong: {one}" for one in found.wrong), *(f"left: {one}" for one in found.left)):
        print(f"    {line}")
    report.ratio(f"{name}: wrong matches", len(found.wrong), found.right + len(found.wrong), MOST_FALSE)
    report.ratio(
        f"{name}: left without their question", len(found.left), found.right + len(found.left), MOST_ABSTAINED
    )
