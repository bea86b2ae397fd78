"""Stays as they were seen on past days: what was told later is held back, so that forecasts of then can be judged.

Each entry and each ending has the day from which on it was told. A stay whose ending was told later is still under
way, watched up to the past day. What was amended since, a name recognised later say, stands as it stands now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tallystick.nouns.forecast import Became, Forecast, Stay

LEARNED = 30
"""How many stays must have ended before a day for what is said on it to be judged."""
_SEVERAL = 5


@dataclass(frozen=True)
class Told:
    """A stay as it is known now, and the days from which on its entry and its ending were told; None: not so far."""

    stay: Stay
    entry: date
    ending: date | None


def seen_on(told: Sequence[Told], day: date) -> list[Stay]:
    """The stays as they were seen on a day."""
    return [_seen(one, day) for one in told if one.entry <= day and one.stay.entered <= day]


def _seen(one: Told, day: date) -> Stay:
    stay = one.stay
    watched = max(stay.entered, min(stay.watched, day))
    missing = stay.missing_from if stay.missing_from and stay.missing_from <= day else None
    if one.ending is not None and one.ending <= day:
        return replace(stay, watched=watched, missing_from=missing)
    length = None if not stay.is_start_known else (watched - stay.entered).days
    return replace(stay, watched=watched, missing_from=missing, length=length, how=0, is_open=True, left=None)


def days(told: Sequence[Told], came: Sequence[date], every: int) -> Iterator[date]:
    """Of the days on which releases came those `every` days apart or more, from when enough was learned to the last
    day on which a unit is told to have left."""
    ends = sorted(one.ending for one in told if one.ending is not None and one.stay.left is not None)
    last: date | None = None
    for day in sorted(set(came)):
        if bisect_right(ends, day) > LEARNED and day <= ends[-1] and (last is None or day - last >= timedelta(every)):
            last = day
            yield day


def last_said(forecasts: Sequence[Forecast], stays: Sequence[Stay], before: date) -> tuple[Became, ...]:
    """The units of the last forecast of a day `before` another with several under way, and what became of them.

    Several are `_SEVERAL`; where no forecast has as many, any will do.
    """
    known = {(stay.unit, stay.visit): stay for stay in stays}
    told = [one for one in forecasts if one.units and one.day < before]
    last = max(told, key=lambda one: (len(one.units) >= _SEVERAL, one.day), default=None)
    found = ((unit, known.get((unit.unit, unit.visit))) for unit in (last.units if last else ()))
    return tuple(Became(unit, stay.left, stay.is_open) for unit, stay in found if stay is not None)
