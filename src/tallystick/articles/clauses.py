"""Which words of a sentence a number is said in: the sentence is cut where another number begins to be told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallystick.articles.more import is_who_says
from tallystick.articles.quantity import Kind, Quantity

_CUT = re.compile(
    r"(?i)[;:—–]\s|,\s(?=\D)(?!(?:had|has|have|was|were|is|are|did)\b)|"
    r"\b(?:while|whereas|compared (?:with|to)|against|versus|up from|down from|but|of whom)\b"
)
_RANKS = re.compile(
    r"(?i)^[\s,—–-]*(?:(?:and|which is|making it)\s)?(?:the|its|their|an?)\s(?:\w+\s){0,2}"
    r"(?:most|highest|lowest|largest|biggest|record|fewest|deadliest|peak)\b"
)
_ON_DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z .]{{3,}}(?:,\s[A-Z][\w. ]+)?(?:\s\([\w., ]+\))?(?:,\s{_ON_DAY})?|{_ON_DAY})"
    r"(?:\s\([\w., ]+\))?\s?(?:—|–|--|-)\s"
)
_LISTED = re.compile(r"(?i),?\s*(?:and\s|or\s)?")
_WEAK = re.compile(r"(?i)\s(?:and|to|from|or)\s")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence from `start` to `end`; `says_who` is set for one that only names a source or a rank.

    `joined` is set where it goes on with what the part before says: behind an `and`, or as the next of a list.
    """

    start: int
    end: int
    quantities: tuple[Quantity, ...]
    says_who: bool = False
    joined: bool = False


def clauses(text: str, found: Sequence[Quantity]) -> tuple[Clause, ...]:
    """The clauses of a sentence, each with the numbers in it; none is cut inside a number or a period."""
    numbers = [one for one in found if one.kind is not Kind.PERIOD]
    weak = _between(text, numbers, found)
    ends = dateline(text)
    cuts = sorted({0, len(text), ends, *_strong(text, found), *weak})
    made: list[Clause] = []
    for start, end in pairwise(cuts):
        its = tuple(one for one in numbers if start <= one.start < end)
        aside = start < ends or is_who_says(text[start:end]) or _boasts(text[start:end])
        listed = any(_LISTED.fullmatch(text[start : one.start]) for one in its)
        joined = start in weak or (listed and _alike(made, its))
        made.append(Clause(start, end, its, not its and aside, joined))
    return tuple(made)


def _alike(before: Sequence[Clause], its: Sequence[Quantity]) -> bool:
    """Whether numbers go on with those before: a multiple or a share is no next of a list of others."""
    last = next((one.quantities[-1] for one in reversed(before) if one.quantities), None)
    relative = (Kind.MULTIPLE, Kind.SHARE)
    return last is None or its[0].kind is last.kind or not {its[0].kind, last.kind} & {*relative}


def dateline(text: str) -> int:
    """Where the place and day end that open a report (`EL PASO, Texas, Oct. 3, 2025 —`); 0 where there is none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def _boasts(text: str) -> bool:
    """Whether a part only says how the number ranks: it is told beside, and not judged."""
    return _RANKS.match(text) is not None


def _strong(text: str, found: Sequence[Quantity]) -> list[int]:
    places = [cut.start() + (cut.group()[0] in ",;:—–") for cut in _CUT.finditer(text)]
    # 'in fiscal year 2025, 24 percent more'
    places += [one.start - 1 for one in found if one.kind is not Kind.PERIOD and text[: one.start].endswith(", ")]
    return [at for at in places if 0 < at < len(text) and not _inside(at, found)]


def _between(text: str, numbers: Sequence[Quantity], found: Sequence[Quantity]) -> list[int]:
    """Where two numbers share what else is one clause: the last weak joint before the later of them."""
    cuts = []
    strong = _strong(text, found)
    for one, other in pairwise(numbers):
        if any(one.end <= at <= other.start for at in strong):
            continue
        joints = [cut.start() for cut in _WEAK.finditer(text, one.end, other.start)]
        joints = [at for at in joints if not _inside(at, found)]
        if joints:
            cuts.append(joints[-1])
    return cuts


def _inside(at: int, found: Sequence[Quantity]) -> bool:
    return any(one.start < at < one.end for one in found)
