"""The words of `is:`, each an interval that a figure lies in or does not.

    > 70e6   over 70e6   more than 70e6         above it
    >= 70e6  at least 70e6                      above it or the same
    < 70e6   under 70e6  less than 70e6         below it
    <= 70e6  up to 70e6  at most 70e6           below it or the same
    = 71515761.68                               the same to the last digit
    ≈ 9.7e6                                     within half a unit of the last digit written, both ends included
    rounds to 18.8e9                            rounds half away from zero to it, at the digits written
    about 30e6   roughly 30e6                   within five per cent
    nearly 2                                    below it by at most ten per cent
    between 60e6 and 80e6                       from one to the other, both included

Numbers are written 70e6, 70,000,000, $70M, 18.8B or 5%; M is a million, B a billion, K a thousand.
The five and the ten per cent are conventions of this project (see docs/methods/claims.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tallystick.errors import RecordError

ABOUT = Decimal("0.05")
NEARLY = Decimal("0.10")
_SCALES = {"": 0, "K": 3, "M": 6, "B": 9, "%": -2}
NUMBER = re.compile(r"(?P<sign>-?)\$?(?P<digits>\d[\d,]*(?:\.\d+)?)(?:[eE](?P<power>[+-]?\d+))?(?P<scale>[KMB%]?)")
"""How a number may be written."""


@dataclass(frozen=True)
class Interval:
    """The figures that satisfy a comparison. `None` is no bound; the flags say whether a bound itself does."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = False
    high_included: bool = False

    def holds(self, figure: Decimal) -> bool:
        if self.low is not None and (figure < self.low or (figure == self.low and not self.low_included)):
            return False
        return self.high is None or figure < self.high or (figure == self.high and self.high_included)

    def margin(self, figure: Decimal) -> Decimal | None:
        """How far `figure` lies from the nearest bound; None when there is no bound."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return min((abs(figure - bound) for bound in bounds), default=None)


@dataclass(frozen=True)
class Number:
    """A number as it was written: its `value`, and `unit`, the worth of its last digit."""

    value: Decimal
    unit: Decimal


def number(text: str) -> Number:
    """Read one number with the precision it was written at. Raises `RecordError`."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise RecordError(
            f"'{text}' is not a number", where="is:", next_step="write it like 70e6, 70,000,000, $70M or 5%"
        )
    digits = Decimal(found["sign"] + found["digits"].replace(",", ""))
    power = int(found["power"] or 0) + _SCALES[found["scale"]]
    places = int(digits.as_tuple().exponent)
    return Number(digits.scaleb(power), Decimal(1).scaleb(places + power))


def parse(text: str) -> Interval:
    """Read a comparison. Raises `RecordError` with the words there are."""
    stripped = text.strip()
    if between := re.fullmatch(r"between\s+(\S+)\s+and\s+(\S+)", stripped):
        low, high = (number(part).value for part in between.groups())
        if low > high:
            raise RecordError(f"'{text}' has nothing in it", where="is:", next_step="write the lower number first")
        return Interval(low, high, low_included=True, high_included=True)
    for words, made in _WORDS.items():
        if stripped.startswith(words):
            return made(number(stripped[len(words) :]))
    raise RecordError(
        f"'{text}' is no comparison",
        where="is:",
        next_step="write one of: " + ", ".join([*_WORDS, "between … and …"]),
    )


def _above(given: Number) -> Interval:
    return Interval(low=given.value)


def _from(given: Number) -> Interval:
    return Interval(low=given.value, low_included=True)


def _below(given: Number) -> Interval:
    return Interval(high=given.value)


def _up_to(given: Number) -> Interval:
    return Interval(high=given.value, high_included=True)


def _same(given: Number) -> Interval:
    return Interval(given.value, given.value, low_included=True, high_included=True)


def _at_its_precision(given: Number) -> Interval:
    half = given.unit / 2
    return Interval(given.value - half, given.value + half, low_included=True, high_included=True)


def _rounds_to(given: Number) -> Interval:
    half = given.unit / 2
    low, high = given.value - half, given.value + half
    return Interval(low, high, low_included=low >= 0, high_included=high <= 0)


def _about(given: Number) -> Interval:
    apart = abs(given.value) * ABOUT
    return Interval(given.value - apart, given.value + apart, low_included=True, high_included=True)


def _nearly(given: Number) -> Interval:
    """Nearly a number is short of it, seen from zero."""
    apart = given.value * NEARLY
    if given.value >= 0:
        return Interval(given.value - apart, given.value, low_included=True)
    return Interval(given.value, given.value - apart, high_included=True)


# The longer words first: '>=' before '>'.
_WORDS: dict[str, Callable[[Number], Interval]] = {
    ">=": _from,
    "at least": _from,
    "<=": _up_to,
    "up to": _up_to,
    "at most": _up_to,
    ">": _above,
    "over": _above,
    "more than": _above,
    "<": _below,
    "under": _below,
    "less than": _below,
    "=": _same,
    "≈": _at_its_precision,
    "rounds to": _rounds_to,
    "about": _about,
    "roughly": _about,
    "nearly": _nearly,
}
