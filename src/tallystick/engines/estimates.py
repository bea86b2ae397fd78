"""Estimates of how long things last, as functions that SQL can call.

They are told of `spells`, a list of [after, length, how]: one that counts among those at risk of the lengths above
`after` up to `length` (after is -1 where it was watched from its beginning), and `how` it ended there: 0 it had not
(right-censored), 1 as it should, 2 otherwise. What cannot be told is None.

The curve is that of Kaplan and Meier (1958), with delayed entry (Tsai, Jewell and Wang 1987), as statsmodels makes
it; of several ways to end, that of Aalen and Johansen (1978) with the variance of Dinse and Larson (1986). Intervals
hold 95 of 100 times, on the scale of log(-log). This file is copied into evidence bundles that need it, as it stands.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Spells = Sequence[Sequence[int]]
LOW, ESTIMATE, HIGH = -1, 0, 1
_OUTSIDE = 0.05
_NORMAL = 1.959963984540054
_EXACT = 1e-12


def quantile_of_lengths(spells: Spells | None, part: float, side: int) -> float | None:
    """The length within which `part` of all end, however they do; its interval's ends for a `side` of -1 and 1.

    None while fewer than that have ended, as far as was watched. The interval is that of Brookmeyer and Crowley
    (1982): where the curve's own interval crosses that part.
    """
    curve = _Curve(tuple(map(tuple, spells or ())))
    if not curve.is_told:
        return None
    return _first(curve.times, [survived <= 1 - part + _EXACT for survived in curve.band(side)])


def share_ended_within(spells: Spells | None, how: int, length: float | None, side: int) -> float | None:
    """The share that ended as `how` (0: in any way) within `length`; its interval's ends for a `side` of -1 and 1.

    None where nothing was watched for so long. Where none or all have, the interval is the exact one of Clopper and
    Pearson (1934) over those whose fate by then is known.
    """
    curve = _Curve(tuple(map(tuple, spells or ())))
    if length is None or not curve.reaches(length):
        return None
    share, error = curve.incidence(how, length)
    if side == ESTIMATE:
        return share
    if how == 0:  # the interval is that of what survives
        bound = _end(1 - share, error, -side)
        return 1 - bound if bound is not None else curve.exact(share, length, side)
    bound = _end(share, error, side)
    return bound if bound is not None else curve.exact(share, length, side)


@dataclass(frozen=True)
class _Curve:
    """What survives each length at which one ended."""

    spells: tuple[tuple[int, ...], ...]

    @cached_property
    def library(self) -> Any:
        # a second to load, which nobody waits for who asks no such figure
        from numpy import array
        from statsmodels.duration.survfunc import SurvfuncRight

        after, lengths, how = array(self.spells).T
        return SurvfuncRight(lengths, (how > 0).astype(int), entry=after)

    @cached_property
    def times(self) -> list[float]:
        return [float(time) for time in self.library.surv_times]

    @cached_property
    def surviving(self) -> list[float]:
        return [float(survived) for survived in self.library.surv_prob]

    @cached_property
    def at_risk(self) -> list[float]:
        return [float(risk) for risk in self.library.n_risk]

    def band(self, side: int) -> list[float]:
        """What survives each of `times`, or an end of its interval; where that has none, what survives."""
        if side == ESTIMATE:
            return self.surviving
        errors = [float(error) for error in self.library.surv_prob_se]
        ends = [_end(share, error, side) for share, error in zip(self.surviving, errors, strict=True)]
        return [share if end is None else end for share, end in zip(self.surviving, ends, strict=True)]

    @property
    def is_told(self) -> bool:
        """Whether one ended, and the curve does not fall to nothing while others are still to be watched.

        With delayed entry the first few at risk may all end: that tells nothing of those that came later.
        """
        if not any(how for _, _, how in self.spells):
            return False
        gone = _first(self.times, [survived <= 0 for survived in self.surviving])
        return gone is None or gone >= max(length for _, length, _ in self.spells)

    def reaches(self, length: float) -> bool:
        """Whether some were watched for so long, or all had ended before."""
        if not self.spells:
            return False
        watched = max(last for _, last, _ in self.spells) >= length
        ended = any(how for _, _, how in self.spells)
        return (watched and not ended) or (self.is_told and (watched or self.surviving[-1] <= 0))

    def incidence(self, how: int, length: float) -> tuple[float, float]:
        """The share that ended as `how` within `length`, and its standard error."""
        if not any(one for _, _, one in self.spells):
            return 0.0, 0.0
        before, ended, steps = 1.0, 0.0, []
        for time, risk, survived in zip(self.times, self.at_risk, self.surviving, strict=True):
            if time > length:
                break
            gone = self._ended_at(time)
            so = sum(gone.values()) if how == 0 else gone.get(how, 0)
            ended += before * so / risk
            steps.append((ended, before, risk, float(sum(gone.values())), float(so)))
            before = survived
        return min(1.0, ended), math.sqrt(max(0.0, sum(_variance(ended, *step) for step in steps)))

    def exact(self, share: float, length: float, side: int) -> float:
        """An end of the exact interval of a share of none or all."""
        from statsmodels.stats.proportion import proportion_confint

        known = sum(last >= length or how > 0 for _, last, how in self.spells)
        ends = proportion_confint(round(share * known), known, alpha=_OUTSIDE, method="beta")
        return float(ends[0] if side == LOW else ends[1])

    def _ended_at(self, time: float) -> dict[int, int]:
        return self._endings.get(time, {})

    @cached_property
    def _endings(self) -> dict[float, dict[int, int]]:
        found: dict[float, dict[int, int]] = {}
        for _, length, how in self.spells:
            if how:
                at = found.setdefault(float(length), {})
                at[how] = at.get(how, 0) + 1
        return found


def _end(share: float, error: float, side: int) -> float | None:
    """An end of the interval of a share, on the scale of log(-log); None of a share of none or all."""
    if not (_EXACT < share < 1 - _EXACT and error > 0):
        return None
    scaled = math.log(-math.log(share))
    # a larger share has a smaller log(-log)
    return math.exp(-math.exp(scaled - side * _NORMAL * error / abs(share * math.log(share))))


def _variance(final: float, ended: float, before: float, risk: float, gone: float, so: float) -> float:
    """What one length adds to the variance of the share that has ended at last."""
    still = final - ended
    whole = 0.0 if gone >= risk else still**2 * gone / (risk * (risk - gone))
    own = before**2 * (risk - so) * so / risk**3
    return whole + own - 2 * still * before * so / risk**2


def _first(times: Sequence[float], holds: Sequence[bool]) -> float | None:
    return next((time for time, does in zip(times, holds, strict=True) if does), None)


_SPELLS = "BIGINT[][]"
FUNCTIONS: dict[str, tuple[Callable[..., float | None], list[Any]]] = {
    "quantile_of_lengths": (quantile_of_lengths, [_SPELLS, "DOUBLE", "BIGINT"]),
    "share_ended_within": (share_ended_within, [_SPELLS, "BIGINT", "DOUBLE", "BIGINT"]),
}


def of_text(name: str, spells: str, others: str) -> float | None:
    """What a function gives, told its spells as `after,length,how;...` and the rest as a JSON list."""
    told = [[int(part) for part in spell.split(",")] for spell in spells.split(";") if spell]
    return FUNCTIONS[name][0](told, *json.loads(others))


def needed(sql: str) -> bool:
    """Whether a statement calls one of the functions."""
    lowered = sql.lower()
    return any(name in lowered for name in FUNCTIONS)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Let statements of a connection call the functions."""
    from duckdb.func import FunctionNullHandling

    for name, (function, parameters) in FUNCTIONS.items():
        connection.create_function(name, function, parameters, "DOUBLE", null_handling=FunctionNullHandling.SPECIAL)
