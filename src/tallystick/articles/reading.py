"""A sentence as it is read for questions: its clauses, and which names, days and ways of saying each has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallystick.articles.before import Before
from tallystick.articles.clauses import Clause, clauses, dateline
from tallystick.articles.known import Known
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Quantity
from tallystick.articles.subject import doubted, subject
from tallystick.articles.vocabulary import Named
from tallystick.articles.windows import ITEM, Dating, datings
from tallystick.articles.words import without

AGENCY = "agency"
_UNITED = re.compile(r"(?i)\bunited states\b|\bu\.s\.(?=\s)")
_IN_TURN = re.compile(r"(?i)\brespectively\b")
_WHEN = re.compile(r"(?i)[\s,]*(?:when|by which time|at which)\s")
_STATES = re.compile(r"(?i)\bnow\s[a-z]+s\b|\b(?:was|were|is|are|has|have|had|did)\b")
_GOES = re.compile(
    r"(?i)\b(?:was|were|is|are|has|have|had|did|it|that|this|there|stood|stands|reached|rose|fell|grew|climbed|dropped|"
    r"jumped|totall?ed|came|number|figure|count|tally|total|only|just|again|earlier|before|later|increase|rise|drop|decline|change)\b"
)
_DESCRIBED = frozenset(["recipient", "technology"])
_DESCRIBES = re.compile(r"^[\s,(—–-]*(?:an?|the|maker of|makers of|one of|formerly|based in|owner of|part of)\s")
_BLANK = re.compile(r"[\s,(—–-]*")
_THE_COMPANY = re.compile(
    r"\b[Tt]he(?P<what>\s[A-Z][\w.]+(?:-based)?)\s(?=company|firm|contractor|maker|vendor|startup|giant)"
)
_INTRODUCES = re.compile(
    r"\b(?:to|with|from|by|for|paid|pays?|gave|awarded|that|while|and)\s(?:the\s|a\s|its\s)?"
    r"(?P<what>(?!sub|former|rival|ex-|using|not|no\b)(?:[A-Z][a-z]+-based\s)?(?:(?!of\b|on\b|in\b|to\b|from\b|with\b|not\b|and\b|for\b|by\b)"
    r"[a-z][a-z-]+\s){0,3})$"
)
_WITH = re.compile(r"(?i)[\s,]*(?:with|at)\s")
_NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class Read:
    """A sentence taken apart: its names, periods and clauses, and what came before.

    `leans_on` is the sentence before it, for one that only goes on (`That compares with`), and empty for the first
    and for a bare number; `doubted` says that the
    sentence denies, doubts or asks, whatever its clauses say.
    """

    text: str
    quantities: tuple[Quantity, ...]
    names: tuple[Named, ...]
    periods: tuple[Dating, ...]
    clauses: tuple[Clause, ...]
    doubted: bool
    before: Before = _NOTHING_BEFORE
    leans_on: str = ""

    def clause(self, quantity: Quantity) -> Clause:
        """The clause in which a number stands."""
        return next(one for one in self.clauses if one.start <= quantity.start < one.end)


def read(text: str, found: tuple[Quantity, ...], known: Known, before: Before) -> Read:
    """The sentence taken apart."""
    opens = dateline(text)
    return Read(
        text,
        found,
        tuple(one for one in known.names.names(text) if one.start >= opens),
        tuple(one for one in datings(text, found, known.times, before) if one.start >= opens),
        clauses(text, found),
        doubted(text),
        before,
        before.last.text if _GOES.search(text) or ITEM.match(text) else "",
    )


def goes_on(its: Read, known: Known) -> bool:
    """Whether the sentence names nothing that is counted: all it says is a number, a time and a name."""
    spans = [(one.start, one.end) for one in its.quantities]
    spans += [(one.start, one.end) for one in its.periods] + [(one.start, one.end) for one in its.names]
    return bool(its.leans_on and its.quantities) and not unexplained(without(its.text, spans), known.plain)


def scope(its: Read, clause: Clause, text: str = "") -> str:
    """The clause with those parts of the sentence that hold no number and do not only say who tells it."""
    of = text or its.text
    return " ".join(of[one.start : one.end] for one in parts_of(its, clause))


def parts_of(its: Read, clause: Clause) -> list[Clause]:
    """The clause, and the parts of its sentence without a number that do not only say who tells or what a firm is."""
    return [
        one for one in its.clauses if one is clause or not (one.quantities or one.says_who or _describes(its, one))
    ]


def _describes(its: Read, clause: Clause) -> bool:
    """Whether a part only says what a firm or tool is that was named just before: `Acme, a maker of rifles,`."""
    if clause.quantities or not _DESCRIBES.match(its.text[clause.start : clause.end]) or states(its, clause):
        return False
    return any(
        one.dimension in _DESCRIBED and _BLANK.fullmatch(its.text[one.end : clause.start]) for one in its.names
    )


def introduced(its: Read) -> list[tuple[int, int]]:
    """Where a sentence says before a firm's name what it is: `to charter broker Acme`, `the Denver company`."""
    named = (one for one in its.names if one.dimension in _DESCRIBED)
    before = (_INTRODUCES.search(its.text[: one.start]) for one in named)
    return [one.span("what") for one in (*_THE_COMPANY.finditer(its.text), *before) if one]


def governed(its: Read, clause: Clause) -> str:
    """The clause with what it goes on with, and the parts without a number."""
    before = [its.text[one.start : one.end] for one in _governing(its, clause, heads=False)]
    return " ".join([*reversed(before), scope(its, clause)])


def ways(its: Read, clause: Clause, heads: bool = True) -> frozenset[str]:
    """How it is said, by the clause and what governs it; by every earlier clause too where it borrows their words.

    A clause with a verb of its own states by itself.
    """
    heads = heads and not states(its, clause)
    plain = without(its.text, [(one.start, one.end) for one in its.periods])
    plain = _UNITED.sub(lambda one: " " * len(one.group()), plain)
    governs = _governing(its, clause, heads)
    found = subject(" ".join([plain[one.start : one.end] for one in governs] + [scope(its, clause, plain)])).ways
    return found | ({"refused"} if its.doubted else frozenset())


def states(its: Read, clause: Clause) -> bool:
    """Whether the clause has a verb of its own."""
    return _STATES.search(its.text[clause.start : clause.end]) is not None


def _governing(its: Read, clause: Clause, heads: bool) -> list[Clause]:
    """The clauses before one that say it too: those it is joined to by an `and`, or all."""
    earlier = [one for one in its.clauses if one.start < clause.start]
    if heads:
        return earlier
    found: list[Clause] = []
    joined = clause.joined and not states(its, clause)
    for one in reversed(earlier):
        if not joined:
            break
        found.append(one)
        joined = one.joined
    return found


def _of_the_part_before(its: Read, clause: Clause, found: tuple[Named, ...]) -> tuple[Named, ...]:
    """The names, of the part just before in place of others: `Texas, with 387, has overtaken Florida, with 348`."""
    if not _WITH.match(its.text[clause.start : clause.end]):
        return found
    before = [one for one in its.clauses if one.end == clause.start and not one.quantities]
    here = [one for one in its.names if before and before[0].start <= one.start < before[0].end]
    own = {one.dimension for one in its.names if clause.start <= one.start < clause.end}
    last = {one.dimension: one for one in here if one.dimension not in own}
    return tuple(one for one in found if one.dimension not in last or one is last[one.dimension])


def named_in(its: Read, clause: Clause) -> tuple[Named, ...]:
    """The names of the clause and of the parts without a number; of what it leaves unsaid, those of the sentence.

    Of names told in a row, each with a number in the row behind (`respectively`), that in the number's place.
    """
    found = _of_the_part_before(its, clause, _named_in(its, clause))
    if not in_turn(its) or len(clause.quantities) != 1:
        return found
    number = clause.quantities[0]
    row = [one for one in its.quantities if one.kind is number.kind]
    told = [one for one in found if sum(one.dimension == other.dimension for other in found) == len(row)]
    other = {one.dimension: 0 for one in told}
    for one in told:
        place = other[one.dimension]
        other[one.dimension] += 1
        if len(row) > 1 and place != row.index(number):
            found = tuple(name for name in found if name is not one)
    return found


def in_turn(its: Read) -> bool:
    """Whether names and numbers are told in two rows."""
    return _IN_TURN.search(its.text) is not None


def _named_in(its: Read, clause: Clause) -> tuple[Named, ...]:
    mine = {one.dimension for one in its.names if clause.start <= one.start < clause.end}
    parts = parts_of(its, clause)
    own = tuple(
        one
        for one in its.names
        if clause.start <= one.start < clause.end
        or (one.dimension not in mine and any(part.start <= one.start < part.end for part in parts))
    )
    said = {one.dimension for one in own}
    aside = [one for one in its.clauses if _describes(its, one)]
    earlier = (
        one
        for one in its.names
        if one.start < clause.start
        and one.dimension not in said
        and not any(part.start <= one.start < part.end for part in aside)
    )
    made = (*own, *(one for one in earlier if not _in_who_says(its, one)))
    said = {one.dimension for one in made}
    # whose records tell it, where nothing else says of whom: 'ICE contract records show'
    whose = (one for one in its.names if one.dimension == AGENCY and _in_who_says(its, one))
    return made if AGENCY in said else (*made, *whose)


def _in_who_says(its: Read, name: Named) -> bool:
    return any(part.says_who and part.start <= name.start < part.end for part in its.clauses)


def periods_of(its: Read, clause: Clause) -> tuple[Dating, ...]:
    """The periods of the clause; else those of the sentence's parts without a number; else those that reach it."""
    own = tuple(one for one in its.periods if clause.start <= one.start < clause.end)
    if own:
        return own
    if _WHEN.match(its.text[clause.start : clause.end]):
        return tuple(one for one in its.periods if one.start < clause.start)[-1:]
    bare = [one for one in its.clauses if not one.quantities]
    shared = tuple(one for one in its.periods if any(part.start <= one.start < part.end for part in bare))
    return shared or tuple(one for one in its.periods if _reaches(its, clause, one))


def _reaches(its: Read, clause: Clause, period: Dating) -> bool:
    """Whether the time of another clause with a number is this one's too: one before it, or one that it goes on with.

    `90 in Texas and 20 in Ohio in May` is all of May; `1,035, up from 135 in January` is not.
    """
    between = [one for one in its.clauses if clause.start < one.start <= period.start]
    return period.start < clause.start or all(one.joined and not states(its, one) for one in between)
