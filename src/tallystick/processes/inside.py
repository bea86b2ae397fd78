"""How much of what happened lies inside an interval of 80 percent, of things that are counted in whole days or units.

No interval of whole numbers holds 80 percent exactly: the chance of its first or last number lies partly outside. So
a truth at an end counts for the part of its chance that lies inside (the probability integral transform without
randomisation, Czado, Gneiting and Held, Biometrics 65, 2009). Whoever says what he knows comes to 80 percent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tallystick.nouns.forecast import LONGEST, PARTS, WITHIN, Said

_OUTER, _INNER = PARTS[0], PARTS[-1]


def ends(chance: Callable[[int], float], low: float | None, high: float | None) -> tuple[float, ...]:
    """The chances of coming to less than each end of an interval, and to no more than it: what `inside` rests on.

    `chance` tells that of coming to no more than a whole number. An end of None is never reached.
    """
    found: list[float] = []
    for end in (low, high):
        last = None if end is None else int(end)
        found += [1.0, 1.0] if last is None else [chance(last - 1) if last > 0 else 0.0, chance(last)]
    return tuple(round(float(one), 6) for one in found)


def inside(interval: tuple[float | None, float | None], its: Sequence[float], truth: float) -> float:
    """How much of a truth lies inside an interval whose ends have the chances of `ends`, from 0 to 1."""
    low, high = interval
    if low is None or truth < low or (high is not None and truth > high):
        return 0.0
    below, at_low, under_high, at_high = its
    if truth == low == high:
        return _part(below, at_high)
    if truth == low:
        return _part(below, at_low)
    return _part(under_high, at_high) if truth == high else 1.0


def days_inside(said: Said, days: int | None) -> float:
    """How much of the days that a unit took lies inside; None: more than `LONGEST`, which is all that is judged."""
    if days is None or days > LONGEST:
        return _part(said.chances[WITHIN.index(LONGEST)], 1.0)
    return inside((said.days[0], said.days[-1]), said.ends, days)


def _part(below: float, up_to: float) -> float:
    """The share of the chances between two that lies between the parts of the ends."""
    if up_to <= below:
        return float(_OUTER <= below <= _INNER)
    return max(0.0, min(up_to, _INNER) - max(below, _OUTER)) / (up_to - below)
