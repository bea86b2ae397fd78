"""A proposer may propose matches for numbers that were left, and what it proposes must stand in the article."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.articles.answered import Answered, Judging, Word, checked
from tallystick.articles.article import Paragraph
from tallystick.articles.command import Command
from tallystick.articles.known import Known
from tallystick.articles.proposing import Proposal, Proposer, Wanted
from tallystick.articles.sentences import article
from tallystick.errors import UsageError
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tallystick.nouns.metric import Metric
from tests.articles.questions import known_of_records

SENTENCE = "Palantir's princely haul from ICE in fiscal year 2025 was $81 million."
RIGHT = Proposal(0, "obligations", {"agency": "ICE", "recipient": "palantir"}, date(2024, 10, 1), date(2025, 9, 30))


@dataclass(frozen=True)
class Proposes:
    """Proposes the same of every number."""

    proposals: tuple[Proposal, ...]
    name: str = "a small model"

    def propose(self, wanted: Sequence[Wanted], metrics: Mapping[str, Metric]) -> Sequence[Proposal]:
        assert {one.metric for one in self.proposals} - {"nothing"} <= metrics.keys()
        return [replace(proposal, id=one.id) for one in wanted for proposal in self.proposals]


@pytest.fixture(scope="module")
def known() -> Known:
    return known_of_records()[0]


def _judging(known: Known) -> Judging:
    def reading(claim: Claim) -> Reading:
        question = claim.checks[0].question
        figure = Figure(claim.checks[-1].name, Decimal("81098690"), "USD", None, "as told", question, 7)
        return Reading(None, "abc", (Outcome(AS_STATED, (figure,)),))

    return Judging(reading, reading, lambda _: (date(2020, 1, 1), date(2026, 8, 1)), known.metrics.__getitem__)


def _answer(known: Known, proposer: Proposer | None, sentence: str = SENTENCE) -> Answered:
    (found,) = checked(article("it", [Paragraph(sentence)]), {}, known, _judging(known), None, proposer)
    return found.answers[0]


def test_without_a_proposer_the_number_is_left(known: Known) -> None:
    assert _answer(known, None).word is Word.NOT_MATCHED


def test_what_is_proposed_is_judged_by_the_figure_and_told_as_proposed(known: Known) -> None:
    found = _answer(known, Proposes((RIGHT,)))
    assert found.word is Word.SUPPORTED
    assert "proposed by a small model" in found.beside
    assert found.match is not None
    assert found.match.likeness == 0.5


def test_the_figure_and_not_the_proposer_says_whether_it_is_so(known: Known) -> None:
    assert _answer(known, Proposes((RIGHT,)), SENTENCE.replace("$81 ", "$811 ")).word is Word.CONTRADICTED


@pytest.mark.parametrize(
    ("proposal", "because"),
    [
        (replace(RIGHT, metric="nothing"), "no metric has that name"),
        (replace(RIGHT, metric="actions"), "its figure is in count"),
        (replace(RIGHT, where={"agency": "ICE", "recipient": "geo-group"}), "does not say of which recipient"),
        (replace(RIGHT, where={"agency": "ICE"}), "it names a recipient, and the proposal is of all"),
        (replace(RIGHT, end=date(2025, 12, 31)), "does not speak of those days"),
        (replace(RIGHT, start=None, end=None), "does not speak of those days"),
    ],
)
def test_what_does_not_stand_in_the_article_is_only_a_candidate(
    known: Known, proposal: Proposal, because: str
) -> None:
    found = _answer(known, Proposes((proposal,)))
    assert found.word is Word.NOT_MATCHED
    assert because in found.candidates[0].against


def test_what_the_sentence_denies_is_not_taken_whoever_proposes_it(known: Known) -> None:
    found = _answer(known, Proposes((RIGHT,)), SENTENCE.replace("was", "was not"))
    assert found.word is Word.NOT_MATCHED


def test_of_two_that_are_as_good_none_is_taken(known: Known) -> None:
    found = _answer(known, Proposes((RIGHT, replace(RIGHT, metric="gross_obligations"))))
    assert found.word is Word.NOT_MATCHED


def test_a_number_that_the_records_match_is_not_asked_of_it(known: Known) -> None:
    plain = "ICE paid Palantir $81 million in fiscal year 2025."
    assert "proposed" not in _answer(known, Proposes((RIGHT,)), plain).beside


def _command(tmp_path: Path, body: str) -> Command:
    path = tmp_path / "proposer.py"
    path.write_text(body)
    return Command(shlex.join([sys.executable, str(path)]))


def test_a_command_is_told_in_json_and_answers_in_json(known: Known, tmp_path: Path) -> None:
    reply = {
        "matches": [
            {"id": 0, "metric": "obligations", "where": dict(RIGHT.where), "from": "2024-10-01", "to": "2025-09-30"}
        ]
    }
    body = "import json, sys\nassert json.load(sys.stdin)['numbers'][0]['kind'] == 'money'\n"
    body += f"print({json.dumps(reply)!r})"
    assert _answer(known, _command(tmp_path, body)).word is Word.SUPPORTED


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ("raise SystemExit(3)", "ended with 3"),
        ("print('supported!')", "otherwise than the protocol says"),
        (
            'print(\'{"matches": [{"id": 0, "metric": "obligations", "word": "supported"}]}\')',
            "otherwise than the protocol",
        ),
    ],
)
def test_a_command_that_fails_or_judges_is_refused_in_words(
    known: Known, tmp_path: Path, body: str, because: str
) -> None:
    with pytest.raises(UsageError, match=because):
        _answer(known, _command(tmp_path, body))


def test_a_command_that_is_none_is_refused_in_words(known: Known) -> None:
    with pytest.raises(UsageError, match="cannot be run"):
        _answer(known, Command("/nowhere/at-all"))
