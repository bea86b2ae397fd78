"""Readings that words leave open: what the figure agrees with to its last digit is supported, and nothing else is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.articles.answered import Answered, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.known import Known
from tallystick.articles.sentences import article
from tallystick.articles.taken import article_of
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tests.articles.questions import known_of_records

DAY = date(2026, 2, 9)


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


def _judging(known: Known, value: str) -> Judging:
    def reading(claim: Claim) -> Reading:
        figure = Figure(claim.checks[-1].name, Decimal(value), "count", None, "as told", claim.checks[0].question, 7)
        return Reading(None, "abc", (Outcome(AS_STATED, (figure,)),))

    return Judging(reading, reading, lambda _: (date(2015, 1, 1), date(2026, 8, 1)), known.metrics.__getitem__)


def _last(known: Known, text: str, value: str) -> Answered:
    found = checked(article("it", [Paragraph(text)]), {}, known, _judging(known, value), DAY)
    return found[-1].answers[-1]


OPEN = "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 people, a proud result."


def test_the_figure_settles_what_the_words_leave_open(known: Known) -> None:
    found = _last(known, OPEN, "271484")
    assert found.word is Word.SUPPORTED
    assert "the words leave open" in found.beside


@pytest.mark.parametrize("value", ["271485", "270000", "27148"])
def test_a_figure_that_is_not_the_number_settles_nothing(known: Known, value: str) -> None:
    assert _last(known, OPEN, value).word is Word.NOT_MATCHED


@pytest.mark.parametrize(
    "text",
    [
        "In fiscal year 2024 the dedicated workforce of ICE alone removed 271,484 people, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 violent people, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE never removed 271,484 people, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 families, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE wants to remove 271,484 people, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 people from Texas, a proud result.",
        "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 people by plane.",
        "In fiscal year 2024 the dedicated workforce of ICE removed 271,484 people who had sued.",
        "Among the Mexicans, ICE removed 271,484 people in fiscal year 2024.",
        "In the deserts, ICE removed 271,484 people in fiscal year 2024.",
    ],
)
def test_a_word_that_turns_the_meaning_is_never_left_open(known: Known, text: str) -> None:
    assert _last(known, text, "271484").word is Word.NOT_MATCHED


def test_a_number_of_two_digits_is_no_evidence(known: Known) -> None:
    text = "In fiscal year 2024 the dedicated workforce of ICE removed 270,000 people, a proud result."
    assert _last(known, text, "270000").word is Word.NOT_MATCHED


def test_more_than_a_number_is_evidence_only_where_the_figure_is_just_above(known: Known) -> None:
    text = OPEN.replace("271,484", "more than 271,000")
    assert _last(known, text, "271484").word is Word.SUPPORTED
    assert _last(known, text, "290000").word is Word.NOT_MATCHED


def test_what_is_counted_and_when_may_be_told_sentences_before(known: Known) -> None:
    text = (
        "ICE held 70,766 people in detention on February 2, 2026. The cafeteria was full. Reporters came to look. "
        "Back on January 16, 2025, the count had stood lower, at a mere 39,703."
    )
    assert _last(known, text, "39703").word is Word.SUPPORTED


def _table(known: Known, rows: str, values: dict[tuple[str, str], int]) -> list[Answered]:
    """The answers for a table of agreements by state and day, where the record has `values`."""

    def reading(claim: Claim) -> Reading:
        check = claim.checks[0]
        value = values.get((str(check.where.get("state", "")), str(check.end)))
        given = None if value is None or check.metric != "agreements_in_force" else Decimal(value)
        figure = Figure(check.name, given, "count", None, "no row", check.question, 7)
        return Reading(None, "abc", (Outcome(AS_STATED, (figure,)),))

    judging = Judging(reading, reading, lambda _: (date(2015, 1, 1), date(2026, 8, 1)), known.metrics.__getitem__)
    text = f"The agreements under section 287(g) spread from state to state, and here is how.\n\n{rows}"
    read = article_of(text.encode(), "it")
    found = checked(read, {}, known, judging, DAY)
    return [answer for one in found if one.sentence.cells for answer in one.answers]


ROWS = """State | Sept. 30, 2025 | Jan. 26, 2026
Florida | 327 | 341
Texas | 185 | 287
Ohio | 93 | 54
Utah | 7 | 9"""
HELD = {
    ("FL", "2025-09-30"): 327, ("FL", "2026-01-26"): 341, ("TX", "2025-09-30"): 185, ("TX", "2026-01-26"): 287,
    ("OH", "2025-09-30"): 39, ("OH", "2026-01-26"): 54, ("UT", "2025-09-30"): 7, ("UT", "2026-01-26"): 9,
}  # fmt: skip


def test_cells_of_a_table_are_read_as_those_whose_figures_agree_to_the_last_digit(known: Known) -> None:
    words = {one.quantity.text: one.word for one in _table(known, ROWS, HELD)}
    assert words.pop("93") is Word.CONTRADICTED
    assert set(words.values()) == {Word.SUPPORTED}
    assert len(words) == 7


def test_a_table_of_something_else_is_left(known: Known) -> None:
    other = {place: value + 50 for place, value in HELD.items()}
    assert {one.word for one in _table(known, ROWS, other)} == {Word.NOT_MATCHED}


def _of(values: dict[str, str], known: Known) -> Judging:
    """A record in which each metric gives one value at any time."""

    def reading(claim: Claim) -> Reading:
        value = values.get(claim.checks[0].metric or "")
        given = None if value is None else Decimal(value)
        figure = Figure(claim.checks[-1].name, given, "share", None, "no row", claim.checks[0].question, 7)
        return Reading(None, "abc", (Outcome(AS_STATED, (figure,)),))

    return Judging(reading, reading, lambda _: (date(2015, 1, 1), date(2026, 8, 1)), known.metrics.__getitem__)


def test_a_contradiction_is_not_told_where_another_reading_gives_the_number(known: Known) -> None:
    text = "On February 2, 2026, 44 percent of people held by ICE had a criminal conviction."
    shares = {"share_of_detained_with_a_conviction": "0.26", "share_of_detained_with_neither": "0.48"}
    read = article("it", [Paragraph(text)])
    (told,) = checked(read, {}, known, _of(shares, known), DAY)
    assert told.answers[0].word is Word.CONTRADICTED
    (doubted,) = checked(read, {}, known, _of({**shares, "share_of_detained_with_neither": "0.44"}, known), DAY)
    assert doubted.answers[0].word is Word.NOT_MATCHED
    assert "it is so" in doubted.answers[0].because


@pytest.mark.parametrize(("value", "word"), [("1223.4", Word.NOT_MATCHED), ("1220.3", Word.SUPPORTED)])
def test_a_number_that_is_only_near_is_not_the_number(known: Known, value: str, word: Word) -> None:
    text = "In December 2025 the stubborn officers booked 1,220 people a day into detention, a proud result."
    found = checked(article("it", [Paragraph(text)]), {}, known, _of({"book_ins_per_day": value}, known), DAY)
    assert found[0].answers[0].word is word


def test_a_time_that_only_sentences_before_tell_is_no_evidence(known: Known) -> None:
    text = (
        "ICE held 70,766 people in detention on February 2, 2026. The stubborn officers counted a mere 70,766 there."
    )
    assert _last(known, text, "70766").word is Word.NOT_MATCHED
