"""Numbers of different instruments, or that count different things, are told as not one thing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallystick.articles.answered import Checked, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.known import Known
from tallystick.articles.sentences import article
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tests.articles.questions import known_of_records

FIGURES = {
    ("sharing_cap", "ssa-ice-2025"): 50_000,
    ("sharing_volume", "irs-ice-2025"): 1_280_000,
    ("book_ins", ""): 310_181,
    ("arrests", ""): 158_581,
}


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


def _reading(claim: Claim) -> Reading:
    figures = tuple(_figure(check) for check in claim.checks)
    return Reading(None, "abc", (Outcome(AS_STATED, figures),))


def _figure(check: Check) -> Figure:
    value = FIGURES.get((check.metric or "", str(check.where.get("instrument", ""))))
    because = "no row is about this"
    return Figure(check.name, None if value is None else Decimal(value), "count", None, because, check.question, 3)


def _checked(known: Known, text: str) -> tuple[Checked, ...]:
    apart = {"sharing_cap": ("instrument",), "sharing_volume": ("instrument",)}
    judging = Judging(_reading, _reading, lambda _: None, known.metrics.__getitem__, lambda name: apart.get(name, ()))
    return checked(article("it", [Paragraph(text)]), {}, known, judging)


def _mixed(known: Known, text: str) -> str:
    return "; ".join(one.says for sentence in _checked(known, text) for one in sentence.apart)


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param(
            "ICE may request up to 50,000 records a month from Social Security.", id="named in the sentence"
        ),
        pytest.param("The agreement lets ICE request up to 50,000 records a month.", id="known by its figure"),
    ],
)
def test_a_limit_of_one_instrument_is_no_measure_of_what_another_was_asked_for(known: Known, limit: str) -> None:
    said = _mixed(known, f"{limit} ICE asked the IRS for 1.28 million names, far above the limit.")
    assert "different instruments" in said
    assert "up to 50,000 records a month is of ssa-ice-2025 and 1.28 million of irs-ice-2025" in said


def test_a_limit_that_is_told_of_another_instrument_is_told_as_such(known: Known) -> None:
    (found,) = _checked(known, "ICE may request up to 50,000 records a month from the IRS.")
    assert [answer.word for answer in found.answers] == [Word.NOT_CHECKABLE]
    assert "is told of instrument ssa-ice-2025, and the sentence speaks of irs-ice-2025" in found.apart[0].says


def test_book_ins_are_not_arrests(known: Known) -> None:
    said = _mixed(
        known,
        "ICE booked 310,181 people into detention in fiscal year 2025, compared with 158,581 arrests by ICE in "
        "fiscal year 2018.",
    )
    assert "310,181 counts book-ins into detention and 158,581 arrests" in said


def test_numbers_that_nothing_compares_stand_side_by_side(known: Known) -> None:
    text = (
        "ICE may request up to 50,000 records a month from Social Security. ICE asked the IRS for 1.28 million names."
    )
    assert _mixed(known, text) == ""
