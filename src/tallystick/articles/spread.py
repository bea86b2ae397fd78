"""How far a number in prose may lie from what is written, and sums over such numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallystick.articles.quantity import Bound, Kind, Quantity

_NO_END = Decimal("Infinity")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Spread:
    """From `low` to `high`, both inside; `high` may be infinite. `value` is what the written numbers give."""

    low: Decimal
    value: Decimal
    high: Decimal

    def over(self, other: Spread) -> Spread:
        """This divided by another, neither below zero."""
        high = _NO_END if other.low == 0 or self.high == _NO_END else self.high / other.low
        low = _ZERO if other.high in (_NO_END, _ZERO) else self.low / other.high
        return Spread(low, self.value / other.value if other.value else _NO_END, high)

    def plus(self, other: Spread) -> Spread:
        return Spread(self.low + other.low, self.value + other.value, self.high + other.high)

    def grown(self) -> Spread:
        """Of a multiple, by what share it is more than one."""
        return Spread(self.low - 1, self.value - 1, self.high - 1)

    def fallen(self) -> Spread:
        """Of a multiple, by what share it is less than one."""
        return Spread(1 - self.high, 1 - self.value, 1 - self.low)

    def meets(self, other: Spread) -> bool:
        return self.low <= other.high and other.low <= self.high

    def said(self, like: Quantity) -> str:
        """The value in words, as `like` is said: a percentage, money, a plain number."""
        if like.kind is Kind.SHARE:
            return f"{short(self.value * 100)}%"
        return f"{'$' if like.of == 'USD' else ''}{short(self.value)}"


def spread(found: Quantity) -> Spread:
    """The figures that the words let be meant; a round number may be as far off as its last digit that is not zero.

    A number of years or months is taken as it stands.
    """
    value = found.value or _ZERO
    interval = found.interval
    if found.bound in (Bound.WRITTEN, Bound.ABOUT, Bound.NEARLY):
        if found.kind is Kind.DURATION and found.bound is Bound.WRITTEN:
            return Spread(value, value, value)
        last = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else found.unit
        off = max(found.unit, last) / 2
        low = min(value - off, interval.low if interval.low is not None else value)
        high = max(value + off, interval.high if interval.high is not None else value)
        return Spread(max(_ZERO, low), value, high)
    high = _NO_END if interval.high is None else interval.high
    return Spread(max(_ZERO, interval.low or _ZERO), value, high)


def short(value: Decimal) -> str:
    """No more digits than a reader wants, thousands marked; millions and billions in words."""
    if not value.is_finite():
        return "no number"
    for scale, word in ((9, " billion"), (6, " million")):
        if abs(value) >= Decimal(10) ** scale:
            return _trimmed(f"{value.scaleb(-scale):,.2f}") + word
    return f"{value:,.0f}" if abs(value) >= 100 else _trimmed(f"{value:,.2f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".")
