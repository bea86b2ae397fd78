"""Changes across time, asked of the record: doubled, up 24 percent, four times as much.

The question that each of the two numbers would ask is asked of both times, and their ratio is held against what is
said. Both times must stand in the sentence, or in the one that it leans on; a sentence that tells of three is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from tallystick.articles.before import Window
from tallystick.articles.filled import FIGURE, Filled, claim_of, filled
from tallystick.articles.known import Known
from tallystick.articles.leaning import carried
from tallystick.articles.match import Match
from tallystick.articles.more import unexplained
from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.reading import Read, named_in, ways
from tallystick.articles.windows import Dating
from tallystick.articles.wording import Asking
from tallystick.articles.words import one_of, without
from tallystick.nouns.claim import Check, Claim

_MORE = (
    r"more|higher|greater|larger|increas\w+|rise|rose|risen|grew|grow\w*|up|climb\w*|jump\w*|surg\w+|gain\w*|soar\w*"
)
_LESS = r"less|fewer|lower|decreas\w+|declin\w+|drop\w*|fall\w*|fell|down|shrank|shrunk|reduc\w+|plung\w+|plummet\w*"
_GREW, _FELL = re.compile(rf"(?i)\b(?:{_MORE})\b"), re.compile(rf"(?i)\b(?:{_LESS})\b")
_BESIDE = re.compile(
    rf"(?i)\b(?:{_MORE}|{_LESS}|doubl\w*|tripl\w*|quadrupl\w*|halv\w*|times?|as|many|much|the|that|compared|same|an?|by|than|"
    rf"of|from|between|change\w*|fold|twice)\b"
)
_POINTS = "percentage points"
_THAT = re.compile(
    r"(?i)(?:for [\w.’' ]{2,40} )?(?:that|this|it|which)(?:[’']s|\s(?:is|was|compare[sd]?|represents?|meant))\s"
)
_SURE = 0.9
_NEAREST = 0.05
_MONTH = timedelta(days=31)
NOW, THEN = "later", "earlier"
_COUNTED = ("money", "count", "rate")


@dataclass(frozen=True)
class _Times:
    """The two times that a change lies between."""

    then: Window
    now: Window


def changed(quantity: Quantity, its: Read, known: Known) -> tuple[Match, ...]:
    """What the change may ask of the record; empty where the number is no change, or its times are not told."""
    works = _works(quantity, its)
    if not works:
        return ()
    found = [one for ask in known.asks for one in _with(quantity, its, ask, known, works)]
    return tuple(sorted(found, key=lambda one: (bool(one.against), -one.likeness, one.claim.said)))


def _works(quantity: Quantity, its: Read) -> str:
    """The sum that the change is; empty for what is none, or may be either of two."""
    if quantity.kind is Kind.MULTIPLE:
        behind = its.text[quantity.end : quantity.end + 20]
        return (
            "" if re.match(r"(?i)\s(?:more|higher|greater|larger|fewer|less|lower)\b", behind) else f"{NOW} / {THEN}"
        )
    if quantity.kind is not Kind.SHARE or quantity.of == _POINTS:
        return ""
    clause = its.clause(quantity)
    said = its.text[clause.start : clause.end]
    grew, fell = bool(_GREW.search(said)), bool(_FELL.search(said))
    if grew == fell:
        return ""
    return f"{NOW} / {THEN} - 1" if grew else f"1 - {NOW} / {THEN}"


def _times(its: Read, *, stock: bool) -> _Times | None:
    """The two times of the sentence, or of the one before; of a stock, both ends of a single longer one."""
    windows: list[Window] = []
    for one in its.periods:
        if one.window is None:
            return None
        windows += [] if one.window in windows else [one.window]
    last = list(its.before.last.windows) if its.leans_on else []
    if not windows or (len(windows) == len(last) == 1 and _THAT.match(its.text)):
        windows = [*windows, *last]
    if stock and len(windows) == 1 and (start := windows[0].start) and windows[0].end - start > _MONTH:
        return _Times(Window(start, start), Window(windows[0].end, windows[0].end))
    if len(windows) != 2:
        return None
    first, second = sorted(windows, key=lambda one: one.end)
    apart = first.end < (second.start or second.end)
    return _Times(first, second) if apart else None


def _with(quantity: Quantity, its: Read, ask: Asking, known: Known, works: str) -> Iterator[Match]:
    times = _times(its, stock=ask.when == "day")
    here = all(one_of(tuple(words)).search(its.text) for words in ask.says)
    leans = not its.periods or not here or _THAT.match(its.text) is not None
    told = f"{its.leans_on} {its.text}" if leans else its.text
    if ask.metric is None or ask.of not in _COUNTED or ask.rest or ask.limit:
        return
    if (
        times is None
        or (ask.nearest or 0) > _NEAREST
        or ask.when in ("no", "over")
        or not all(one_of(tuple(words)).search(told) for words in ask.says)
    ):
        return
    clause = its.clause(quantity)
    both = [
        filled(ask, named_in(its, clause), carried(its, leans=leans), (Dating(0, 0, one),), known)
        for one in (times.then, times.now)
    ]
    against = _against(quantity, its, ask, known, (told, both))
    sure = _SURE * min(one.sure for one in both) * (1.0 if here or not its.periods else _SURE)
    claim = _claim(quantity, its, ask, known, (works, both))
    yield Match(claim, claim.checks[-1], quantity, round(sure, 2), against, ask)


def _against(quantity: Quantity, its: Read, ask: Asking, known: Known, of: tuple[str, Sequence[Filled]]) -> str:
    told, both = of
    start, end = _between_semicolons(its.text, quantity)
    said = frozenset().union(*(ways(its, one) for one in its.clauses))
    if others := sorted(said - set(ask.ways)):
        return "it is not said as so: " + ", ".join(others)
    if ask.never and (found := one_of(tuple(ask.never)).search(told)):
        return f"'{found.group()}' makes it another thing"
    if against := next((one.against for one in both if one.against), ""):
        return against
    spans = [(one.start, one.end) for one in its.quantities]
    spans += [(one.start, one.end) for one in its.periods] + [(one.start, one.end) for one in both[0].names]
    text = without(its.text, spans)
    parts = [one for one in its.clauses if not one.says_who and start <= one.start < end]
    text = " ".join(text[one.start : one.end] for one in parts)
    for words in (*ask.says, ask.beside, ask.counts):
        text = one_of(tuple(words)).sub(" ", text) if words else text
    left = unexplained(_BESIDE.sub(" ", text), known.plain)
    return "it says more: " + ", ".join(sorted(left)) if left else ""


def _between_semicolons(text: str, quantity: Quantity) -> tuple[int, int]:
    """The part of a sentence that states by itself."""
    end = text.find(";", quantity.end)
    return text.rfind(";", 0, quantity.start) + 1, end if end >= 0 else len(text)


def _claim(quantity: Quantity, its: Read, ask: Asking, known: Known, of: tuple[str, Sequence[Filled]]) -> Claim:
    """One figure for each time, and the sum of the two that the sentence states."""
    works, both = of
    day: date = its.before.day or known.day
    claims = [claim_of(ask, made, its.text, quantity, day, known) for made in both]
    checks = [
        msgspec.structs.replace(claim.checks[0], name=name, states=None)
        for name, claim in zip((THEN, NOW), claims, strict=True)
    ]
    ratio = Check(name=FIGURE, arithmetic=works, states=quantity.states, settled_by=ask.settled_by)
    # a definition that names its own days, or lays its filters over those of one year, is not of both times
    also = [one for one in claims[0].also if one.start is msgspec.UNSET and ask.when != "fiscal year"]
    return msgspec.structs.replace(claims[1], checks=[*checks, ratio], also=also)
