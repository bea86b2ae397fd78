"""Judgements as people read them: in words, and in a notebook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import Figure, Judgement, Outcome, Range, Reading
from tallystick.nouns.metric import Question
from tallystick.views.judgement import ShownJudgement, caveats, moved, why_command

ASKED = Question("obligations", {"agency": ["ICE", "CBP"], "psc": "10*"}, start=date(2025, 1, 20))
OTHER = Question("obligations", {"agency": "ICE"})


def found(value: str, question: Question, *told: str) -> Figure:
    return Figure("spent", Decimal(value), "USD", Verdict.HOLDS, "it is so", question, 3, told)


@pytest.fixture
def judgement() -> Judgement:
    check = Check(name="spent", metric="obligations", where=ASKED.where, start=ASKED.start, states="> 1")
    claim = Claim(said="<b>so</b>", by="news report", on=date(2025, 10, 22), citation="here", checks=[check])
    stated = Outcome("as stated", (found("2.00", ASKED, "a part only", "late rows"),))
    other = Outcome("by another code", (found("3.00", OTHER, "a part only"),))
    unknown = Figure("spent", None, "", Verdict.UNKNOWN, "nothing held", ASKED)
    then = Reading(claim.on, None, (Outcome("as stated", (unknown,)),))
    return Judgement(claim, then, Reading(None, "0123456789ab", (stated, other), day=date(2026, 8, 20)))


def test_a_notebook_shows_verdicts_edition_range_and_caveats_and_no_markup_of_the_claim(judgement: Judgement) -> None:
    html = ShownJudgement.of(judgement)._repr_html_()
    assert "&lt;b&gt;so" in html
    assert "<b>so" not in html
    assert "holds; Edition 0123456789ab, speaks for 2026-08-20" in html
    assert "from $2.00 (as stated) to $3.00 (by another code) over 2 definitions" in html
    assert "late rows" in html


def test_a_caveat_is_told_once_with_the_figures_it_is_about(judgement: Judgement) -> None:
    told = {one.says: one.beside for one in caveats(judgement.now)}
    assert told == {"a part only": "spent (every figure)", "late rows": "spent (as stated)"}


def test_the_command_of_a_question_can_be_pasted_into_a_shell() -> None:
    assert why_command(ASKED, date(2026, 2, 13)) == (
        "tallystick why obligations --where agency=ICE --where agency=CBP --where 'psc=10*' "
        "--from 2025-01-20 --as-known-on 2026-02-13"
    )


def test_a_figure_that_does_not_move_says_so() -> None:
    two = Decimal("2.00")
    assert moved(Range("spent", "USD", two, "a", two, "a", 3)) == "$2.00 under each of 3 definitions"
    assert moved(Range("spent", "USD", two, "a", two, "a", 1)) == "$2.00 under the one definition that gives a figure"
