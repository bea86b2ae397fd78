"""A sentence is matched to the claim that says the same, and to none where anything is otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tallystick.articles.match import Said, matches, said, spoken
from tallystick.catalog import Catalog
from tallystick.nouns.claim import Claim
from tallystick.settings import bundled_records
from tests.articles.agreement import labelled_matches, taken


@pytest.fixture(scope="module")
def known() -> tuple[Said, ...]:
    return said(Catalog((bundled_records(),)).written("claims", Claim))


def _told(known: tuple[Said, ...]) -> Iterator[tuple[str, str, frozenset[str]]]:
    for claim, sentence in labelled_matches():
        yield claim, sentence, taken(sentence, known)


def test_no_sentence_is_matched_to_a_claim_that_says_something_else(known: tuple[Said, ...]) -> None:
    wrong = [(sentence, found) for claim, sentence, found in _told(known) if found - {claim}]
    assert wrong == []


def test_most_sentences_that_say_the_same_are_matched(known: tuple[Said, ...]) -> None:
    same = [(sentence, claim in found) for claim, sentence, found in _told(known) if claim != "-"]
    missed = [sentence for sentence, found in same if not found]
    assert len(missed) <= 0.2 * len(same), missed


def test_each_claim_with_a_number_is_found_by_its_own_sentence(known: tuple[Said, ...]) -> None:
    wrong = {one.claim.name: taken(one.claim.said, known) - {one.claim.name} for one in known}
    assert {name for name, others in wrong.items() if others} == set()


@pytest.mark.parametrize(
    ("sentence", "because"),
    [
        ("CBP gave Palantir $30 million for ImmigrationOS.", "another agency"),
        ("ICE never gave Palantir $30 million for ImmigrationOS.", "denies"),
        ("ICE plans to give Palantir $30 million for ImmigrationOS.", "said otherwise"),
        ("ICE gave Palantir $30 million for ImmigrationOS in 2019.", "it speaks of 2019"),
        ("ICE gave Palantir $30 million for ImmigrationOS last year.", "which days 'last year' are"),
        ("ICE gave Palantir $45 million for ImmigrationOS.", "the number is another"),
        ("ICE gave Palantir $30 million for ImmigrationOS drones.", "something else too: drones"),
    ],
)
def test_a_candidate_says_why_it_was_not_taken(known: tuple[Said, ...], sentence: str, because: str) -> None:
    (found,) = [
        one for all_ in matches(spoken(sentence), known).values() for one in all_ if "30-million" in one.claim.name
    ]
    assert because in found.against


def test_what_the_sentence_before_names_is_understood(known: tuple[Said, ...]) -> None:
    before = "ICE turned to Palantir for ImmigrationOS."
    found = matches(spoken("It gave the firm $30 million for ImmigrationOS.", before), known)
    assert [one.claim.name for all_ in found.values() for one in all_ if not one.against] == ["palantir-30-million"]
    alone = matches(spoken("It gave the firm $30 million for ImmigrationOS."), known)
    assert [one for all_ in alone.values() for one in all_ if not one.against] == []
