"""Figures in a few classes, each said in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.views.charts.paint import CLASSES, SERIES, SUNKEN
from tallystick.views.words import Words

_MOST = 5
_SHADES = {1: (4,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 3, 4, 6), 5: (0, 2, 3, 5, 6)}
_ROUND = tuple(map(Decimal, ("1", "1.5", "2", "2.5", *"3456789")))
_SIZES = ((1e9, "B"), (1e6, "M"), (1e3, "K"))


@dataclass(frozen=True)
class Class:
    """The figures from `low` on that are below `high`, in words and in a shade."""

    low: float
    high: float
    words: str
    paint: str

    def holds(self, figure: float) -> bool:
        return self.low <= figure < self.high


def classes(figures: Sequence[float], unit: str, words: Words) -> tuple[Class, ...]:
    """Up to five classes of about as many figures each, bounded by round numbers; zero and less are apart."""
    found = []
    if any(figure < 0 for figure in figures):
        found.append(Class(-math.inf, 0.0, words("less than zero"), SERIES[1]))
    if 0 in figures:
        found.append(Class(0.0, math.ulp(0.0), short(0, unit, words), SUNKEN))
    above = sorted(figure for figure in figures if figure > 0)
    if not above:
        return tuple(found)
    whole = unit != "USD" and all(figure.is_integer() for figure in above)
    bounds = _bounds(above)
    shades = _SHADES[len(bounds)]
    tops = [*bounds[1:], math.inf]
    # Nobody is helped by the digits of a figure that lies between nothing and one.
    if not whole and len(bounds) > 1 and bounds[0] < min(1, bounds[1] / 10):
        found.append(Class(math.ulp(0.0), bounds[1], _next_to_nothing(bounds[1], unit, words), CLASSES[shades[0]]))
        bounds, tops, shades = bounds[1:], tops[1:], shades[1:]
    for shade, low, top in zip(shades, bounds, tops, strict=True):
        said = _said(low, top, above[-1], unit, whole, words)
        found.append(Class(low, top, said, CLASSES[shade]))
    return tuple(found)


def short(figure: float, unit: str, words: Words) -> str:
    """A round number as a legend says it: $2M, 1,500, 0.25."""
    sign, dollar, size = "−" if figure < 0 else "", "$" if unit == "USD" else "", abs(figure)
    for scale, letter in _SIZES:
        if size >= scale and (unit == "USD" or scale > 1e3):
            return f"{sign}{dollar}{size / scale:.4g}{words(letter)}"
    return f"{sign}{dollar}{size:,.0f}" if size >= 1000 else f"{sign}{dollar}{size:.4g}"


def _bounds(above: Sequence[float]) -> list[float]:
    """The lower bounds of the classes: the first is at or below the least figure."""
    parts = min(_MOST, len(set(above)))
    raw = [above[len(above) * part // parts] for part in range(parts)]
    bounds = [_down(figure) for figure in raw]
    return sorted(set(bounds))


def _down(figure: float) -> float:
    """The round number at or below a figure: one digit, one and a half, or two and a half, times a power of ten."""
    exact = Decimal(repr(figure))
    size = exact.scaleb(-exact.adjusted())
    return float(max(digit for digit in _ROUND if digit <= size).scaleb(exact.adjusted()))


def _next_to_nothing(top: float, unit: str, words: Words) -> str:
    return words("above 0, under {high}", high=short(top, unit, words))


def _said(low: float, top: float, most: float, unit: str, whole: bool, words: Words) -> str:
    if not whole:
        high = words("{low} and more", low=short(low, unit, words))
        return (
            high
            if top == math.inf
            else words("{low} to under {high}", low=short(low, unit, words), high=short(top, unit, words))
        )
    last = most if top == math.inf else top - 1
    if last <= low:
        return short(low, unit, words)
    return words("{low} to {high}", low=f"{low:,.0f}", high=f"{last:,.0f}")
