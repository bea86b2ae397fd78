"""The word for a number: its own comparison held against the figures of what it was matched to.

A claim that people wrote and a question that the records' words make are judged alike, by the claims' judge. Of a
question more can go wrong, and what cannot be told is not judged: a time that is not over in what is held, and a
series that is only the nearest to what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tallystick.articles.match import Match
from tallystick.articles.quantity import Bound, Quantity
from tallystick.claims.compare import Interval
from tallystick.claims.judge import told
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import Figure, Reading, Role
from tallystick.nouns.metric import Metric, Question

_LATE = timedelta(days=20)
_LEAST = (Bound.OVER, Bound.AT_LEAST)


class Word(StrEnum):
    """What is said of one number of a sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DEPENDS = "depends on the definition"
    WAS_RIGHT = "was right then and is not now"
    NOT_CHECKABLE = "not checkable"
    NOT_MATCHED = "not matched"


@dataclass(frozen=True)
class Held:
    """The figure under one definition, and whether it is as the sentence says; None where it is not known."""

    definition: str
    figure: Figure
    holds: bool | None


@dataclass(frozen=True)
class Answered:
    """One number of a sentence: the `word`, `because` as a sentence, the match taken (or none) and the candidates.

    `reading` is that of the matched claim as known now; `figures` are those of its check under each definition, the
    stated one first. `beside` is what must be read with a verdict.
    """

    quantity: Quantity
    word: Word
    because: str
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    reading: Reading | None = None
    figures: tuple[Held, ...] = ()
    beside: str = ""

    @property
    def figure(self) -> Figure | None:
        """The figure as stated."""
        return self.figures[0].figure if self.figures else None


@dataclass(frozen=True)
class Found:
    """What was found of one match."""

    match: Match
    word: Word
    because: str = ""
    reading: Reading | None = None
    figures: tuple[Held, ...] = ()
    beside: str = ""


Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Judging:
    """What judging needs: a claim read as known now and as known on the day it was said, the first and last day of
    the rows that a question is about, a metric by its name, and the dimensions that keep its figures apart."""

    now: Callable[[Claim], Reading]
    then: Callable[[Claim], Reading]
    span: Callable[[Question], Span | None]
    metric: Callable[[str], Metric]
    apart: Callable[[str], Sequence[str]] = field(default=lambda _: ())


def judged_claim(match: Match, judging: Judging) -> Found:
    """What is found of a number that says what a claim says that people wrote."""
    reading = judging.now(match.claim)
    now = held(match, reading)
    word, because = _word(match, now)
    if word is Word.CONTRADICTED and held(match, judging.then(match.claim))[0].holds:
        word = Word.WAS_RIGHT
    return Found(match, word, because, reading, now)


def judged_question(match: Match, said_on: date | None, judging: Judging) -> Found:
    """What is found of a number that asks a metric: `said_on` is the day of the article, if it is known."""
    reading = judging.now(match.claim)
    now = held(match, reading)
    word, because = _word(match, now)
    if word is Word.NOT_CHECKABLE or match.ask is None:
        return Found(match, word, because, reading, now)
    if (short := _not_whole(match, judging)) and not (match.quantity.bound in _LEAST and now[0].holds):
        return Found(match, Word.NOT_CHECKABLE, short, reading, now)
    if match.ask.nearest is not None:
        return _of_the_nearest(match, reading, now)
    if word is Word.CONTRADICTED and said_on is not None and held(match, judging.then(match.claim))[0].holds:
        word = Word.WAS_RIGHT
    return Found(match, word, because, reading, now)


def held(match: Match, reading: Reading) -> tuple[Held, ...]:
    """The matched check's figure under each definition that is about it, the stated one first."""
    name = reading.stated.figures[match.claim.checks.index(match.check)].check
    return tuple(
        Held(outcome.definition, figure, _holds(match.quantity, figure))
        for outcome, figure in reading.of(name)
        if outcome.role is Role.DEFINITION
    )


def _holds(quantity: Quantity, figure: Figure) -> bool | None:
    return None if figure.value is None else quantity.interval.holds(figure.value)


def _word(match: Match, now: Sequence[Held]) -> tuple[Word, str]:
    """The word for the sentence's own comparison, held against the figures under each definition."""
    stated = now[0]
    if stated.holds is None:
        settled = match.check.settled_by or "; ".join(_settled(match.claim)) or "a release that states it"
        return Word.NOT_CHECKABLE, f"{_plainly(stated.figure.because)}; to settle it: {settled}"
    loose = {other.name for other in match.ask.loosely} if match.ask and stated.holds else set()
    if any(one.holds is not None and one.holds is not stated.holds for one in now if one.definition not in loose):
        return Word.DEPENDS, ""
    return (Word.SUPPORTED if stated.holds else Word.CONTRADICTED), ""


def _settled(claim: Claim) -> tuple[str, ...]:
    return tuple(check.settled_by for check in claim.checks if check.settled_by)


def _plainly(because: str) -> str:
    """Why a figure is not known, without the comparison that it was to be held against."""
    return because.split("': ", 1)[-1] if because.startswith("unknown whether it agrees") else because


def _not_whole(match: Match, judging: Judging) -> str:
    """Why the rows held do not fill the time that is spoken of; empty where they do."""
    check = match.check
    metric = judging.metric(check.metric or "")
    year = check.where.get("fiscal_year")
    if isinstance(year, str) and match.ask is not None and match.ask.when == "fiscal year":
        return _year_not_whole(match, metric, int(year), judging)
    if metric.stock or metric.on is None or check.start is None or check.end is None:
        return ""
    span = judging.span(Question(metric.name))
    if span is None or span[0] is None or span[1] is None:
        return ""
    last = _end_of_month(span[1]) if metric.on == "month" else span[1]
    if check.end > last:
        return f"the rows held end on {last}, before the time it speaks of does"
    return f"the rows held begin on {span[0]}, after the time it speaks of" if check.start < span[0] else ""


def _year_not_whole(match: Match, metric: Metric, year: int, judging: Judging) -> str:
    check, ends = match.check, date(year, 9, 30)
    span = judging.span(Question(metric.name, {"fiscal_year": str(year)})) if metric.on else None
    last = span[1] if span else None
    if last is None:
        return "" if match.claim.on > ends + _LATE else f"fiscal year {year} is not over in what is held"
    wanted = check.end or ends
    return f"the newest release of fiscal year {year} is of {last}" if last < wanted - _LATE else ""


def _end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _of_the_nearest(match: Match, reading: Reading, now: tuple[Held, ...]) -> Found:
    """By a series that counts not quite what was said: what lies within its distance is not told apart."""
    ask, figure = match.ask, now[0].figure
    if ask is None or ask.nearest is None or figure.value is None:
        return Found(match, Word.NOT_CHECKABLE, "no series is near", reading, now)
    beside = f"by the nearest series: {ask.because}"
    if now[0].holds:
        return Found(match, Word.SUPPORTED, "", reading, now, beside)
    apart = figure.value * Decimal(str(ask.nearest))
    if _meets(match.quantity.interval, figure.value - apart, figure.value + apart):
        near = f"the nearest series held gives {told(figure.value.quantize(Decimal(1)))}, too near to tell them apart"
        return Found(
            match, Word.NOT_CHECKABLE, f"{near}: {ask.because}; to settle it: {ask.settled_by}", reading, now
        )
    return Found(match, Word.CONTRADICTED, "", reading, now, beside)


def _meets(interval: Interval, low: Decimal, high: Decimal) -> bool:
    """Whether any figure from `low` to `high` satisfies the sentence."""
    return (interval.low is None or interval.low <= high) and (interval.high is None or low <= interval.high)
