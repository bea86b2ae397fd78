"""Puts a number and its hedge into the language of `is:`, so that prose and claims are compared by one rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallystick.articles.hedges import Hedge
from tallystick.articles.quantity import Bound, Quantity
from tallystick.claims.compare import parse


def stated(kind: Quantity, sentence: str, hedge: Hedge, values: tuple[Decimal, ...], unit: Decimal) -> Quantity:
    """`kind` in its place with `values` (one, or the two ends of a range) whose last digit is worth `unit`."""
    placed = replace(
        kind, text=sentence[hedge.start : hedge.end], start=hedge.start, end=hedge.end, value=values[0], unit=unit
    )
    if len(values) == 2 and hedge.bound in (Bound.WRITTEN, Bound.ABOUT):
        states = f"between {_written(values[0], Decimal(0))} and {_written(values[1], Decimal(0))}"
        return replace(placed, bound=Bound.BETWEEN, states=states, interval=parse(states))
    value = values[-1] if hedge.bound in (Bound.UP_TO, Bound.UNDER) else values[0]
    states = f"{hedge.bound.value} {_written(value, unit)}"
    return replace(placed, bound=hedge.bound, states=states, interval=parse(states))


def _written(value: Decimal, unit: Decimal) -> str:
    """The number with its last digit where it was: 9.7 million as 97e5, which is true to 50,000."""
    if not unit:
        return f"{value.normalize():f}"
    power = unit.normalize().adjusted()
    digits = value.scaleb(-power)
    return f"{digits.normalize():f}e{power}"
