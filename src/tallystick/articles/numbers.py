"""Reads one number as English writes it: 1,200; 9.7 million; thirty-one; two and a half; half a million; a dozen.

Numbers of which only the size is said are read as bounds, which are conventions of this project: dozens from 24 to
99, hundreds from 200, tens of millions from 20 million, several hundred from 300, each to where the next size begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from tallystick.articles.tokens import Tokens

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
WORDS = {word: Decimal(value) for value, word in enumerate(_ONES.split())}
_TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SIGNS = {"k": 3, "m": 6, "mn": 6, "mm": 6, "mil": 6, "b": 9, "bn": 9, "t": 12, "tn": 12}
_DOZEN = Decimal(12)
_MANY = {"dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 999999),
         "millions": (2 * 10**6, 999 * 10**6), "billions": (2 * 10**9, 999 * 10**9), "tens": (20, 99)}  # fmt: skip
_SOME = {"several": 3, "few": 3, "couple": 2}


@dataclass(frozen=True)
class Read:
    """`value` with `unit`, the worth of its last digit; tokens up to `after` are used. `most` is set for a size only.

    `spelled` says that it is one small number in letters ("one", "two"), which may be no number at all.
    """

    value: Decimal
    unit: Decimal
    after: int
    most: Decimal | None = None
    spelled: bool = False
    scaled: bool = False


def number_at(tokens: Tokens, at: int) -> Read | None:
    """The number that begins with token `at`, as long as it goes; None when none does."""
    size = _size(tokens, at)
    if size is not None:
        return size
    simple = _simple(tokens, at)
    return None if simple is None else _scaled(tokens, simple)


def _simple(tokens: Tokens, at: int) -> Read | None:
    token = tokens[at]
    if token.kind == "number":
        value = Decimal(token.text.replace(",", ""))
        return Read(value, Decimal(1).scaleb(int(value.as_tuple().exponent)), at + 1)
    if token.low in ("a", "an") and _scale(tokens, at + 1) is not None:
        return Read(Decimal(1), Decimal(1), at + 1)
    if token.low == "half" and tokens[at + 1].low == "a" and _scale(tokens, at + 2) is not None:
        return Read(Decimal("0.5"), Decimal("0.1"), at + 2)
    return _spelled(tokens, at)


def _spelled(tokens: Tokens, at: int) -> Read | None:
    """One to ninety-nine in letters, with hundreds before them: one hundred and five."""
    low = _below_hundred(tokens, at)
    if low is None:
        return None
    if tokens[low.after].low == "hundred":
        more = low.after + 1 + (tokens[low.after + 1].low == "and")
        rest = _below_hundred(tokens, more)
        # "five hundred ten" is one number, "two hundred and two officers" too
        value, after = (rest.value, rest.after) if rest else (Decimal(0), low.after + 1)
        return Read(low.value * 100 + value, Decimal(1), after, scaled=True)
    if tokens.words(low.after, 3) == "and a half":
        return Read(low.value + Decimal("0.5"), Decimal("0.1"), low.after + 3)
    return low


def _below_hundred(tokens: Tokens, at: int) -> Read | None:
    word = tokens[at].low
    if word in WORDS:
        return Read(WORDS[word], Decimal(1), at + 1, spelled=True)
    if word not in _TENS:
        return None
    next_ = at + 1 + (tokens[at + 1].text == "-")
    ones = WORDS.get(tokens[next_].low, Decimal(0))
    if 0 < ones < 10:
        return Read(_TENS[word] + ones, Decimal(1), next_ + 1)
    return Read(_TENS[word], Decimal(1), at + 1)


def _scaled(tokens: Tokens, read: Read) -> Read:
    """With the scales behind it: 9.7 million, 2M, two dozen, 10-million."""
    while (found := _scale(tokens, read.after)) is not None:
        by, after = found
        read = replace(read, value=read.value * by, unit=read.unit * by, after=after, spelled=False, scaled=True)
    return read


def _scale(tokens: Tokens, at: int) -> tuple[Decimal, int] | None:
    place = at + (tokens[at].text in "-‑" and tokens[at].kind == "sign")
    word = tokens[place].low
    if word in _SCALES:
        return Decimal(10) ** _SCALES[word], place + 1
    if word == "dozen":
        return _DOZEN, place + 1
    if word in _SIGNS and tokens[at - 1].kind == "number" and tokens.joined(at):
        return Decimal(10) ** _SIGNS[word], at + 1
    return None


def _size(tokens: Tokens, at: int) -> Read | None:
    """Tens of millions, dozens, several hundred, a few thousand, a couple of dozen."""
    word = tokens[at].low
    if word in _MANY:
        low, high = map(Decimal, _MANY[word])
        if tokens[at + 1].low == "of" and tokens[at + 2].low in ("thousands", "millions", "billions", "trillions"):
            scale = Decimal(10) ** _SCALES[tokens[at + 2].low[:-1]]
            return Read(low * scale, scale, at + 3, (high + 1) * scale, scaled=True)
        return None if word == "tens" else Read(low, Decimal(1), at + 1, high, scaled=True)
    start = at + (word == "a")
    if tokens[start].low not in _SOME or (word == "a") != (tokens[start].low in ("few", "couple")):
        return None
    found = _scale(tokens, start + 1 + (tokens[start + 1].low == "of"))
    if found is None:
        return None
    scale, after = found
    return Read(_SOME[tokens[start].low] * scale, scale, after, 9 * scale, scaled=True)
