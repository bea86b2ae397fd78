"""What a sentence or clause that leaves words unsaid takes from the one before it, and when that cannot be lent.

What lends its words lends all of them: `ICE arrested 140 people in Chicago in May. In June there were 90` is of
Chicago too. So the words of the lender must be accounted for as those of the sentence itself are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallystick.articles.before import Before, Last
from tallystick.articles.known import Known
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.reading import AGENCY, Read, goes_on, introduced
from tallystick.articles.subject import subject
from tallystick.articles.units import counted
from tallystick.articles.vocabulary import Named
from tallystick.articles.wording import Asking
from tallystick.articles.words import one_of, without

_MOST_LEANT = 600
_MOST_HEARD = 4
_POINTED_AT = frozenset(["recipient", "category", "technology"])
_POINTS = re.compile(
    r"(?i)\b(?:it|its|they|them|their|these|those|such|both|the (?:[A-Z][\w-]+ )?(?:company|firm|vendor|contractor|"
    r"startup|platform|software|system|tool|app|goods|items))\b"
)


def leaning_on(before: Before, its: Read, known: Known) -> Before:
    """What the next sentence may lean on."""
    windows = tuple(one.window for one in its.periods if one.window is not None)
    told = replace(
        before,
        names=carried_on(before.names, its.names),
        last=_last(before.last, its, known),
        heard=(its.text, *before.heard)[:_MOST_HEARD],
        windows=tuple(dict.fromkeys((*reversed(windows), *before.windows)))[:_MOST_HEARD],
    )
    return replace(told, year=windows[-1].end.year, window=windows[-1]) if windows else told


def _last(before: Last, its: Read, known: Known) -> Last:
    windows = tuple(one.window for one in its.periods if one.window is not None)
    alone = tuple(dict.fromkeys(windows)) if len(windows) == len(its.periods) else ()
    numbers = [one for one in its.quantities if one.value is not None]
    nouns = tuple(noun for one in numbers if one.kind is Kind.COUNT and (noun := counted(its.text, one)))
    per = numbers[-1].per if numbers and numbers[-1].of != "USD" else ""
    left = " ".join(_left(its, [(one.start, one.end) for one in its.clauses if not one.says_who]))
    if not goes_on(its, known):
        return Last(its.text, left, alone, its.names, nouns, per)
    return Last(
        f"{before.text} {its.text}"[-_MOST_LEANT:],
        f"{before.left} {left}"[-_MOST_LEANT:],
        alone if its.periods else before.windows,
        (*before.names, *its.names),
        nouns or before.nouns,
        per or before.per,
    )


def _left(its: Read, places: Iterable[tuple[int, int]]) -> list[str]:
    """The words of parts of a sentence without its numbers, times and names."""
    spans = [(one.start, one.end) for one in its.quantities]
    spans += [(one.start, one.end) for one in its.periods] + [(one.start, one.end) for one in its.names]
    text = without(its.text, spans + introduced(its))
    return [text[start:end] for start, end in places]


def lent(quantity: Quantity, its: Read, ask: Asking, known: Known, *, mine: bool) -> str:
    """Why the sentence before cannot lend its words; empty where it can. One with a verb and words of the question
    states by itself (`mine`), and borrows only of whom it speaks."""
    last = its.before.last
    others = [noun for noun in last.nouns if ask.counts and not one_of(tuple(ask.counts)).search(noun)]
    if others and quantity.kind is Kind.COUNT and not counted(its.text, quantity):
        return f"whether it counts {others[0]} is not said"
    if not mine and (said := sorted(subject(its.leans_on).ways - set(ask.ways))):
        return "what it goes on with is not said as so: " + ", ".join(said)
    return _of_more(its, ask, last.names) or ("" if mine else _says_more(last.left, ask, known))


def borrowed(quantity: Quantity, its: Read, ask: Asking, known: Known, *, mine: bool) -> str:
    """Why the clauses before that of the number cannot lend it their words; empty where they can."""
    clause = its.clause(quantity)
    heads = [(one.start, one.end) for one in its.clauses if one.quantities and one.start < clause.start][-1:]
    names = [one for one in its.names if any(start <= one.start < end for start, end in heads)]
    return _of_more(its, ask, names) or ("" if mine else _says_more(" ".join(_left(its, heads)), ask, known))


def _of_more(its: Read, ask: Asking, names: Sequence[Named]) -> str:
    """What the lender names that the question knows nothing of, or that the sentence may mean to leave out."""
    here = {one.dimension for one in its.names}
    for one in names:
        of = ask.takes.get(one.dimension)
        if (
            one.dimension == AGENCY
            or one.dimension in ask.about
            or of == "must"
            or one.dimension in here & set(ask.takes)
        ):
            continue
        return f"whether it is of {one.value} too is not said"
    return ""


def _says_more(left: str, ask: Asking, known: Known) -> str:
    for words in (*ask.says, ask.beside, ask.counts):
        left = one_of(tuple(words)).sub(" ", left) if words else left
    more = unexplained(left, known.plain)
    return "what it goes on with says more: " + ", ".join(sorted(more)) if more else ""


def carried(its: Read, *, leans: bool) -> tuple[Named, ...]:
    """The names that the sentence may leave unsaid: what is bought and from whom only where a word points at it."""
    points = leans or _POINTS.search(its.text) is not None
    return tuple(one for one in its.before.names if points or one.dimension not in _POINTED_AT)


def carried_on(carried: Sequence[Named], names: Sequence[Named]) -> tuple[Named, ...]:
    """The names that the next sentence may leave unsaid: of each dimension those last named."""
    new = {one.dimension for one in names}
    return (*(one for one in carried if one.dimension not in new), *names)
