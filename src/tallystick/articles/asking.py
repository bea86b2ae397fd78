"""Matches a number of a sentence to a question of a metric, in the words of the records.

A wrong match is worse than none. A question is asked only when every word of the clause is accounted for: by the
question's own words, by a name that it takes, by its period, or by one of the words that change nothing. What is left
over is told as the reason why the question is only a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tallystick.articles.clauses import Clause, clauses
from tallystick.articles.filled import Filled, claim_of, filled
from tallystick.articles.known import Known
from tallystick.articles.match import Match
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.subject import subject
from tallystick.articles.units import counted
from tallystick.articles.vocabulary import Named
from tallystick.articles.windows import Before, Dating, datings
from tallystick.articles.wording import Asking
from tallystick.articles.words import one_of, without
from tallystick.claims.compare import parse

AGENCY = "agency"
_DIFFERS = re.compile(
    r"(?i)\b(?:another|additional|further|extra|an? (?:increase|rise|drop|decrease|decline|cut|reduction|fall) of|"
    r"(?:rose|fell|grew|increased|decreased|dropped|climbed|jumped|up|down|more|less|cut|reduced|declined) by)\s*"
    r"(?:about |nearly |roughly |some |almost |more than |over |at least )*$"
)
_MORE = re.compile(
    r"(?i)^\s*(?:\w+\s){0,2}(?:more|fewer|extra|additional)\b|^[\w\s-]{0,30}\b(?:higher|lower|more than)\b"
)
_UNITED = re.compile(r"(?i)\bunited states\b|\bu\.s\.(?=\s)")
_QUOTED_DENIAL = re.compile(r"(?i)\b(?:no truth|baseless|made[- ]up|fabricat\w+|lie|lies|lying|hoax|exaggerat\w+)\b")
_LEAST_SURE = 0.65
_LEANS = re.compile(
    r"(?i)^(?:that|this|it|which)\s(?:compare[sd]?|was|is|represents?|marks?|came)\b|"
    r"^(?:in|during|over|for) the same\b|^(?:a year|the year) (?:earlier|before)\b"
)


_NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class Read:
    """A sentence as it is read for questions: its names, periods, clauses, and what came before."""

    text: str
    quantities: tuple[Quantity, ...]
    names: tuple[Named, ...]
    periods: tuple[Dating, ...]
    clauses: tuple[Clause, ...]
    ways: frozenset[str]
    before: Before = _NOTHING_BEFORE
    leans_on: str = ""

    def clause(self, quantity: Quantity) -> Clause:
        """The clause in which a number stands."""
        return next(one for one in self.clauses if one.start <= quantity.start < one.end)


def read(text: str, found: tuple[Quantity, ...], known: Known, before: Before) -> Read:
    """The sentence taken apart; one that only goes on (`That compares with`) leans on the one before it."""
    plain = _UNITED.sub(lambda one: " " * len(one.group()), text)
    ways = subject(plain).ways | (
        {"refused"} if _QUOTED_DENIAL.search(text) or text.rstrip('”" ').endswith("?") else set()
    )
    return Read(
        text,
        found,
        known.names.names(text),
        datings(text, found, known.times, before),
        clauses(text, found),
        frozenset(ways),
        before,
        before.text if _LEANS.match(text) else "",
    )


def asked(quantity: Quantity, its: Read, known: Known) -> tuple[Match, ...]:
    """What the number may ask, the surest first. Those without anything against them are of one sureness or one."""
    found = [one for ask in known.asks for one in _with(quantity, its, ask, known)]
    return tuple(sorted(found, key=lambda one: (bool(one.against), -one.likeness, one.claim.said)))


def _with(quantity: Quantity, its: Read, ask: Asking, known: Known) -> Iterator[Match]:
    if ask.of != quantity.kind.value or ask.per != quantity.per:
        return
    clause = its.clause(quantity)
    quantity = _as_limit(quantity) if ask.limit else quantity
    own = _scope(its, clause)
    heads = [own, *(_scope(its, one) for one in its.clauses if one.quantities and one.start < clause.start)]
    said_in = next(
        (text for text in (own, f"{heads[-1]} {own}", its.text, f"{its.leans_on} {own}") if _says(ask, text)), None
    )
    if said_in is None:
        return
    made = filled(ask, _named_in(its, clause), its.before.names, _periods(its, clause), known)
    against = _against(quantity, its, ask, own) or made.against or _left_over(its, clause, ask, made, known)
    sure = made.sure * (1.0 if said_in is own else 0.9)
    if not against and sure < _LEAST_SURE:
        against = "too much of it is not said in the sentence itself"
    claim = claim_of(ask, made, its.text, quantity, its.before.day or known.day, known)
    yield Match(claim, claim.checks[-1], quantity, round(sure, 2), against, ask)


def _as_limit(quantity: Quantity) -> Quantity:
    """A limit as it is told: `up to 50,000` is a limit of 50,000."""
    if quantity.bound is not Bound.UP_TO:
        return quantity
    states = quantity.states.replace(Bound.UP_TO.value, Bound.WRITTEN.value, 1)
    return replace(quantity, bound=Bound.WRITTEN, states=states, interval=parse(states))


def _says(ask: Asking, text: str) -> bool:
    return all(one_of(tuple(words)).search(text) for words in ask.says)


def _scope(its: Read, clause: Clause) -> str:
    """The clause with those parts of the sentence that hold no number and do not only say who tells it."""
    parts = [one for one in its.clauses if one == clause or not (one.quantities or one.says_who)]
    return " ".join(its.text[one.start : one.end] for one in parts)


def _named_in(its: Read, clause: Clause) -> tuple[Named, ...]:
    """The names of the clause and of the parts without a number; of what it leaves unsaid, those of the sentence."""
    parts = [one for one in its.clauses if one == clause or not (one.quantities or one.says_who)]
    own = tuple(one for one in its.names if any(part.start <= one.start < part.end for part in parts))
    said = {one.dimension for one in own}
    earlier = (one for one in its.names if one.start < clause.start and one.dimension not in said)
    made = (*own, *(one for one in earlier if not _in_who_says(its, one)))
    said = {one.dimension for one in made}
    # whose records tell it, where nothing else says of whom: 'ICE contract records show'
    whose = (one for one in its.names if one.dimension == AGENCY and _in_who_says(its, one))
    return made if AGENCY in said else (*made, *whose)


def _in_who_says(its: Read, name: Named) -> bool:
    return any(part.says_who and part.start <= name.start < part.end for part in its.clauses)


def _periods(its: Read, clause: Clause) -> tuple[Dating, ...]:
    """The periods of the clause; else those of the sentence's parts without a number; else all."""
    own = tuple(one for one in its.periods if clause.start <= one.start < clause.end)
    if own:
        return own
    bare = [one for one in its.clauses if not one.quantities]
    shared = tuple(one for one in its.periods if any(part.start <= one.start < part.end for part in bare))
    return shared or its.periods


def _against(quantity: Quantity, its: Read, ask: Asking, own: str) -> str:
    """Why the sentence does not say it, whatever it names."""
    ways = _ways(its, ask)
    if "refused" in ways:
        return "the sentence denies it, doubts it or asks"
    if others := sorted(ways - set(ask.ways)):
        return "it is not said as so: " + ", ".join(others)
    if _DIFFERS.search(its.text[: quantity.start]) or _MORE.match(its.text[quantity.end :]):
        return "the number is how much more or less, not how much"
    if ask.never and (found := one_of(tuple(ask.never)).search(own)):
        return f"'{found.group()}' makes it another thing"
    noun = counted(its.text, quantity)
    if ask.counts and quantity.kind is Kind.COUNT and noun and not one_of(tuple(ask.counts)).search(noun):
        return f"it counts {noun}"
    return ""


def _ways(its: Read, ask: Asking) -> frozenset[str]:
    """How it is said; where the question itself is of those without something, its own words deny nothing."""
    if "refused" not in ask.ways or "refused" not in its.ways:
        return its.ways
    text = its.text
    for words in ask.says:
        text = one_of(tuple(words)).sub(" ", text)
    return (its.ways - {"refused"}) | (subject(text).ways & {"refused"})


def _left_over(its: Read, clause: Clause, ask: Asking, made: Filled, known: Known) -> str:
    """The words that nothing accounts for, as a reason; empty when there are none."""
    spans = [(one.start, one.end) for one in its.quantities if one.value is not None]
    spans += [(one.start, one.end) for one in its.periods]
    spans += [(one.start, one.end) for one in made.names]
    text = without(its.text, spans)
    own = _scope(replace(its, text=text), clause)
    for words in (*ask.says, ask.beside, ask.counts):
        if words:
            own = one_of(tuple(words)).sub(" ", own)
    left = unexplained(own, known.plain)
    return "it says more: " + ", ".join(sorted(left)) if left else ""


def carried_on(carried: Sequence[Named], names: Sequence[Named]) -> tuple[Named, ...]:
    """The names that the next sentence may leave unsaid: of each dimension those last named."""
    new = {one.dimension for one in names}
    return (*(one for one in carried if one.dimension not in new), *names)
