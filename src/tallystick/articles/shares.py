"""Shares in words: half of, three quarters, two-thirds of, one in five, three out of four."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tallystick.articles.hedges import hedge_around
from tallystick.articles.numbers import WORDS, number_at
from tallystick.articles.quantity import Bound, Kind, Quantity
from tallystick.articles.stated import stated
from tallystick.articles.tokens import Tokens

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
          "ninth": 9, "tenth": 10, "hundredth": 100}  # fmt: skip
_OF = re.compile(r"\s(?:of\b|the\b|its\b|their\b|his\b|all\b|that\b|as\b|were\b|had\b|have\b|are\b|did\b)|[.,;:)]")
_NOT_A_SHARE = re.compile(r"(?i)(?:first|second|other|better|last|next|latter)\s$")
_OUT_OF = re.compile(r"(?i)\s(?:in|out of|in every|out of every|of every|of)\s(?=[\d\w])")
_PRECISION = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """A share found, and the first token behind it."""

    quantity: Quantity
    after: int


def share_at(sentence: str, tokens: Tokens, at: int) -> Share | None:
    """The share that begins with a token; a percentage is none of these."""
    return _fraction(sentence, tokens, at) or _out_of(sentence, tokens, at)


def _fraction(sentence: str, tokens: Tokens, at: int) -> Share | None:
    """Half of, a third of, three-quarters, two thirds."""
    word = tokens[at].low
    top, place = Decimal(1), at
    if word in WORDS or word == "a":
        top = WORDS.get(word, Decimal(1))
        place = at + 1 + (tokens[at + 1].text in ("-", "‑"))
    name = tokens[place].low
    name = {"halves": "half", "halfs": "half"}.get(name, name)
    part = _PARTS.get(name) or _PARTS.get(name.removesuffix("s"))
    if part is None or (place == at and part != 2) or top == 0 or top >= part:
        return None
    start, end = tokens[at].start, tokens[place].end
    if not _OF.match(sentence, end) or _NOT_A_SHARE.search(sentence[:start]):
        return None
    return Share(_made(sentence, start, end, top / part), place + 1)


def _out_of(sentence: str, tokens: Tokens, at: int) -> Share | None:
    """One in five, three out of four, 9 of every 10; 'three of the four reports' counts two things."""
    first = number_at(tokens, at)
    if first is None or first.most is not None or first.scaled:
        return None
    end = tokens[first.after - 1].end
    link = _OUT_OF.match(sentence, end)
    if link is None:
        return None
    place = first.after
    while tokens[place].kind and tokens[place].start < link.end():
        place += 1
    second = number_at(tokens, place)
    if second is None or second.most is not None or not 0 < first.value < second.value or first.value % 1:
        return None
    weak = link.group().strip().lower() in ("in", "of")
    if weak and (second.value > 100 or _unit_behind(sentence, tokens[second.after - 1].end)):
        return None
    until = tokens[second.after - 1].end
    return Share(_made(sentence, tokens[at].start, until, first.value / second.value), second.after)


def _unit_behind(sentence: str, end: int) -> bool:
    """Whether a time or a place of years follows: 'five in 12 months' is no share."""
    return (
        re.match(r"[\s-]?(?:second|minute|hour|day|week|month|year|decade|states?|percent|%|cities)", sentence[end:])
        is not None
    )


def _made(sentence: str, start: int, end: int, value: Decimal) -> Quantity:
    hedge = hedge_around(sentence, start, end)
    if hedge.bound is Bound.WRITTEN:
        hedge = replace(hedge, bound=Bound.ABOUT)  # one in four is no 25.0 percent
    rounded = value.quantize(_PRECISION)
    return stated(Quantity(Kind.SHARE, "", 0, 0, of="percent"), sentence, hedge, (rounded,), _PRECISION)
