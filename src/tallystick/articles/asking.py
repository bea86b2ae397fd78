"""Matches a number of a sentence to a question of a metric, in the words of the records.

A wrong match is worse than none. A question is asked only when every word of the clause is accounted for: by the
question's own words, by a name that it takes, by its period, or by one of the words that change nothing. What is left
over is told as the reason why the question is only a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tallystick.articles.before import Window
from tallystick.articles.clauses import Clause
from tallystick.articles.filled import AGENCY, UNNAMED, Filled, claim_of, filled
from tallystick.articles.known import Known
from tallystick.articles.leaning import borrowed, carried, lent
from tallystick.articles.match import Match
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.reading import Read, governed, in_turn, introduced, named_in, periods_of, scope, states, ways
from tallystick.articles.subject import subject
from tallystick.articles.units import counted
from tallystick.articles.vocabulary import Named
from tallystick.articles.windows import Dating
from tallystick.articles.wording import Asking
from tallystick.articles.words import one_of, without
from tallystick.claims.compare import parse

_DIFFERS = re.compile(
    r"(?i)\b(?:another|additional|further|extra|an? (?:increase|rise|drop|decrease|decline|cut|reduction|fall) of|"
    r"(?:rose|fell|grew|increased|decreased|dropped|climbed|jumped|up|down|more|less|cut|reduced|declined) by)\s*"
    r"(?:about |nearly |roughly |some |almost |more than |over |at least )*$"
)
_MORE = re.compile(
    r"(?i)^\s*(?:\w+\s){0,2}(?:more(?!\sthan\s[$\d])|fewer|extra|additional)\b|"
    r"^[\w\s-]{0,30}\b(?:higher|lower|more than(?!\s[$\d]))\b"
)
_LEAST_SURE = 0.65
_FAR = -100
_NOW = re.compile(
    r"(?i)\b(?:now|currently|today|presently|so far|to date|has|have|are|is|stands|holds?|counts|lists|employs?)\b"
)
_TOLD = re.compile(r"(?i)(?:reported|recorded|counted|listed|logged|tallied|shown|named|published|given|seen)\b")
_SIGNED = re.compile(
    r"(?i)\b(?:signed|enacted|passed|approved|adopted|became law)(?: into law)?(?: on| in| last| this)?\s*$|"
    r"\bavailable\s*$"
)
_COMPARES = re.compile(r"(?i)[\s,(—–-]*(?:versus|vs\.?|compared (?:with|to)|against|up from|down from|from)\s")
# beside '50 percent', for 'more than 50' is of the number
_THAN = re.compile(r"(?i)\b(?:more|less|fewer|higher|lower|greater|larger|above|below) than\b")
_OF_A_WHOLE = re.compile(
    r"(?i)\d\s(?:[a-z]+\s)?of\s(?P<whole>(?:the|all|its|their|some|about|roughly|nearly|[\w.]+[’']s?)\s(?:[\w.’']+\s){0,3})$"
)
_FROM = re.compile(r"(?i)\bfrom (?:about |nearly |roughly |some |just |only |fewer than |more than )*$")


@dataclass(frozen=True)
class _Tried:
    """A question as a sentence may ask it, and how `near` its words stand to the number."""

    match: Match
    near: int


def asked(quantity: Quantity, its: Read, known: Known) -> tuple[Match, ...]:
    """What the number may ask, the surest first. Those without anything against them are of one sureness or one."""
    tried = [one for ask in known.asks for one in _with(quantity, its, ask, known)]
    nearest = max((one.near for one in tried if not one.match.against.startswith(UNNAMED)), default=0)
    found = [one.match if one.match.against or one.near >= nearest else _farther(one.match) for one in tried]
    return tuple(sorted(found, key=lambda one: (bool(one.against), -one.likeness, one.claim.said)))


def _farther(match: Match) -> Match:
    return replace(match, against="the words beside the number ask another question")


def _with(quantity: Quantity, its: Read, ask: Asking, known: Known) -> Iterator[_Tried]:
    quantity = as_before(quantity, its)
    if ask.of != quantity.kind.value or ask.per != quantity.per:
        return
    if not _says(ask, f"{its.leans_on} {its.text}"):
        return
    clause = its.clause(quantity)
    quantity = as_limit(quantity) if ask.limit else quantity
    own = scope(its, clause)
    heads = [one for one in its.clauses if one.quantities and one.start < clause.start]
    head = scope(its, heads[-1]) if heads else own
    texts = (own, f"{head} {own}", its.text, f"{its.leans_on} {own}")
    elliptic = _COMPARES.match(its.text[clause.start : clause.end]) and not counted(its.text, quantity)
    first = 1 if elliptic and heads else 0
    said_in = next((place for place, text in enumerate(texts) if place >= first and _says(ask, text)), None)
    if said_in is None:
        return
    leans = said_in == len(texts) - 1
    made = filled(
        ask,
        _names_of(quantity, its, clause),
        carried(its, leans=leans),
        times_of(quantity, its, ask, leans=leans),
        known,
    )
    mine = not first and _states_itself(its, clause, ask, own)
    # of the lender what it says, and not who tells it
    said = f"{its.before.last.left} {own}" if leans and its.before.last.left else texts[said_in]
    against = _against(quantity, its, ask, own if mine else said) or said_as(its, ask, clause, said_in > 0)
    if said_in:
        against = against or (lent if leans else borrowed)(quantity, its, ask, known, mine=mine)
    against = against or made.against
    against = against or _left_over(its, clause, ask, made, known)
    sure = made.sure * (0.9 if said_in else 1.0)
    if not against and sure < _LEAST_SURE:
        against = "too much of it is not said in the sentence itself"
    claim = claim_of(ask, made, its.text, quantity, its.before.day or known.day, known)
    taken = Match(claim, claim.checks[-1], quantity, round(sure, 2), against, ask)
    yield _Tried(taken, _nearness(quantity, its, ask, texts[first]))


def _nearness(quantity: Quantity, its: Read, ask: Asking, own: str) -> int:
    """How near its words stand to the number, the nearest 0: where it has none beside it, those of all are as far."""
    borrowed = sum(not one_of(tuple(words)).search(own) for words in ask.says)
    said = governed(its, its.clause(quantity))
    unit = bool(ask.counts) and not counted(its.text, quantity) and not one_of(tuple(ask.counts)).search(said)
    clause = its.clause(quantity)
    apart = sum(not one_of(tuple(words)).search(its.text[clause.start : clause.end]) for words in ask.says)
    return -(6 * borrowed + 3 * unit + min(apart, 2)) if borrowed < len(ask.says) else _FAR - unit


def as_before(quantity: Quantity, its: Read) -> Quantity:
    """The number as the rate that it goes on with: `278 people a day in October and 1,053 in June`."""
    if quantity.kind is not Kind.COUNT or counted(its.text, quantity):
        return quantity
    earlier = [one for one in its.quantities if one.value is not None and one.end <= quantity.start]
    told = (one for one in reversed(earlier) if one.per or one.kind is not Kind.COUNT or counted(its.text, one))
    last = next(told, None)
    if last is None:
        bare = all(one.kind is Kind.COUNT for one in earlier)
        per = its.before.last.per if bare else ""
    else:
        per = last.per if last.of != "USD" else ""
    return replace(quantity, kind=Kind.RATE, per=per) if per else quantity


def times_of(quantity: Quantity, its: Read, ask: Asking, *, leans: bool) -> tuple[Dating, ...]:
    """The days the number is of; where none is said, those it leans on, or today for how many there are now."""
    clause = its.clause(quantity)
    found = tuple(one for one in periods_of(its, clause) if not _of_another_time(quantity, its, clause, one))
    if ask.when in ("no", "may"):
        return tuple(one for one in found if not _SIGNED.search(its.text[: one.start]))
    if found:
        return found
    if leans and len(its.before.last.windows) == 1:
        window = its.before.last.windows[0]
        return (Dating(clause.start, clause.start, replace(window, certain=False)),)
    day, said = its.before.day, governed(its, clause)
    if ask.when != "day" or day is None or not _NOW.search(said) or _FROM.search(its.text[: quantity.start]):
        return ()
    return (Dating(clause.start, clause.start, Window(None, day, False)),)


def _names_of(quantity: Quantity, its: Read, clause: Clause) -> tuple[Named, ...]:
    """The names that the number is of; for a whole not those of its part: `Florida has 327 of the nation's 1,035`."""
    found = named_in(its, clause)
    whole = _OF_A_WHOLE.search(its.text[: quantity.start])
    if whole is None:
        return found
    return tuple(one for one in found if one.dimension == AGENCY or one.start >= whole.start("whole"))


def _of_another_time(quantity: Quantity, its: Read, clause: Clause, period: Dating) -> bool:
    """Whether a number that others are compared with has a time of its own: `1,372 by January 31, up from 135`.

    `from 135 to 1,372 by January 31` is such a one too; `90 in Texas in May, against 20 in Ohio` is not.
    """
    inside = clause.start <= period.start < clause.end
    if _FROM.search(its.text[: quantity.start]):
        return not (inside and period.start > quantity.start)
    if inside or not _COMPARES.match(its.text[clause.start : clause.end]):
        return False
    return not any(clause.start <= one.start < clause.end for one in its.names)


def as_limit(quantity: Quantity) -> Quantity:
    """A limit as it is told: `up to 50,000` is a limit of 50,000."""
    if quantity.bound is not Bound.UP_TO:
        return quantity
    states = quantity.states.replace(Bound.UP_TO.value, Bound.WRITTEN.value, 1)
    return replace(quantity, bound=Bound.WRITTEN, states=states, interval=parse(states))


def _says(ask: Asking, text: str) -> bool:
    return all(one_of(tuple(words)).search(text) for words in ask.says)


def _states_itself(its: Read, clause: Clause, ask: Asking, own: str) -> bool:
    """Whether the clause has a verb and words of the question: then what stands elsewhere does not turn it round."""
    return states(its, clause) and any(one_of(tuple(words)).search(own) for words in ask.says)


def _against(quantity: Quantity, its: Read, ask: Asking, own: str) -> str:
    """Why the sentence does not say it, whatever it names; `own` is where the words of the question stand."""
    if differs(quantity, its):
        return "the number is how much more or less, not how much"
    if ask.never and (found := one_of(tuple(ask.never)).search(own)):
        return f"'{found.group()}' makes it another thing"
    noun = counts_another(quantity, its, ask)
    return f"it counts {noun}" if noun else ""


def differs(quantity: Quantity, its: Read) -> bool:
    """Whether the number is how much more or less there is."""
    return bool(_DIFFERS.search(its.text[: quantity.start]) or _MORE.match(its.text[quantity.end :]))


def counts_another(quantity: Quantity, its: Read, ask: Asking) -> str:
    """What the number counts, where that is not what the question counts; empty where it may be."""
    noun = counted(its.text, quantity)
    said = tuple(word for words in ask.says for word in words)
    if noun and (one_of(said).match(noun) or _TOLD.match(noun)):
        return ""  # 'the 39,703 held on that day', 'the 39,703 reported'
    if ask.counts and quantity.kind is Kind.COUNT and noun and not one_of(tuple(ask.counts)).search(noun):
        return noun
    return ""


def said_as(its: Read, ask: Asking, clause: Clause, borrowed: bool) -> str:
    """Why it is not stated as so; where the question itself is of those without something, its words deny nothing."""
    found = ways(its, clause, borrowed)
    if "refused" in found and "refused" in ask.ways and not its.doubted:
        text = scope(its, clause)
        for words in ask.says:
            text = one_of(tuple(words)).sub(" ", text)
        found = (found - {"refused"}) | (subject(text).ways & {"refused"})
    if "refused" in found:
        return "the sentence denies it, doubts it or asks"
    others = sorted(found - set(ask.ways))
    return "it is not said as so: " + ", ".join(others) if others else ""


def _left_over(its: Read, clause: Clause, ask: Asking, made: Filled, known: Known) -> str:
    """The words that nothing accounts for, as a reason; empty when there are none."""
    spans = [(one.start, one.end) for one in its.quantities if one.value is not None]
    spans += [(one.start, one.end) for one in its.periods]
    taken = {one.dimension for one in made.names}
    spans += [(one.start, one.end) for one in its.names if one.dimension in taken or in_turn(its)]
    text = without(its.text, spans + introduced(its))
    own = scope(its, clause, text)
    own = _THAN.sub(" ", own)
    for words in (*ask.says, ask.beside, ask.counts):
        if words:
            own = one_of(tuple(words)).sub(" ", own)
    left = unexplained(own, known.plain)
    return "it says more: " + ", ".join(sorted(left)) if left else ""
