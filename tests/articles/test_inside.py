"""What numbers of an article say of each other is worked out where its words put them together, and only there."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tallystick.articles.article import Paragraph
from tallystick.articles.inside import Within, within
from tallystick.articles.sentences import article


def _within(text: str) -> tuple[Within, ...]:
    return within(article("it", [Paragraph(text)]).sentences)


@pytest.mark.parametrize(
    "sentence",
    [
        "The law gives it $75 billion over four years, about $18.8 billion a year.",
        "Of these, 36 of the 120 inspections, or 30 percent, were late.",
        "Membership rose from 36 to 76, more than doubled.",
        "Arrests rose from 200 to 300 a day, an increase of 50 percent.",
        "It spent $71.5 million, up 637 percent from $9.7 million.",
        "Staff fell from 200 to 150, a drop of 25%.",
        "They bought 30 rifles and 20 rifles, 50 rifles in all.",
        "It paid $2 million and $3.5 million, a total of $5.5 million.",
    ],
)
def test_sums_that_come_out_are_told_to(sentence: str) -> None:
    (found,) = _within(sentence)
    assert found.agrees, found.says
    assert found.says.endswith("as stated")


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("The law gives it $75 billion over four years, about $28 billion a year.", "is $18.75 billion a year"),
        ("Of these, 36 of the 120 inspections, or 45 percent, were late.", "30%"),
        ("The number tripled from 36 to 76.", "2.11 times"),
        ("Arrests rose from 210 to 300 a day, an increase of 75 percent.", "42.86%"),
        ("Staff fell from 210 to 150, a drop of 55%.", "28.57%"),
        ("They bought 30 rifles and 20 rifles, 80 rifles in all.", "are 50"),
    ],
)
def test_sums_that_do_not_are_told_with_what_comes_out(sentence: str, says: str) -> None:
    (found,) = _within(sentence)
    assert not found.agrees
    assert says in found.says


@pytest.mark.parametrize(
    "sentence",
    [
        "ICE spent $70 million in 2025 and $9.7 million in 2024.",
        "It has 36 agreements in 14 states and spent 30 percent of its money.",
        "The contract of $30 million runs for two years and costs $165 per detainee.",
        "It grew from 36 to 76, while 12 percent of staff left and 5 percent stayed.",
        "Of 120 people 30 percent were fined.",
    ],
)
def test_numbers_that_the_words_do_not_put_together_are_left_alone(sentence: str) -> None:
    assert _within(sentence) == ()


@given(st.integers(1, 5000), st.integers(2, 5000), st.integers(0, 100))
@example(100, 101, 0)
def test_a_share_agrees_when_it_is_what_the_parts_give(part: int, whole: int, said: int) -> None:
    assume(part < whole)
    found = _within(f"They found {part:,} of the {whole:,} files, or {said} percent, open.")
    off = abs(100 * part / whole - said)
    if found and off <= 0.5:
        assert found[0].agrees
    if found and off > 50:
        assert not found[0].agrees or whole < 10 or said == 100


def test_two_numbers_for_one_thing_in_one_period_contradict_each_other() -> None:
    told = (
        "The agency held 61,226 people in custody in August 2025. {} The agency held 48,000 people in custody in {}."
    )
    (found,) = _within(told.format("It rained.", "August 2025"))
    assert not found.agrees
    assert [sentence.text[-12:] for sentence in found.sentences] == ["August 2025."] * 2
    assert _within(told.format("It rained.", "August 2024")) == ()


def test_a_number_that_is_denied_contradicts_none() -> None:
    text = "The agency held 61,226 people in August 2025. The agency denied it held 48,000 people in August 2025."
    assert _within(text) == ()


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("The office made 40 arrests in May and 35 in June. That makes 75 in all.", True),
        ("The office made 40 arrests in May and 35 in June. Together that makes 95.", False),
        ("It paid $4 million for guns and $3 million for vests. In all that comes to $7 million.", True),
        ("The office made 40 arrests in May and 35 in June. That makes 95.", None),
        ("The office made 40 arrests in May and spent $35. That makes 75 in all.", None),
    ],
)
def test_parts_and_the_sum_that_the_next_sentence_says(text: str, agrees: bool | None) -> None:
    found = within(article("it", [Paragraph(text)]).sentences)
    assert [one.agrees for one in found] == ([] if agrees is None else [agrees])
