"""How many units will come and be done in the days ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean, pvariance

from tallystick.nouns.forecast import PARTS, WITHIN, Flow
from tallystick.processes.phases import Rates

ARRIVALS, COMPLETIONS = "arrivals", "completions"
_WEEK = 7
UnderWay = Sequence[tuple[Rates, int]]


def flows(
    entered: Sequence[date],
    left: Sequence[date],
    until: tuple[date, date],
    who: tuple[Rates, UnderWay],
    looked_at: int,
) -> tuple[Flow, ...]:
    """Arrivals and completions within `WITHIN` days.

    `until` are the last days on which entries and leavings were watched; the rate of arrivals is that of the
    `looked_at` days before. `who` are the rates of those still to come, and of each under way its rates and age: both
    make the completions. Numbers of weeks that differ more than chance lets them widen the intervals (negative
    binomial).
    """
    come = _a_day(entered, until[0], looked_at)
    widths = (_spread(entered, until[0], looked_at), _spread(left, until[1], looked_at))
    rates, many = who[0], Counter(who[1])
    found = []
    for within in WITHIN:
        new = come * sum(rates.within(0, days) for days in range(within))
        for what, days, last, mean, width in (
            (ARRIVALS, entered, until[0], come * within, widths[0]),
            (COMPLETIONS, left, until[1], _done(many, within) + new, widths[1]),
        ):
            before = _count(days, last - timedelta(within), last)
            found.append(Flow(what, within, _parts(mean, width), _parts(before, 1.0)))
    return tuple(found)


def _done(many: Counter[tuple[Rates, int]], within: int) -> float:
    """How many of those under way are to be done within so many days."""
    return sum(number * rates.within(age, within) for (rates, age), number in many.items())


def _count(days: Sequence[date], after: date, last: date) -> int:
    return sum(after < day <= last for day in days)


def _a_day(days: Sequence[date], last: date, looked_at: int) -> float:
    return _count(days, last - timedelta(looked_at), last) / looked_at


def _spread(days: Sequence[date], last: date, looked_at: int) -> float:
    """The variance of the numbers of whole weeks over their mean; at least 1, that of chance alone."""
    weeks = [
        _count(days, last - timedelta(back + _WEEK), last - timedelta(back))
        for back in range(0, looked_at - _WEEK + 1, _WEEK)
    ]
    mean = fmean(weeks)
    return max(1.0, pvariance(weeks) / mean) if mean else 1.0


def _parts(mean: float, width: float) -> tuple[float, ...]:
    # a second to load, which only who forecasts waits for
    from scipy.stats import nbinom, poisson

    if mean <= 0:
        return (0.0,) * len(PARTS)
    told = poisson(mean) if width <= 1 else nbinom(mean / (width - 1), 1 / width)
    return tuple(float(told.ppf(part)) for part in PARTS)
