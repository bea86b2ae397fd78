"""Matches what a sentence says to a claim that was written down before: the same number of the same thing.

A wrong match is worse than none. A claim is matched only when number, bound's kind, topics, agency, names, period and
the way it is said (planned, possible, asked, denied) all agree; whatever is alike and not the same is a candidate,
with the reason why it was not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tallystick.articles.find import quantities
from tallystick.articles.more import says_more, turned_round
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.subject import ANY_AGENCY, Subject, denied, subject
from tallystick.articles.wording import Asking
from tallystick.claims.compare import parse
from tallystick.nouns.claim import Check, Claim

_LIKE = 0.25
_SAME = 0.4
_APART = 0.1
_DAYS = timedelta(days=3)
_MOST_CANDIDATES = 3
_ANOTHER = "the number is another"


@dataclass(frozen=True)
class Said:
    """A claim as it is matched against: its sentence taken apart."""

    claim: Claim
    subject: Subject
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class Match:
    """A quantity of a sentence and the check of a claim that it is matched to; `likeness` from 0 to 1.

    `against` says why the match is not taken; a match without that is. `ask` is the question of the records that made
    the claim; None where people wrote it.
    """

    claim: Claim
    check: Check
    quantity: Quantity
    likeness: float
    against: str = ""
    ask: Asking | None = None


@dataclass(frozen=True)
class Spoken:
    """A sentence to be matched, with what the one before it is about, for what it leaves unsaid."""

    text: str
    subject: Subject
    before: Subject
    quantities: tuple[Quantity, ...]

    @property
    def periods(self) -> tuple[Quantity, ...]:
        return tuple(one for one in self.quantities if one.kind is Kind.PERIOD)


def said(claims: Mapping[str, Claim]) -> tuple[Said, ...]:
    """Each claim taken apart, to be matched against."""
    return tuple(Said(claim, subject(claim.said), quantities(claim.said)) for claim in claims.values())


def spoken(text: str, before: str = "") -> Spoken:
    """A sentence taken apart, with the one before it."""
    return Spoken(text, subject(text), subject(before), quantities(text))


def matches(sentence: Spoken, known: Sequence[Said]) -> Mapping[Quantity, tuple[Match, ...]]:
    """For each number of the sentence what it may be matched to, the likest first; at most one match is taken.

    Where two claims are nearly as like, none is.
    """
    found: dict[Quantity, tuple[Match, ...]] = {}
    for quantity in sentence.quantities:
        if quantity.kind is not Kind.PERIOD:
            alike = (one for claim in known for one in _with(sentence, quantity, claim))
            found[quantity] = _told(sorted(alike, key=lambda one: (bool(one.against), -one.likeness, one.claim.name)))
    return found


def _told(found: Sequence[Match]) -> tuple[Match, ...]:
    """The matches, none of them taken where two would be and are about as like."""
    taken = [one for one in found if not one.against]
    if len(taken) > 1 and taken[0].likeness - taken[1].likeness < _APART:
        taken = []
    best = tuple(taken[:1])
    first: dict[str, Match] = {}
    for one in (*best, *found):
        first.setdefault(one.claim.name, one)
    others = (one for one in first.values() if one not in best and (not best or one.against != _ANOTHER))
    rest = (one if one.against else _not(one, "another claim is as like") for one in others)
    return (*best, *list(rest)[: _MOST_CANDIDATES - len(best)])


def _not(match: Match, because: str) -> Match:
    return Match(match.claim, match.check, match.quantity, match.likeness, because)


def _with(sentence: Spoken, quantity: Quantity, known: Said) -> Iterator[Match]:
    """The match of the quantity with each number of the claim that is the same sort of thing."""
    like = _likeness(sentence, known)
    for other in known.quantities:
        check = _check(other, known.claim) if other.kind is not Kind.PERIOD else None
        if check is None or other.kind is not quantity.kind or other.per != quantity.per:
            continue
        same = _same_number(quantity, other)
        if same or (like >= _SAME and sentence.subject.topics & known.subject.topics):
            against = _against(sentence, quantity, known, other) if same else _ANOTHER
            against = against or _period_against(sentence, known, check)
            if like >= _LIKE:
                against = against or ("" if like >= _SAME else "too few of the words are the same")
                yield Match(known.claim, check, quantity, like, against)


def _likeness(sentence: Spoken, known: Said) -> float:
    """How much of what the claim says the sentence says too; the sentence before counts for half."""
    its = _tokens(known.subject)
    here, before = _tokens(sentence.subject), _tokens(sentence.before)
    return sum(1.0 if one in here else 0.5 if one in before else 0.0 for one in its) / max(1, len(its))


def _tokens(of: Subject) -> frozenset[str]:
    """Topics, agencies and names weigh as words do; a topic stands for all of its words."""
    return of.words | {f"topic {one}" for one in of.topics} | {f"agency {one}" for one in of.agencies} | of.names


def _check(other: Quantity, claim: Claim) -> Check | None:
    """The check of the claim that the number in its sentence is about: the one whose comparison has that number."""
    found = [check for check in claim.checks if check.states and not check.each and _ends_in(check.states, other)]
    return found[0] if len(found) == 1 else None


def _ends_in(states: str, other: Quantity) -> bool:
    interval = parse(states)
    value = other.value
    if value is None:
        return False
    if interval.low is None or interval.high is None:
        return value in (interval.low, interval.high)
    return interval.holds(value) or value == interval.high


def _same_number(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are one at the precision of the rougher of them."""
    if one.value is None or other.value is None:
        return False
    return abs(one.value - other.value) <= min(
        max(one.unit, other.unit) / 2, max(abs(one.value), abs(other.value)) / 50
    )


def _against(sentence: Spoken, quantity: Quantity, known: Said, other: Quantity) -> str:
    """Why a sentence with the same number does not say what the claim says; empty when nothing is against it."""
    here, there, before = sentence.subject, known.subject, sentence.before
    if denied(sentence.text) and not denied(known.claim.said):
        return "the sentence denies it, doubts it or asks"
    if here.ways != there.ways:
        return "it is said otherwise: " + ", ".join(sorted(here.ways ^ there.ways))
    if _agency_against(here, before, known):
        return "another agency, or none, is named"
    if here.topics - there.topics:
        return "it is about something else too: " + ", ".join(sorted(here.topics - there.topics))
    if missing := there.topics - here.topics - before.topics:
        return "it does not speak of " + ", ".join(sorted(missing))
    return _parties_against(here, there, before) or _unit_against(quantity, other) or _more_against(sentence, known)


def _agency_against(here: Subject, before: Subject, known: Said) -> bool:
    """Whether the agencies are others; a claim that names none may mean that of which it asks the record."""
    there = known.subject.agencies
    if here.agencies == there or (not here.agencies and before.agencies == there):
        return False
    asked = (check.where.get("agency") for check in known.claim.checks)
    return (
        bool(there)
        or not here.agencies
        or not all([one] == sorted(here.agencies) or {one} == here.agencies for one in asked)
    )


def _parties_against(here: Subject, there: Subject, before: Subject) -> str:
    """Who gives and gets: every name of the claim must be there, and no party that the claim does not know."""
    if strange := here.parties - there.names - there.parties - there.words:
        return "it names someone else: " + ", ".join(sorted(strange))
    wanted = there.parties & there.names
    if wanted and not wanted <= here.names | here.parties | (
        before.names if not here.names - there.names else frozenset()
    ):
        return "it does not name " + ", ".join(sorted(wanted))
    return ""


def _more_against(sentence: Spoken, known: Said) -> str:
    """What the sentence says and the claim does not: other numbers, other words, the two parties turned round."""
    claim = known.claim.said
    for one in sentence.quantities:
        if one.kind is not Kind.PERIOD and not any(_alike(one, other) for other in known.quantities):
            return f"it says {one.text} too"
    if more := says_more(sentence.text, sentence.quantities, claim):
        return "it says more: " + ", ".join(sorted(more))
    left_out = says_more(claim, known.quantities, sentence.text) - sentence.before.words
    left_out |= _numbered(claim) - _numbered(sentence.text)
    if left_out:
        return "it does not say: " + ", ".join(sorted(left_out))
    if turned_round(sentence.text, claim, ANY_AGENCY, known.subject.parties & known.subject.names):
        return "giver and taker are turned round"
    return ""


def _numbered(text: str) -> frozenset[str]:
    """Laws and the like by their number: 119-21."""
    return frozenset(re.findall(r"\b\d+-\d+\b", text))


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and one.per == other.per and _same_number(one, other)


def _unit_against(quantity: Quantity, other: Quantity) -> str:
    """Whether the same number counts another thing."""
    if quantity.kind is Kind.COUNT and other.of and quantity.of:
        shared = subject(quantity.of).words & subject(other.of).words
        return "" if shared else f"it counts {quantity.of}"
    return "" if quantity.kind is not Kind.MONEY or quantity.of == other.of else "it is another currency"


def _period_against(sentence: Spoken, known: Said, check: Check) -> str:
    """Whether the sentence speaks of another time than the claim, or leaves out the one that the claim names."""
    theirs = [one for one in known.quantities if one.kind is Kind.PERIOD]
    told = {_plain(one.text) for one in theirs}
    windows = [(one.period.start, one.period.end) for one in theirs if one.period and one.period.start]
    if check.start and check.end:
        windows.append((check.start, check.end))
    if (
        theirs
        and len(sentence.periods) == 1
        and sentence.periods[0].text.lower().removeprefix("the ").startswith("same")
    ):
        return f"which days '{sentence.periods[0].text}' are is not said"
    open_ = [one for one in sentence.periods if _plain(one.text) not in told]
    for one in open_:
        period = one.period
        if period is None or period.start is None or period.end is None:
            return f"which days '{one.text}' are is not said"
        if not any(_is(period.start, period.end, low, high, named=bool(theirs)) for low, high in windows):
            return f"it speaks of {one.text}"
    if theirs and not sentence.periods and (check.start or check.end):
        return "it does not say of which time"
    return ""


def _is(start: date, end: date, low: date | None, high: date | None, *, named: bool) -> bool:
    """Whether two periods are the same but for a few days; where the claim names none, one around its window too."""
    if low is None or high is None:
        return False
    same = abs(start - low) <= _DAYS and abs(end - high) <= _DAYS
    return same or (not named and start <= low and high <= end)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace(".", "").replace(",", "").removeprefix("the ").split())
