"""What is alike and not taken is told with its figure, unless the figure is of another thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tallystick.articles.find import quantities
from tallystick.articles.judged import Answered, Judging, Word
from tallystick.articles.match import Match
from tallystick.articles.nearby import nearest, with_figure
from tallystick.articles.wording import Asking
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.judgement import AS_STATED, Figure, Outcome, Reading
from tallystick.nouns.metric import Metric
from tallystick.views.article import nearby

(NUMBER,) = quantities("ICE obligated $139 million to Palantir")
CHECK = Check(name="figure", metric="obligations", where={"agency": "ICE"}, states="= 139e6")
CLAIM = Claim(said="so", by="article", on=date(2025, 10, 22), citation="the article", checks=[CHECK])
ASK = Asking(metric="obligations", of="money", says=[["obligated"]])
METRIC = Metric("obligations", lambda: None, ("contract_actions",), "USD", None, ())
SHORT_OF_TIME = "until when 'since 2022' counts is not said"


def _left(*against: str) -> Answered:
    candidates = tuple(Match(CLAIM, CHECK, NUMBER, 0.9, one, ASK) for one in against)
    return Answered(NUMBER, Word.NOT_MATCHED, "nothing says this safely", None, candidates)


def _judging(value: int | None) -> Judging:
    figure = Figure("figure", None if value is None else Decimal(value), "USD", None, "as told")
    reading = Reading(None, "abc", (Outcome(AS_STATED, (figure,)),))
    return Judging(lambda _: reading, lambda _: reading, lambda _: None, lambda _: METRIC)


def test_the_nearest_is_told_with_its_figure_and_judges_nothing() -> None:
    answer = _left("it names no recipient", SHORT_OF_TIME)
    near = nearest(answer)
    assert near is not None
    assert near.against == SHORT_OF_TIME
    told = with_figure(answer, near, _judging(295_220_154))
    assert told.word is Word.NOT_MATCHED
    assert not told.figures
    assert nearby(told).endswith("obligations, agency ICE: $295,220,154.00")


def test_an_unknown_figure_is_not_told() -> None:
    answer = _left(SHORT_OF_TIME)
    assert with_figure(answer, answer.candidates[0], _judging(None)) == answer
    assert nearby(answer) == ""


@pytest.mark.parametrize(
    "against",
    [
        "it names no recipient",
        "it counts drones",
        "it may be about several: a, b",
        "'flights' makes it another thing",
    ],
)
def test_what_is_of_another_thing_is_not_near(against: str) -> None:
    assert nearest(_left(against)) is None


def test_what_was_judged_needs_nothing_near() -> None:
    assert nearest(replace(_left(SHORT_OF_TIME), word=Word.SUPPORTED)) is None


def test_a_sum_over_everything_held_is_not_near_to_one_over_a_time() -> None:
    left = _left("of which time is not said")
    (one,) = left.candidates
    over_a_time = replace(one, ask=Asking(metric="obligations", of="money", says=[["obligated"]], when="must"))
    assert nearest(replace(left, candidates=(over_a_time,))) is None
    assert nearest(left) is one
