"""How likely a unit is to be done on a day, by how long it has been under way: rates constant within bands of age.

Rates are those of stretches of the last days only, whoever entered when (a period life table), so that what changed
is seen: see Chiang, The Life Table and Its Applications (1984). Each is drawn towards the rate over all ages, as if
a little more of that had been seen (the mean of a gamma prior). Leaving and ending otherwise compete (Prentice
and others, Biometrics 34, 1978).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp, inf, log1p

from tallystick.nouns.forecast import Stay

BANDS = (0.0, 1.0, 3.0, 7.0, 14.0, 21.0, 35.0, 63.0, 126.0, 252.0, 504.0, 1008.0, 2016.0)
"""The ages in days at which another rate begins: they about double, since rates change the most at first."""

ONE_BAND = (0.0,)
LEFT, OTHERWISE = 1, 2
_FARTHEST = 3650
_A_DAY_OF_ITS = 0.5
"""What a stay that ended on the day of its entry was watched for."""


@dataclass(frozen=True)
class Hazards:
    """The rates a day of leaving and of ending otherwise, in each of `bands`, the last of which has no end."""

    bands: tuple[float, ...]
    left: tuple[float, ...]
    otherwise: tuple[float, ...]

    def within(self, age: float, days: float) -> float:
        """The chance that one under way for `age` days leaves within so many more."""
        found, still, now, last = 0.0, 1.0, age, age + days
        for place in range(self._place(age), len(self.bands)):
            end = min(last, self._end(place))
            gone = 1 - exp(-self._any(place) * (end - now))
            found += still * gone * self.left[place] / self._any(place)
            still, now = still * (1 - gone), end
            if now >= last:
                break
        return found

    def curve(self, age: int, days: int) -> list[float]:
        """The chances that one under way for `age` whole days leaves within 0, 1, ... and `days` more: as `within`.

        Day by day, since bands begin at whole ages: all of them cost little more than the last alone.
        """
        found, still = [0.0], 1.0
        for day in range(age, age + days):
            place = self._place(day)
            gone = 1 - exp(-self._any(place))
            found.append(found[-1] + still * gone * self.left[place] / self._any(place))
            still *= 1 - gone
        return found

    def days_until(self, age: float, part: float) -> int | None:
        """In how many days the chance of having left comes to `part`; None where it does not in ten years."""
        found, still, now = 0.0, 1.0, age
        for place in range(self._place(age), len(self.bands)):
            rate, end = self._any(place), self._end(place)
            most = still * self.left[place] / rate
            gone = 1 - exp(-rate * (end - now))
            if found + most * gone >= part and part - found < most:
                days = now - age - log1p(-(part - found) / most) / rate
                return ceil(days - 1e-9) if days <= _FARTHEST else None
            found, still, now = found + most * gone, still * (1 - gone), end
        return None

    def _place(self, age: float) -> int:
        return bisect_right(self.bands, age) - 1

    def _end(self, place: int) -> float:
        return self.bands[place + 1] if place + 1 < len(self.bands) else inf

    def _any(self, place: int) -> float:
        return self.left[place] + self.otherwise[place]


def fitted(stays: Iterable[Stay], bands: Sequence[float], since: date | None = None, weight: float = 0.0) -> Hazards:
    """The rates of stays of known start, of what was seen of them after `since`.

    `weight` is how many times the rate over all ages counts as seen in each band; 0: all bands have that one.
    """
    watched = [0.0] * len(bands)
    ended = {LEFT: [0.0] * len(bands), OTHERWISE: [0.0] * len(bands)}
    for stay in stays:
        if stay.length is None:
            continue
        first = max(0, stay.after, (since - stay.entered).days if since else 0)
        if stay.length < first:
            continue
        _watch(watched, bands, first, stay.length)
        if stay.how in ended:
            place = max(0, bisect_left(bands, stay.length) - 1)
            ended[stay.how][place] += 1
            watched[place] += _A_DAY_OF_ITS if stay.length == first else 0.0
    every = sum(watched)

    def rates(how: int) -> tuple[float, ...]:
        # half an end in a day more: no rate is nothing only because nobody happened to end so
        whole = (sum(ended[how]) + 0.5) / (every + 1)
        seen = zip(ended[how], watched, strict=True)
        return tuple((ends + weight) / (days + weight / whole) if weight else whole for ends, days in seen)

    return Hazards(tuple(bands), rates(LEFT), rates(OTHERWISE))


def _watch(watched: list[float], bands: Sequence[float], first: float, last: float) -> None:
    for place, begin in enumerate(bands):
        end = bands[place + 1] if place + 1 < len(bands) else inf
        watched[place] += max(0.0, min(last, end) - max(first, begin))
