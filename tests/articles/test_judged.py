"""What can go wrong with a question that nobody wrote down is not judged: days, nearest series, unfinished times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tallystick.articles.answered import Answered, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.known import Known
from tallystick.articles.sentences import article
from tallystick.articles.whole import Span
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tallystick.nouns.metric import Question
from tests.articles.questions import known_of_records


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


def _reading(of: Callable[[Question], int | None], taken_on: str) -> Callable[[Claim], Reading]:
    """A reading in which each definition gives what `of` says, counted on a day."""

    def read(claim: Claim) -> Reading:
        stated = claim.checks[0]
        asked = [(AS_STATED, stated), *((other.name, other.put_to(stated)) for other in claim.also)]
        outcomes = []
        for name, check in asked:
            value = of(check.question)
            told = (f"the figure is of {taken_on}, the day of the newest good snapshot",) if taken_on else ()
            given = None if value is None else Decimal(value)
            figure = Figure(check.name, given, "count", None, "no row is about this", check.question, 3, told)
            outcomes.append(Outcome(name, (figure,)))
        return Reading(None, "abc", tuple(outcomes))

    return read


def _answer(
    known: Known, text: str, of: Callable[[Question], int | None], taken_on: str = "", span: Span | None = None
) -> Answered:
    read = _reading(of, taken_on)
    judging = Judging(read, read, lambda _: span, known.metrics.__getitem__)
    (found,) = checked(article("it", [Paragraph(text)]), {}, known, judging)
    return found.answers[0]


def _of(metric: str, value: int) -> Callable[[Question], int | None]:
    return lambda asked: value if asked.metric == metric else None


AGREEMENTS = "ICE had {} agreements under 287(g) {}."


@pytest.mark.parametrize(
    ("number", "when", "taken_on", "word"),
    [
        ("1,035", "on September 30, 2025", "2025-09-30", Word.SUPPORTED),
        ("1,900", "on September 30, 2025", "2025-09-30", Word.CONTRADICTED),
        ("1,060", "on September 30, 2025", "2025-09-30", Word.CONTRADICTED),
        ("1,060", "on September 30, 2025", "2025-09-12", Word.NOT_CHECKABLE),
        ("1,900", "on September 30, 2025", "2025-09-12", Word.CONTRADICTED),
        ("1,035", "on September 30, 2025", "2025-08-12", Word.NOT_CHECKABLE),
    ],
)
def test_a_count_of_another_day_settles_only_what_lies_far_off(
    known: Known, number: str, when: str, taken_on: str, word: Word
) -> None:
    found = _answer(known, AGREEMENTS.format(number, when), _of("agreements_in_force", 1035), taken_on)
    assert found.word is word


@pytest.mark.parametrize(
    ("number", "word"),
    [("900", Word.SUPPORTED), ("800", Word.DEPENDS), ("850", Word.NOT_CHECKABLE), ("2,000", Word.CONTRADICTED)],
)
def test_of_a_month_any_day_may_be_meant(known: Known, number: str, word: Word) -> None:
    def of(asked: Question) -> int | None:
        late = asked.end == date(2025, 9, 30)
        return (900 if late else 800) if asked.metric == "agreements_in_force" else None

    assert _answer(known, AGREEMENTS.format(number, "in September 2025"), of, "2025-09-15").word is word


@pytest.mark.parametrize(
    ("number", "word"),
    [("222,832", Word.SUPPORTED), ("250,000", Word.NOT_CHECKABLE), ("600,000", Word.CONTRADICTED)],
)
def test_the_nearest_series_contradicts_only_what_it_cannot_be(known: Known, number: str, word: Word) -> None:
    span = (date(2018, 10, 1), date(2026, 4, 1))
    found = _answer(
        known, f"ICE arrested {number} people in fiscal year 2025.", _of("ice_arrest_book_ins", 222_832), span=span
    )
    assert found.word is word
    assert "book" in (found.beside or found.because)


@pytest.mark.parametrize(
    ("number", "word"),
    [("3", Word.NOT_CHECKABLE), ("more than 2", Word.SUPPORTED), ("less than 9", Word.NOT_CHECKABLE)],
)
def test_a_time_that_is_not_over_is_judged_only_where_more_cannot_change_it(
    known: Known, number: str, word: Word
) -> None:
    span = (date(2025, 1, 1), date(2025, 6, 30))
    text = f"ICE committed ${number.split()[-1]} billion in contracts in fiscal year 2025."
    text = text.replace("committed $", f"committed {' '.join(number.split()[:-1])} $").replace("  ", " ")
    found = _answer(known, text, _of("obligations", 3_000_000_000), span=span)
    assert found.word is word


def test_a_denial_and_a_plan_are_not_judged(known: Known) -> None:
    for text in (
        "ICE denied that it removed 271,484 people in fiscal year 2024.",
        "ICE plans to remove 271,484 people in fiscal year 2024.",
    ):
        assert _answer(known, text, _of("removals_since_october", 271_484)).word is Word.NOT_MATCHED


def test_a_figure_that_is_far_off_what_is_not_all_said_settles_nothing(known: Known) -> None:
    booked = _of("ice_arrest_book_ins", 36_621)
    text = "In October 2025, {} people were booked into detention after arrests."
    assert _answer(known, text.format("46,000"), booked).word is Word.CONTRADICTED
    assert _answer(known, text.format("11 million"), booked).word is Word.NOT_MATCHED
    told = "In October 2025, ICE booked {} people into detention after arrests."
    assert _answer(known, told.format("11 million"), booked).word is Word.CONTRADICTED
