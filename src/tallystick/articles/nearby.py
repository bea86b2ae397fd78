"""The figures of what is alike and was not taken: a reader sees what the record has, and nothing is judged by it."""

from __future__ import annotations

from dataclasses import replace

from tallystick.articles.filled import UNNAMED
from tallystick.articles.judged import Answered, Judging, Nearby, Word
from tallystick.articles.match import Match

MOST_NEARBY = 40
"""For so many numbers of an article the figures nearby are asked: its time is bounded."""
OF_ANOTHER = (UNNAMED, "it counts ", "the figures held are of ", "it may be about several")
"""Reasons why a question is of another thing than the number: its figure would tell a reader nothing."""
_TURNS = "makes it another thing"


def nearest(answer: Answered) -> Match | None:
    """The first candidate whose figure is of what the number may be of; None where there is none."""
    if answer.word is not Word.NOT_MATCHED:
        return None
    likely = (one for one in answer.candidates if one.ask is not None and one.check.metric is not None)
    return next((one for one in likely if _is_near(one)), None)


def _is_near(match: Match) -> bool:
    """Whether its figure is of what the number may be of: of everything held, only how many there are now is."""
    if match.against.startswith(OF_ANOTHER) or _TURNS in match.against:
        return False
    dated = match.check.start or match.check.end or match.check.where.get("fiscal_year")
    return bool(dated) or match.ask is None or match.ask.when in ("day", "no", "may")


def with_figure(answer: Answered, near: Match, judging: Judging) -> Answered:
    """The answer with the figure of the question nearby, where it is known."""
    reading = judging.now(near.claim)
    figure = reading.stated.figures[near.claim.checks.index(near.check)]
    return answer if figure.value is None else replace(answer, nearby=Nearby(near, figure, reading.edition))
