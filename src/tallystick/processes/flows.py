"""How many units will come and be done in the days ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import log
from statistics import fmean, pvariance

from tallystick.nouns.forecast import PARTS, WITHIN, Flow
from tallystick.processes.inside import ends
from tallystick.processes.phases import Rates

ARRIVALS, COMPLETIONS = "arrivals", "completions"
LATELY = 42
"""Of how many days the rate of arrivals is. Chosen on requests of days up to August 2025."""

JUMPS = 2.0
"""By how much more the completions of a single week vary ahead than those of past weeks did. Chosen likewise."""

_WEEK, _FEW = 7, 4
_BY_HALF = 0.5
_NO_MORE_THAN_CHANCE = 0.9999
UnderWay = Sequence[tuple[Rates, int]]


def flows(
    entered: Sequence[date],
    left: Sequence[date],
    until: tuple[date, date],
    who: tuple[Rates, UnderWay],
    looked_at: int,
) -> tuple[Flow, ...]:
    """Arrivals and completions within `WITHIN` days.

    `until` are the last days on which entries and leavings were watched. Arrivals go on as in the last six weeks,
    and as uncertainly as such a guess has turned out so far. `who` are the rates of those still to come, and of each
    under way its rates and age: both make the completions, which vary as the weeks of the last `looked_at` days did,
    and the more the fewer weeks are ahead: lists come in jumps, and whether the next one comes in time is unknown.
    """
    come = _a_day(entered, until[0], LATELY)
    width = _spread(left, until[1], looked_at)
    rates, many = who[0], Counter(who[1])
    found = []
    for within in WITHIN:
        wrong = _wrong(entered, until[0], within)
        new = come * sum(rates.within(0, days) for days in range(within))
        done = _done(many, within) + new
        for what, days, last, mean, variance in (
            (ARRIVALS, entered, until[0], come * within, come * within + wrong * (come * within) ** 2),
            (COMPLETIONS, left, until[1], done, done * width * _jumps(within) + wrong * new**2),
        ):
            before = _count(days, last - timedelta(within), last)
            model, naive = _parts(mean, variance), _parts(before, before)
            found.append(Flow(what, within, model[0], naive[0], model[1], naive[1]))
    return tuple(found)


def _wrong(entered: Sequence[date], last: date, within: int) -> float:
    """By how much of itself such a guess was wrong, squared: of those of earlier weeks whose truth is known.

    They are as in a random walk of the rate: the farther ahead, the more wrong. Where too few are known it is taken
    that it may well be wrong by half.
    """
    found, day = [], last - timedelta(within)
    while day - timedelta(LATELY) >= min(entered):
        said, came = _a_day(entered, day, LATELY) * within, _count(entered, day, day + timedelta(within))
        found.append(log((came + 1) / (said + 1)) ** 2)
        day -= timedelta(_WEEK)
    return fmean(found) if len(found) >= _FEW else _BY_HALF**2


def _jumps(within: int) -> float:
    return 1 + JUMPS * (_WEEK / within) ** 2


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


def _parts(mean: float, variance: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The numbers for `PARTS`, and the chances at the ends of their interval."""
    # a second to load, which only who forecasts waits for
    from scipy.stats import nbinom, poisson

    if mean <= 0:
        return (0.0,) * len(PARTS), (0.0, 1.0, 0.0, 1.0)
    p = mean / variance
    told = poisson(mean) if p >= _NO_MORE_THAN_CHANCE else nbinom(mean * p / (1 - p), p)
    parts = tuple(float(told.ppf(part)) for part in PARTS)
    return parts, ends(told.cdf, parts[0], parts[-1])
