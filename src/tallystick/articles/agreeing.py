"""Readings that the words leave open, taken where the figure is the number to its last digit.

`More than 40,661 people wore one` may be said in words that no question accounts for. A figure that is 40,661 to its
last digit is evidence too: of the few readings left, hardly any other would give it. So such a reading may support,
and never contradict. What names, times and ways of saying tell is never left open, nor any word that turns a meaning
round; and a number of fewer than three digits is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

import msgspec

from tallystick.articles.asking import as_before, as_limit, counts_another, differs, said_as, times_of
from tallystick.articles.before import Window
from tallystick.articles.clauses import Clause
from tallystick.articles.filled import Filled, claim_of, filled
from tallystick.articles.judged import Found, Judging, Word, judged_question
from tallystick.articles.known import Known
from tallystick.articles.leaning import carried
from tallystick.articles.match import Match
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Bound, Quantity
from tallystick.articles.reading import AGENCY, Read, introduced, named_in, parts_of, scope
from tallystick.articles.vocabulary import RECIPIENT, Named
from tallystick.articles.windows import Dating
from tallystick.articles.wording import Asking
from tallystick.articles.words import one_of, without

_LEAST_DIGITS = 100
_MOST_LEFT = 6
_MOST_TRIED = 8
_MOST_OTHERS = 40
_WHERE = "among|amongst|from|inside|within|at|for|in|across|under|via|against|without|aboard"
_ASIDE = re.compile(r",\s|;\s|:\s|\s[—–(]")
_SURE, _GUESSED = 0.6, 0.85
_AOR = "aor"
_AREAS = re.compile(r"(?i)\b(?:areas?|field offices?|regions?)\b")
_OVER, _UNDER = (Bound.OVER, Bound.AT_LEAST), (Bound.UNDER, Bound.UP_TO)


@dataclass(frozen=True)
class Reading:
    """A reading, and the words and times that it leaves open."""

    match: Match
    left: tuple[str, ...]


def agreeing(quantity: Quantity, its: Read, known: Known, judging: Judging) -> Found | None:
    """What is found by the surest reading whose figure is the number; None where there is none."""
    if not is_evidence(quantity) or not judging.thorough:
        return None
    tried = sorted(_readings(quantity, its, known), key=lambda one: (len(one.left), -one.match.likeness))
    for one in tried[:_MOST_TRIED]:
        found = judged_question(one.match, its.before.day, judging)
        if found.word in (Word.SUPPORTED, Word.DEPENDS) and _is_the_number(one.match.quantity, found):
            because = (
                f"the words leave open: {', '.join(one.left)}; taken since the figure is the number to its last digit"
            )
            return replace(found, beside="; ".join(part for part in (found.beside, because) if part))
    return None


def another_holds(quantity: Quantity, its: Read, known: Known, judging: Judging) -> Match | None:
    """A reading whose figure is as the number says, where a nearer one contradicts it: what it is of is then open.

    Asked are questions of which some words stand there, of each time that the sentence or the last few tell, and now.
    """
    quantity = as_before(quantity, its)
    clause, tried = its.clause(quantity), 0
    day = its.before.day or known.day
    here = (one.window for one in its.periods if one.window)
    told = dict.fromkeys((*here, *its.before.windows, Window(None, day), Window(None, known.day)))
    heard = " ".join((*its.before.heard, its.text))
    for ask in known.asks:
        same = ask.metric is not None and not ask.rest and ask.of == quantity.kind.value and ask.per == quantity.per
        if not same or not any(one_of(tuple(words)).search(heard) for words in ask.says):
            continue
        for window in told:
            dating = () if ask.when == "no" else (Dating(clause.start, clause.start, window),)
            made = filled(ask, named_in(its, clause), carried(its, leans=True), dating, known)
            if made.against or tried >= _MOST_OTHERS:
                continue
            tried += 1
            claim = claim_of(ask, made, its.text, quantity, its.before.day or known.day, known)
            if ask.when == "day":  # the newest count by then, however old
                newest = [msgspec.structs.replace(one, start=None) for one in claim.checks]
                claim = msgspec.structs.replace(claim, checks=newest, also=[])
            match = Match(claim, claim.checks[-1], quantity, round(_SURE * made.sure, 2), "", ask)
            figures = judged_question(match, its.before.day, judging).figures
            if any(one.holds for one in figures[:1]):
                return match
    return None


def is_evidence(quantity: Quantity) -> bool:
    """Whether a figure can hardly be the number by chance: three digits are told at least."""
    value = quantity.value
    return (
        bool(value)
        and value is not None
        and quantity.bound is not Bound.BETWEEN
        and abs(value) >= _LEAST_DIGITS * _last(quantity)
    )


def _last(quantity: Quantity) -> Decimal:
    """The worth of the last digit that is told: that of 47,000 may be a thousand."""
    value = (quantity.value or Decimal(0)).normalize()
    return max(quantity.unit, Decimal(1).scaleb(int(value.as_tuple().exponent)))


def _is_the_number(quantity: Quantity, found: Found) -> bool:
    figure = found.figures[0].figure.value if found.figures else None
    if figure is None or quantity.value is None:
        return False
    off, last = figure - quantity.value, quantity.unit if quantity.bound is Bound.WRITTEN else _last(quantity)
    if quantity.bound in _OVER:
        return 0 <= off <= last
    if quantity.bound in _UNDER or quantity.bound is Bound.NEARLY:
        return -last <= off <= 0
    return abs(off) <= last / 2


def _readings(quantity: Quantity, its: Read, known: Known) -> Iterator[Reading]:
    for ask in known.asks:
        yield from readings_by(quantity, its, ask, known)


def readings_by(quantity: Quantity, its: Read, ask: Asking, known: Known) -> Iterator[Reading]:
    """Each way in which the number may ask the question, where no word says otherwise."""
    quantity = as_before(quantity, its)
    if ask.metric is None or ask.rest or ask.of != quantity.kind.value or ask.per != quantity.per:
        return
    quantity = as_limit(quantity) if ask.limit else quantity
    heard = " ".join(reversed(its.before.heard))
    if not all(one_of(tuple(words)).search(f"{heard} {its.text}") for words in ask.says):
        return
    clause = its.clause(quantity)
    if _is_hard(quantity, its, ask, clause) or known.turns_lent.search(_lent(its, ask)):
        return
    names = carried(its, leans=True)
    if _names_more(its, ask, clause):
        return
    for window, guess in product(_times(quantity, its, ask), _guesses(its, ask, clause, known)):
        made = _filled(ask, (named_in(its, clause), names), window, guess, known)
        if made.against:
            continue
        left = _left(quantity, its, ask, guess, known)
        if left is None:
            continue
        claim = claim_of(ask, made, its.text, quantity, its.before.day or known.day, known)
        yield Reading(
            Match(claim, claim.checks[-1], quantity, round(_SURE * made.sure, 2), "", ask),
            left or ("of what it is told",),
        )


def _filled(ask: Asking, names: tuple[Sequence[Named], Sequence[Named]], window: tuple[Dating, ...],
            guess: Named | None, known: Known) -> Filled:  # fmt: skip
    """The question filled, with what a word may mean that names nothing by itself."""
    if guess is None:
        return filled(ask, *names, window, known)
    others = {name: must for name, must in ask.takes.items() if name != guess.dimension}
    made = filled(msgspec.structs.replace(ask, takes=others), *names, window, known)
    value = guess.value if len(guess.values) == 1 else list(guess.values)
    return replace(made, where={**made.where, guess.dimension: value}, sure=made.sure * _GUESSED)


def _guesses(its: Read, ask: Asking, clause: Clause, known: Known) -> list[Named | None]:
    """What a single word of the clause may mean, where the clause names none of what the question takes."""
    here = {one.dimension for one in named_in(its, clause)}
    text = its.text[clause.start : clause.end]
    found: list[Named | None] = []
    if RECIPIENT in ask.takes and RECIPIENT not in here:
        words = known.names.guesses(text)
        found += [replace(one, start=clause.start + one.start, end=clause.start + one.end) for one in words]
    if _AOR in ask.takes and _AOR not in here and _AREAS.search(" ".join((*its.before.heard, its.text))):
        for city, code in known.cities.items():
            places = re.finditer(rf"\b{re.escape(city)}\b", text)
            found += [Named(_AOR, (code,), clause.start + one.start(), clause.start + one.end()) for one in places]
    return found if len(found) == 1 else [] if found else [None]


def _is_hard(quantity: Quantity, its: Read, ask: Asking, clause: Clause) -> bool:
    """Whether the sentence says otherwise, whatever the figure is."""
    own = scope(its, clause)
    return bool(
        differs(quantity, its)
        or (ask.never and one_of(tuple(ask.never)).search(own))
        or counts_another(quantity, its, ask)
        or said_as(its, ask, clause, True)
    )


def _lent(its: Read, ask: Asking) -> str:
    """The sentences before that say what this one leaves unsaid: as few as do."""
    told, lent = its.text, ""
    for text in its.before.heard:
        if all(one_of(tuple(words)).search(told) for words in ask.says):
            break
        told, lent = f"{text} {told}", f"{text} {lent}"
    return lent


def _times(quantity: Quantity, its: Read, ask: Asking) -> Iterator[tuple[Dating, ...]]:
    """The times that the sentence says; none where the question needs none. A time told before is no evidence."""
    said = times_of(quantity, its, ask, leans=False)
    if said or ask.when in ("no", "may"):
        yield said


def _names_more(its: Read, ask: Asking, clause: Clause) -> bool:
    """Whether the sentence names what the question does not take: what it is told of is then another thing."""
    spans = [(part.start, part.end) for part in parts_of(its, clause)]
    said = [one for one in its.names if any(start <= one.start < end for start, end in spans)]
    mine = one_of(tuple(word for words in ask.says for word in words))
    used = {(one.start, one.end) for one in said if one.dimension in ask.takes}
    return any(
        (one.start, one.end) not in used
        and not mine.search(its.text[one.start : one.end])
        and one.dimension != AGENCY
        and one.dimension not in ask.about
        and one.dimension not in ask.takes
        for one in said
    )


def _left(quantity: Quantity, its: Read, ask: Asking, guess: Named | None, known: Known) -> tuple[str, ...] | None:
    """The words of the clause that nothing accounts for; None where one turns the meaning, or they are many."""
    clause = its.clause(quantity)
    spans = [(one.start, one.end) for one in its.quantities if one.value is not None]
    spans += [(one.start, one.end) for one in its.periods] + [(one.start, one.end) for one in its.names]
    spans += [(guess.start, guess.end)] if guess else []
    own = scope(its, clause, without(its.text, spans + introduced(its)))
    for words in (*ask.says, ask.beside, ask.counts):
        own = one_of(tuple(words)).sub(" ", own) if words else own
    if known.turns.search(own):
        return None
    left = unexplained(own, known.plain)
    return tuple(sorted(left)) if len(left) <= _MOST_LEFT and not _narrowed(quantity, its, left) else None


def _narrowed(quantity: Quantity, its: Read, left: frozenset[str]) -> bool:
    """Whether a word left says of whom or where: `271,484 people by plane` and `among Mexicans, 271,484` are not all.

    It stands behind the number before the next comma, or within a few words of a preposition.
    """
    behind = _ASIDE.split(its.text[quantity.end :], maxsplit=1)[0]
    near = rf"\b(?:{_WHERE})\s(?:[\w’'-]+\s){{0,2}}"
    return any(
        re.search(rf"(?i)\b{word}\b", behind) or re.search(rf"(?i){near}{word}\b", its.text)
        for word in map(re.escape, left)
    )
