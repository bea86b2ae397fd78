"""Figures of different instruments or definitions that an article sets beside each other as if they were one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import msgspec

from tallystick.articles.article import Sentence
from tallystick.articles.judged import Answered
from tallystick.articles.quantity import Quantity
from tallystick.claims.apart import set_against
from tallystick.nouns.claim import Check

_COMPARES = re.compile(
    r"(?i)\b(?:times|limit|cap|capped|quota|exceed\w*|compared|against|versus|above|below|beyond|short of|"
    r"rather than|instead|even though|although|despite|yet|allowed|ratio|fraction)\b"
)
Keeps = Callable[[str], Sequence[str]]


class Told(Protocol):
    """A sentence with what was found of its numbers."""

    @property
    def sentence(self) -> Sentence: ...
    @property
    def answers(self) -> tuple[Answered, ...]: ...


@dataclass(frozen=True)
class Apart:
    """Two numbers that are not of one thing: `says` why, as a sentence, told at the sentence of the later one."""

    at: Sentence
    quantities: tuple[Quantity, Quantity]
    says: str


def apart_in(found: Sequence[Told], keeps: Keeps) -> tuple[Apart, ...]:
    """Every pair within a sentence, or within two that follow each other, which words compare."""
    made = []
    for place, one in enumerate(found):
        near = [one, *(other for other in found[place - 1 : place] if _follows(other, one))]
        if any(_COMPARES.search(its.sentence.text) for its in near[:1]):
            made += list(_pairs(one, near, keeps))
    return tuple(made)


def _follows(earlier: Told, later: Told) -> bool:
    return later.sentence.start - earlier.sentence.end <= 3


def _pairs(at: Told, near: Sequence[Told], keeps: Keeps) -> Iterator[Apart]:
    numbers = [(its, answer) for its in reversed(near) for answer in its.answers if _check(answer) is not None]
    for (first, one), (second, other) in combinations(numbers, 2):
        if at not in (first, second) or (first is not at and second is not at):
            continue
        if says := _says(one, other, keeps):
            yield Apart(at.sentence, (one.quantity, other.quantity), says)


def _says(one: Answered, other: Answered, keeps: Keeps) -> str:
    """Why the two may not be set against each other; empty where they may."""
    here, there = _check(one), _check(other)
    if here is None or there is None or here.metric is None or there.metric is None:
        return ""
    named = [msgspec.structs.replace(check, name=name, each="") for check, name in ((here, "one"), (there, "other"))]
    both = Check(name="both", arithmetic="one / other")
    dimension, _ = set_against(both, [*named, both], keeps)
    if dimension:
        values = [str(check.where.get(dimension, "any")) for check in (here, there)]
        told = f"{one.quantity.text} is of {values[0]} and {other.quantity.text} of {values[1]}"
        return f"these are of different {dimension}s, and one is no measure of the other: {told}"
    kinds = {_counts(here.metric), _counts(there.metric)}
    if len(kinds) == 2 and "" not in kinds:
        first, second = (_counts(check.metric or "") for check in (here, there))
        return f"{one.quantity.text} counts {first} and {other.quantity.text} {second}: these are not the same thing"
    return ""


def _check(answer: Answered) -> Check | None:
    """What the number was matched to."""
    return answer.match.check if answer.match is not None else None


def _counts(metric: str) -> str:
    """What a metric counts, as far as its name tells: book-ins are no arrests, and neither are removals."""
    words = metric.split("_")
    if "book" in words:
        return "book-ins into detention"
    if "arrests" in words:
        return "arrests"
    return ""
