"""The word for a number is the sentence's own comparison, held against the figures of the claim that it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.articles.answered import Answered, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.known import Known
from tallystick.articles.sentences import article
from tallystick.articles.vocabulary import Vocabulary
from tallystick.errors import UsageError
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tallystick.nouns.metric import Metric, Question

CLAIM = Claim(
    said="ICE spent more than $70 million on weapons in fiscal year 2025",
    by="news report",
    on=date(2025, 10, 22),
    citation="https://example.gov/",
    checks=[Check(name="spent", metric="obligations", states="> 70e6", settled_by="the official files")],
    name="arms",
)
KNOWN = Known((), Vocabulary(()), (), frozenset(), date(2026, 8, 20), {})
METRIC = Metric("obligations", lambda: None, ("contract_actions",), "USD", None, ())
SENTENCE = "ICE spent {} $70 million on weapons in fiscal year 2025."


def _reading(*values: int | None) -> Reading:
    """A reading in which each definition, the stated one first, gives one of the values."""
    outcomes = (
        Outcome(
            AS_STATED if not place else f"other {place}",
            (Figure("spent", None if one is None else Decimal(one), "USD", None, "as told", _question(place), 3),),
        )
        for place, one in enumerate(values)
    )
    return Reading(None, "abc", tuple(outcomes))


def _question(place: int) -> Question:
    return Question("obligations", {"place": str(place)})


def _judging(now: Reading, then: Reading) -> Judging:
    return Judging(lambda _: now, lambda _: then, lambda _: None, lambda _: METRIC)


def _answer(hedge: str, now: Reading, then: Reading | None = None) -> Answered:
    read = article("it", [Paragraph(SENTENCE.format(hedge))])
    (found,) = checked(read, {"arms": CLAIM}, KNOWN, _judging(now, then or now))
    (answer,) = found.answers
    return answer


@pytest.mark.parametrize(
    ("hedge", "values", "word"),
    [
        ("more than", (71_000_000,), Word.SUPPORTED),
        ("more than", (71_000_000, 75_000_000), Word.SUPPORTED),
        ("more than", (71_000_000, 60_000_000), Word.DEPENDS),
        ("more than", (60_000_000, 71_000_000), Word.DEPENDS),
        ("more than", (60_000_000, None), Word.CONTRADICTED),
        ("less than", (71_000_000,), Word.CONTRADICTED),
        ("nearly", (71_000_000,), Word.CONTRADICTED),
        ("nearly", (69_000_000,), Word.SUPPORTED),
        ("", (60_000_000,), Word.CONTRADICTED),
        ("more than", (None, 71_000_000), Word.NOT_CHECKABLE),
    ],
)
def test_the_sentence_is_judged_by_its_own_words(hedge: str, values: tuple[int | None, ...], word: Word) -> None:
    assert _answer(hedge, _reading(*values)).word is word


def test_what_was_so_when_it_was_said_is_told_apart() -> None:
    assert _answer("more than", _reading(60_000_000), _reading(71_000_000)).word is Word.WAS_RIGHT


def test_what_no_record_states_is_told_with_what_would_settle_it() -> None:
    assert _answer("more than", _reading(None)).because.endswith("to settle it: the official files")


def test_a_sentence_that_says_something_else_is_not_judged() -> None:
    def never(claim: Claim) -> Reading:
        raise AssertionError(f"{claim.said} was judged")

    read = article("it", [Paragraph("CBP spent more than $70 million on drones in fiscal year 2025. It rained.")])
    (found,) = checked(read, {"arms": CLAIM}, KNOWN, Judging(never, never, lambda _: None, lambda _: METRIC))
    assert [answer.word for answer in found.answers] == [Word.NOT_MATCHED]
    assert found.answers[0].because


def test_a_question_that_is_refused_leaves_the_rest_of_the_article_to_be_answered() -> None:
    def refuse(_: Claim) -> Reading:
        raise UsageError("the period ends before it starts")

    read = article("it", [Paragraph(f"{SENTENCE.format('more than')} It rained on 3 dogs.")])
    found = checked(read, {"arms": CLAIM}, KNOWN, Judging(refuse, refuse, lambda _: None, lambda _: METRIC))
    assert [answer.word for one in found for answer in one.answers] == [Word.NOT_MATCHED, Word.NOT_MATCHED]
    assert "ends before it starts" in found[0].answers[0].because
