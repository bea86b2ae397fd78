"""Figures of different instruments or definitions that an article sets beside each other as if they were one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import msgspec

from tallystick.articles.article import Sentence
from tallystick.articles.judged import Answered, Judging, Word
from tallystick.articles.match import Match
from tallystick.articles.quantity import Bound, Quantity
from tallystick.claims.apart import set_against
from tallystick.nouns.claim import Check

_COMPARES = re.compile(
    r"(?i)\b(?:times|limit|cap|capped|quota|exceed\w*|compared|against|versus|above|below|beyond|short of|"
    r"rather than|instead|even though|although|despite|yet|allowed|ratio|fraction)\b"
)
_POINTS = re.compile(
    r"(?i)\b(?:times|exceed\w*|compared|against|versus|above|below|beyond|short of|rather than|even though|although|"
    r"despite|yet|ratio|fraction|(?:that|the|this|its|monthly) (?:limit|cap|ceiling|number))\b"
)
_OPEN = (Bound.OVER, Bound.AT_LEAST, Bound.UNDER)
Values = Callable[[str], Sequence[str]]


class Told(Protocol):
    """A sentence with what was found of its numbers."""

    @property
    def sentence(self) -> Sentence: ...
    @property
    def answers(self) -> tuple[Answered, ...]: ...


@dataclass(frozen=True)
class Apart:
    """Numbers that are not of one thing: `says` why, as a sentence, told at the sentence of the later one."""

    at: Sentence
    quantities: tuple[Quantity, ...]
    says: str


@dataclass(frozen=True)
class _Of:
    """A number and what it is about: as it was matched, or as its figure alone tells."""

    answer: Answered
    check: Check


def apart_in(found: Sequence[Told], judging: Judging, values: Values) -> tuple[Apart, ...]:
    """Every pair within a sentence, or within two that follow each other, which words compare.

    A number that names none of the things whose figures are kept apart is of the one whose figure it is, if only one
    has that. `values` are those of a dimension.
    """
    about = [[one for answer in told.answers if (one := _of(answer, judging, values))] for told in found]
    made: list[Apart] = []
    for place, told in enumerate(found):
        made += [Apart(told.sentence, (one.answer.quantity,), says) for one in about[place] if (says := _other(one))]
        if _COMPARES.search(told.sentence.text):
            points = place > 0 and _POINTS.search(told.sentence.text) is not None
            follows = points and told.sentence.start - found[place - 1].sentence.end <= 3
            made += _pairs(told.sentence, about[place - 1] if follows else [], about[place], judging)
    return tuple(made)


def _pairs(at: Sentence, earlier: Sequence[_Of], here: Sequence[_Of], judging: Judging) -> Iterator[Apart]:
    for one, other in combinations((*earlier, *here), 2):
        if other in here and (says := _says(one, other, judging)):
            yield Apart(at, (one.answer.quantity, other.answer.quantity), says)


def _of(answer: Answered, judging: Judging, values: Values) -> _Of | None:
    """What the number is about; None where nothing tells."""
    if answer.match is not None and answer.word is not Word.NOT_CHECKABLE:
        return _Of(answer, answer.match.check)
    likely = [one for one in (answer.match, *answer.candidates) if one is not None and one.ask is not None]
    if answer.quantity.bound in _OPEN:
        likely = []  # 'more than 675,000' is the figure of anything that is larger
    for one in likely:
        checks = [
            check for dimension in _kept_apart(one, judging) for check in _tried(one, dimension, judging, values)
        ]
        if len(checks) == 1:
            return _Of(answer, checks[0])
    return None if answer.match is None else _Of(answer, answer.match.check)


def _kept_apart(match: Match, judging: Judging) -> Sequence[str]:
    """The dimensions that keep the figures of its metric apart."""
    return judging.apart(match.check.metric) if match.check.metric else ()


def _tried(match: Match, dimension: str, judging: Judging, values: Values) -> Iterator[Check]:
    """The check of each thing whose figure the number is."""
    for value in values(dimension):
        check = msgspec.structs.replace(match.check, where={**match.check.where, dimension: value})
        claim = msgspec.structs.replace(match.claim, checks=[check], also=[])
        figure = judging.now(claim).stated.figures[0]
        if figure.value is not None and match.quantity.interval.holds(figure.value):
            yield check


def _other(one: _Of) -> str:
    """Whether the number is of another thing than the sentence says, as a sentence; empty where it is not."""
    match = one.answer.match
    if match is None or match.check.where == one.check.where:
        return ""
    changed = [name for name, value in one.check.where.items() if match.check.where.get(name) != value]
    name = changed[0]
    said, held = match.check.where.get(name, "any"), one.check.where[name]
    return f"{match.quantity.text} is told of {name} {held}, and the sentence speaks of {said}"


def _says(one: _Of, other: _Of, judging: Judging) -> str:
    """Why the two may not be set against each other; empty where they may."""
    if one.check.metric is None or other.check.metric is None:
        return ""
    texts = one.answer.quantity.text, other.answer.quantity.text
    named = [
        msgspec.structs.replace(check, name=name, each="")
        for check, name in ((one.check, "one"), (other.check, "other"))
    ]
    both = Check(name="both", arithmetic="one / other")
    dimension, _ = set_against(both, [*named, both], judging.apart)
    if dimension:
        values = [str(of.check.where.get(dimension, "any")) for of in (one, other)]
        told = f"{texts[0]} is of {values[0]} and {texts[1]} of {values[1]}"
        return f"these are of different {dimension}s, and one is no measure of the other: {told}"
    first, second = _counts(one.check.metric), _counts(other.check.metric)
    if first and second and first != second:
        return f"{texts[0]} counts {first} and {texts[1]} {second}: these are not the same thing"
    return ""


def _counts(metric: str) -> str:
    """What a metric counts, as far as its name tells: book-ins are no arrests."""
    words = metric.split("_")
    if "book" in words:
        return "book-ins into detention"
    return "arrests" if "arrests" in words else ""
