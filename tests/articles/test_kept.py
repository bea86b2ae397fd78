"""A number that is saved as a claim is judged by the claims' judge as the article's check judged it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tallystick.articles.answered import Answered, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.judged import kept
from tallystick.articles.known import Known
from tallystick.articles.sentences import article
from tallystick.claims.compare import parse
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tests.articles.questions import known_of_records

SPENT = "ICE paid Palantir {} in fiscal year 2025."


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


def _reader(of: Callable[[str], int | None]) -> Callable[[Claim], Reading]:
    """A reading as the claims' judge makes it, each metric giving what `of` says."""

    def figure(check: Check) -> Figure:
        value = of(check.metric or "")
        if value is None:
            verdict = Verdict.UNKNOWN if check.states else None
            return Figure(check.name, None, "", verdict, "no row is about this", check.question)
        agrees = check.states and (Verdict.HOLDS if parse(check.states).holds(Decimal(value)) else Verdict.FAILS)
        return Figure(check.name, Decimal(value), "USD", agrees or None, "", check.question, 3)

    def read(claim: Claim) -> Reading:
        stated = Outcome(AS_STATED, tuple(map(figure, claim.checks)))
        others = (Outcome(one.name, tuple(figure(one.put_to(check)) for check in claim.checks)) for one in claim.also)
        return Reading(None, "abc", (stated, *others))

    return read


def _answer(known: Known, text: str, read: Callable[[Claim], Reading]) -> Answered:
    span = (date(2015, 1, 1), date(2026, 8, 1))
    judging = Judging(read, read, lambda _: span, known.metrics.__getitem__)
    (found,) = checked(article("it", [Paragraph(text)]), {}, known, judging)
    return found.answers[0]


@pytest.mark.parametrize(
    ("number", "net", "gross", "word"),
    [
        ("$81.1 million", 81_098_690, 81_116_690, "holds"),
        ("$81.1 million", 81_098_690, 99_000_000, "holds"),
        ("$80 million", 81_098_690, 81_116_690, "holds"),
        ("$70 million", 71_500_000, 91_500_000, "holds"),
        ("more than $80 million", 81_098_690, 79_000_000, "holds"),
        ("$99 million", 81_098_690, 99_000_000, "depends on the definition"),
        ("$300 million", 81_098_690, 81_116_690, "fails"),
    ],
)
def test_a_saved_number_is_judged_as_it_was_checked(
    known: Known, number: str, net: int, gross: int, word: str
) -> None:
    read = _reader({"obligations": net, "gross_obligations": gross}.get)
    found = _answer(known, SPENT.format(number), read)
    claim = kept(found)
    assert claim is not None
    assert read(claim).word == word
    assert {"holds": Word.SUPPORTED, "fails": Word.CONTRADICTED}.get(word, Word.DEPENDS) is found.word


def test_a_number_that_a_figure_could_not_settle_is_not_saved(known: Known) -> None:
    read = _reader({"held": 70_000}.get)
    found = _answer(known, "On February 2, 2026, ICE held 69,000 people in detention.", read)
    assert found.word is Word.NOT_CHECKABLE
    assert found.figures[0].figure.value is not None
    assert kept(found) is None


def test_a_number_without_a_match_is_not_saved(known: Known) -> None:
    assert kept(_answer(known, "The lunch was $12.", _reader(lambda _: 12))) is None
