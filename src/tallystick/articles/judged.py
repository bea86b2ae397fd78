"""The word for a number: its own comparison held against the figures of what it was matched to.

A claim that people wrote and a question that the records' words make are judged alike, by the claims' judge. Of a
question more can go wrong, and what cannot be told is not judged: a time that is not over in what is held, and a
series that is only the nearest to what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from tallystick.articles.filled import AT_BEGINNING
from tallystick.articles.late import of_later
from tallystick.articles.match import Match
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.whole import Judging, days_off, grown_since, not_whole, short_of_days, too_old
from tallystick.claims.compare import ABOUT, Interval
from tallystick.claims.judge import told
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import Figure, Reading, Role

_ROUND_SHARE, _POINT, _LARGE = Decimal("0.05"), Decimal("0.01"), 1000
_EXACT = 100
_WAS_PUBLIC = "these figures are those that were public on the day of the article; none of today's is as it says"
_BY_THE_NEXT = "by the next release: such a release counts a day before its own"
_DRIFT = Decimal("0.1")
_MANY_TIMES, _SAYS_ALL = 30, 0.95
_LEAST = (Bound.OVER, Bound.AT_LEAST)


__all__ = ["Answered", "Found", "Held", "Judging", "Nearby", "Word", "judged_claim", "judged_question", "kept"]


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
class Nearby:
    """The figure of a candidate, which judges nothing."""

    match: Match
    figure: Figure
    edition: str | None


@dataclass(frozen=True)
class Answered:
    """One number of a sentence: the `word`, `because` as a sentence, the match taken (or none) and the candidates.

    `reading` is that of the matched claim as known now; `figures` are those of its check under each definition, the
    stated one first. `beside` is what must be read with a verdict, `counts` what the metric asked counts, in its own
    words. `nearby` is what the record has for the candidate nearest to a number that was not matched.
    """

    quantity: Quantity
    word: Word
    because: str
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    reading: Reading | None = None
    figures: tuple[Held, ...] = ()
    beside: str = ""
    counts: str = ""
    nearby: Nearby | None = None

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


def judged_claim(match: Match, judging: Judging) -> Found:
    """What is found of a number that says what a claim says that people wrote."""
    reading = judging.now(match.claim)
    now = held(match, reading)
    word, because = _word(match, now)
    if word is Word.CONTRADICTED and held(match, judging.then(match.claim))[0].holds:
        word = Word.WAS_RIGHT
    return Found(match, word, because, reading, now)


def judged_question(match: Match, said_on: date | None, judging: Judging) -> Found:
    """What is found of a number that asks a metric: `said_on` is the day of the article, if it is known.

    Where releases count a day before their own, the next one may have the number.
    """
    found = _judged_question(match, said_on, judging)
    later = of_later(match)
    if later is None or found.word in (Word.SUPPORTED, Word.WAS_RIGHT):
        return found
    reading = judging.now(later.claim)
    now = held(later, reading)
    if now[0].holds and not too_old(later, reading):
        return Found(later, Word.SUPPORTED, "", reading, now, _BY_THE_NEXT)
    return found


def _judged_question(match: Match, said_on: date | None, judging: Judging) -> Found:
    reading = judging.now(match.claim)
    now = held(match, reading)
    word, because = _word(match, now)
    if word is Word.NOT_CHECKABLE or match.ask is None:
        return Found(match, word, because, reading, now)
    if too_old(match, reading):
        old = "no count held is of about that day; to settle it: a release of that day"
        return Found(match, Word.NOT_CHECKABLE, old, reading, now)
    if short := not_whole(match, judging):
        nearly = now[0].holds and short_of_days(match, judging)
        if not (match.quantity.bound in _LEAST and now[0].holds) and not nearly:
            return Found(match, Word.NOT_CHECKABLE, short, reading, now)
        if nearly:
            return Found(match, Word.SUPPORTED, "", reading, now, short)
    if (late := _grown(match, reading, now)) is not None:
        return Found(match, Word.NOT_CHECKABLE, late, reading, now)
    if between := _between(match, now):
        return Found(match, Word.NOT_CHECKABLE, between, reading, now)
    if (near := _near(match, reading)) is not None:
        return _of_the_nearest(match, near, reading, now)
    if word is Word.CONTRADICTED and said_on is not None:
        return _by_what_was_public(Found(match, word, because, reading, now), judging.then(match.claim))
    return Found(match, word, because, reading, now)


def another_thing(found: Found) -> bool:
    """Whether a contradiction says rather that the number is of another thing.

    It is many times as large or small, and the sentence does not say all of what it is of by itself.
    """
    figure = found.figures[0].figure.value if found.figures else None
    said = found.match.quantity.value
    if found.word is not Word.CONTRADICTED or found.match.likeness >= _SAYS_ALL or not figure or not said:
        return False
    return not _MANY_TIMES > abs(said / figure) > 1 / _MANY_TIMES


def _by_what_was_public(found: Found, reading: Reading) -> Found:
    """A contradiction, held against what was public on the day it was said, under every definition."""
    then = held(found.match, reading)
    if then[0].holds:
        return replace(found, word=Word.WAS_RIGHT)
    if any(one.holds for one in then):
        return replace(found, word=Word.DEPENDS, reading=reading, figures=then, beside=_WAS_PUBLIC)
    return found


def held(match: Match, reading: Reading) -> tuple[Held, ...]:
    """The matched check's figure under each definition that is about it, the stated one first."""
    name = reading.stated.figures[match.claim.checks.index(match.check)].check
    return tuple(
        Held(outcome.definition, figure, _holds(match.quantity, figure))
        for outcome, figure in reading.of(name)
        if outcome.role is Role.DEFINITION
    )


def _holds(quantity: Quantity, figure: Figure) -> bool | None:
    if figure.value is None:
        return None
    return quantity.interval.holds(figure.value) or _rounds_to(quantity, figure.value)


def _rounds_to(quantity: Quantity, value: Decimal) -> bool:
    """Whether a number written round, and not hedged, is the figure as prose rounds it: $70 million for 71.5."""
    off = _rounding(quantity)
    return off is not None and quantity.value is not None and abs(value - quantity.value) <= off


def _rounding(quantity: Quantity) -> Decimal | None:
    """How far a round number may lie off: a large one five per cent, as `about` may, a share less than one point."""
    said = quantity.value
    if quantity.bound is not Bound.WRITTEN or not said:
        return None
    last = Decimal(1).scaleb(int(said.normalize().as_tuple().exponent))
    if quantity.kind is Kind.SHARE:
        return _POINT if said % _ROUND_SHARE == 0 else None
    return min(last / 2, abs(said) * ABOUT) if last > quantity.unit and abs(said) >= _LARGE else None


def kept(answer: Answered) -> Claim | None:
    """The claim that is judged as the number was; None where no claim would be, such as of a time not all held.

    What a number written round may be is written out, and definitions that take no support away are left.
    """
    match = answer.match
    if match is None or match.ask is None or answer.word is Word.NOT_MATCHED:
        return None
    values = [one.figure.value for one in answer.figures if one.figure.value is not None]
    if answer.word is Word.NOT_CHECKABLE:
        return None if answer.figures and answer.figures[0].figure.value is not None else match.claim
    loose = {AT_BEGINNING, *(other.name for other in match.ask.loosely)} if answer.figures[0].holds else set()
    claim = msgspec.structs.replace(match.claim, also=[one for one in match.claim.also if one.name not in loose])
    off, said = _rounding(match.quantity), match.quantity.value
    if off is None or said is None or not any(_only_rounds(match.quantity, value) for value in values):
        return claim
    states = f"between {said - off:f} and {said + off:f}"
    checks = [msgspec.structs.replace(one, states=states) if one.states else one for one in claim.checks]
    return msgspec.structs.replace(claim, checks=checks)


def _only_rounds(quantity: Quantity, value: Decimal) -> bool:
    return _rounds_to(quantity, value) and not quantity.interval.holds(value)


def _word(match: Match, now: Sequence[Held]) -> tuple[Word, str]:
    """The word for the sentence's own comparison, held against the figures under each definition."""
    stated = now[0]
    if stated.holds is None:
        settled = match.check.settled_by or "; ".join(_settled(match.claim)) or "a release that states it"
        return Word.NOT_CHECKABLE, f"{_plainly(stated.figure.because)}; to settle it: {settled}"
    loose = {AT_BEGINNING, *(other.name for other in match.ask.loosely)} if match.ask and stated.holds else set()
    if any(one.holds is not None and one.holds is not stated.holds for one in now if one.definition not in loose):
        return Word.DEPENDS, ""
    return (Word.SUPPORTED if stated.holds else Word.CONTRADICTED), ""


def _settled(claim: Claim) -> tuple[str, ...]:
    return tuple(check.settled_by for check in claim.checks if check.settled_by)


def _plainly(because: str) -> str:
    """Why a figure is not known, without the comparison that it was to be held against."""
    return because.split("': ", 1)[-1] if because.startswith("unknown whether it agrees") else because


def _between(match: Match, now: Sequence[Held]) -> str:
    """Why a count of some day within a longer time settles nothing: it passed the number in that time."""
    first = next((one.figure.value for one in now if one.definition == AT_BEGINNING), None)
    last = now[0].figure.value
    if first is None or last is None or any(one.holds for one in now):
        return ""
    if not _meets(match.quantity.interval, min(first, last), max(first, last)):
        return ""
    return f"it went from {told(first)} to {told(last)} in that time, and of which day is not said"


def _grown(match: Match, reading: Reading, now: Sequence[Held]) -> str | None:
    """Why a count that stops short of its year's end contradicts nothing that it may have grown to."""
    value, since = now[0].figure.value, grown_since(match, reading)
    if since is None or value is None or any(one.holds for one in now):
        return None
    if not _meets(match.quantity.interval, value, value * since[1]):
        return None
    return (
        f"the newest release of that year is of {since[0]} and has {told(value)}: the days after it may make the "
        "difference; to settle it: a release of the whole year"
    )


@dataclass(frozen=True)
class _Near:
    """A figure that is only the nearest to what was said: how far apart they may lie, as a share, and why."""

    apart: Decimal
    because: str


def _near(match: Match, reading: Reading) -> _Near | None:
    """By how much the figure may be off what was said; None where it is what was said."""
    ask = match.ask
    if ask is None:
        return None
    if (days := days_off(match, reading)) is not None:
        return _Near(_DRIFT, f"the nearest count held is {days}")
    return None if ask.nearest is None else _Near(Decimal(str(ask.nearest)), ask.because)


def _of_the_nearest(match: Match, near: _Near, reading: Reading, now: tuple[Held, ...]) -> Found:
    """By a series that counts not quite what was said: what lies within its distance is not told apart."""
    value = now[0].figure.value
    if value is None:
        return Found(match, Word.NOT_CHECKABLE, "no series is near", reading, now)
    beside = f"by the nearest that is held: {near.because}"
    if now[0].holds:
        return Found(match, Word.SUPPORTED, "", reading, now, beside)
    # a change is off by what both of its figures may be
    off = value * near.apart if match.check.arithmetic is None else max(value, Decimal(1)) * near.apart * 2
    if _meets(match.quantity.interval, value - off, value + off):
        figure = told(round(value, 0 if value >= _EXACT else 2))
        because = f"the nearest that is held gives {figure}, too near to tell: {near.because}"
        settled = match.check.settled_by or "a count of that very thing and day"
        return Found(match, Word.NOT_CHECKABLE, f"{because}; to settle it: {settled}", reading, now)
    return Found(match, Word.CONTRADICTED, "", reading, now, beside)


def _meets(interval: Interval, low: Decimal, high: Decimal) -> bool:
    """Whether any figure from `low` to `high` satisfies the sentence."""
    return (interval.low is None or interval.low <= high) and (interval.high is None or low <= interval.high)
