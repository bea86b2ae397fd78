"""Sentences labelled with the claim that says the same, and which claims are taken for a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tallystick.articles.match import Said, matches, spoken


def labelled_matches() -> Iterator[tuple[str, str]]:
    """The claim (`-` for none) and the sentence of each line of `matched.txt`."""
    for line in (Path(__file__).parent / "matched.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            claim, _, sentence = line.partition(" | ")
            yield claim, sentence


def taken(sentence: str, known: Sequence[Said]) -> frozenset[str]:
    """The names of the claims that numbers of the sentence are matched to."""
    found = matches(spoken(sentence), known).values()
    return frozenset(one.claim.name for all_ in found for one in all_ if not one.against)
