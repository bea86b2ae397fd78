"""Units that stand on lists while they wait: one that the newest list lacks is done soon, or never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from tallystick.nouns.forecast import Stay
from tallystick.processes.hazards import BANDS, LEFT, OTHERWISE, Hazards, fitted

_FARTHEST = 730
"""Days ahead to which chances of one that is still on the lists are worked out."""


class Rates(Protocol):
    """What becomes of a unit of an age."""

    def __hash__(self) -> int: ...
    def within(self, age: float, days: float) -> float: ...
    def days_until(self, age: float, part: float) -> int | None: ...


@dataclass(frozen=True, eq=False)
class OnLists:
    """The chances of a unit that is on the lists: it leaves from there, or it is gone from them first.

    `on` are the rates of leaving from there and of going from the lists, `off` those of one that is gone from them.
    """

    on: Hazards
    off: Hazards
    _curves: dict[float, list[float]] = field(default_factory=dict, repr=False)

    def within(self, age: float, days: float) -> float:
        """The chance that one of this age leaves within so many whole days."""
        return self._curve(age)[min(int(days), _FARTHEST)]

    def days_until(self, age: float, part: float) -> int | None:
        """In how many days that chance comes to `part`; None where it does not in two years."""
        return next((days for days, chance in enumerate(self._curve(age)) if chance >= part), None)

    def _curve(self, age: float) -> list[float]:
        if age not in self._curves:
            self._curves[age] = self._worked_out(age)
        return self._curves[age]

    def _worked_out(self, age: float) -> list[float]:
        from numpy import array, convolve, diff, zeros

        gone = Hazards(self.on.bands, self.on.otherwise, self.on.left)
        off = array(self.off.curve(0, _FARTHEST))
        left = array(self.on.curve(int(age), _FARTHEST))
        later = zeros(len(left))
        later[1:] = convolve(diff(gone.curve(int(age), _FARTHEST)), off)[:_FARTHEST]
        return [float(chance) for chance in left + later]


@dataclass(frozen=True)
class Model:
    """The rates of a process: of units on lists, and of those that are gone from them."""

    on: Rates
    off: Hazards | None

    def of(self, stay: Stay) -> tuple[Rates, int]:
        """The rates for a unit, and the age that counts there."""
        if self.off is not None and stay.missing_from is not None:
            return self.off, max(0, (stay.watched - stay.missing_from).days)
        return self.on, max(0, (stay.watched - stay.entered).days)


def modelled(stays: Sequence[Stay], since: date, weight: float) -> Model:
    """The rates of what was seen after `since`; of two phases where lists tell which units they lack."""
    off_lists = [_off(stay) for stay in stays if _was_off(stay)]
    if not off_lists:
        return Model(fitted(stays, BANDS, since, weight), None)
    on = fitted([_on(stay) for stay in stays], BANDS, since, weight)
    off = fitted(off_lists, BANDS, since, weight)
    return Model(OnLists(on, off), off)


def _was_off(stay: Stay) -> bool:
    """Whether a unit was gone from the lists before it left, if it did."""
    return stay.missing_from is not None and (stay.left is None or stay.left > stay.missing_from)


def _on(stay: Stay) -> Stay:
    """A stay up to the list that lacks the unit: that ends it otherwise."""
    if stay.length is None or stay.missing_from is None or not _was_off(stay):
        return stay
    return replace(stay, length=max(0, (stay.missing_from - stay.entered).days), how=OTHERWISE)


def _off(stay: Stay) -> Stay:
    """A stay from the list that lacks the unit on; one that is given up for gone is watched there like the others."""
    begun = stay.missing_from or stay.entered
    length = ((stay.left or stay.watched) - begun).days
    how = LEFT if stay.left else 0
    return replace(stay, entered=begun, length=length if length >= 0 else None, after=-1, how=how)
