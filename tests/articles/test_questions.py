"""A number is matched to the question that its sentence asks, and to none where anything is otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tallystick.articles.asking import asked
from tallystick.articles.before import Before
from tallystick.articles.find import quantities
from tallystick.articles.known import Known
from tallystick.articles.match import Said
from tallystick.articles.reading import read
from tests.articles.questions import HERE, known_of_records, sentences, told

Records = tuple[Known, Sequence[Said]]


@pytest.fixture(scope="module")
def records() -> Records:
    return known_of_records()


def test_the_set_is_large_and_half_of_it_traps_and_other_kinds() -> None:
    labelled = sentences(HERE / "asked.txt")
    assert len(labelled) >= 150
    assert sum("-" in may for one in labelled for may in one.asks) >= 50


def test_no_number_of_a_sentence_is_taken_for_another_question(records: Records) -> None:
    found = told(sentences(HERE / "asked.txt"), *records, as_article=False)
    assert found.wrong == ()


def test_few_numbers_that_ask_a_question_are_left(records: Records) -> None:
    found = told(sentences(HERE / "asked.txt"), *records, as_article=False)
    assert found.recall >= 0.9, found.left


@pytest.mark.parametrize(
    "name", ["agreements", "arrests", "going_on", "leaning_traps", "named_short", "sharing", "spending", "technology"]
)
def test_articles_are_read_sentence_after_sentence(records: Records, name: str) -> None:
    found = told(sentences(HERE / "whole" / f"{name}.txt"), *records, as_article=True)
    assert found.wrong == ()
    assert found.recall >= 0.75, found.left


@pytest.mark.parametrize(
    ("sentence", "because"),
    [
        ("ICE never removed 271,484 people in fiscal year 2024.", "denies"),
        ("ICE plans to remove 271,484 people in fiscal year 2024.", "not said as so: planned"),
        ("CBP arrested 143,470 people in fiscal year 2017.", "the figures held are of ICE"),
        ("ICE arrested 3,000 citizens in fiscal year 2017.", "it counts citizens"),
        ("ICE spent $71.5 million on weapons.", "of which time is not said"),
        ("ICE spent $71.5 million on weapons training in fiscal year 2025.", "it says more: train"),
        ("ICE arrested another 20,000 people in fiscal year 2017.", "how much more or less"),
        ("ICE held 60,311 people in fiscal year 2026.", "is of a day"),
        ("ICE booked 9,000 people into detention between June 3 and June 9, 2025.", "whole months"),
    ],
)
def test_a_question_that_is_not_taken_says_why(records: Records, sentence: str, because: str) -> None:
    found = quantities(sentence)
    (number,) = [one for one in found if one.value is not None]
    reasons = [one.against for one in asked(number, read(sentence, found, records[0], Before()), records[0])]
    assert reasons
    assert all(reasons)
    assert any(because in reason for reason in reasons), reasons
