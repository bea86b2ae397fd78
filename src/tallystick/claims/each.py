"""Checks of each month (or area, or agency) by itself: the comparison must hold in every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.claims.compare import Interval
from tallystick.nouns.metric import Answer


@dataclass(frozen=True)
class Nearest:
    """Of the figures of a breakdown the one that decides: the farthest out if any is out, else the nearest to it.

    `agreeing` of `known` figures lie in the interval; `unknown` more are not known. `value` is None when every
    known figure agrees and some figure is unknown, or when there is none: then nothing is decided.
    """

    value: Decimal | None
    at: str
    agreeing: int
    known: int
    unknown: int

    def says(self, each: str) -> str:
        """What was found, to stand behind the figure: `in month 2025-12-01; 7 of 7 agree`."""
        missing = f", {self.unknown} unknown" if self.unknown else ""
        place = f"in {each} {self.at}; " if self.value is not None else ""
        return f"{place}{self.agreeing} of {self.known + self.unknown} agree{missing}"


def nearest(answer: Answer, each: str, interval: Interval) -> Nearest:
    """The figure that decides whether every row of `answer`, broken down by `each`, lies in `interval`."""
    known = [(_decimal(row["value"]), str(row[each])) for row in answer.rows if row["value"] is not None]
    unknown = len(answer.rows) - len(known)
    out = [pair for pair in known if not interval.holds(pair[0])]
    if out:
        value, at = max(out, key=lambda pair: (_margin(interval, pair[0]), pair[1]))
    elif known and not unknown:
        value, at = min(known, key=lambda pair: (_margin(interval, pair[0]), pair[1]))
    else:
        return Nearest(None, "", len(known), len(known), unknown)
    return Nearest(value, at, len(known) - len(out), len(known), unknown)


def _margin(interval: Interval, value: Decimal) -> Decimal:
    return interval.margin(value) or Decimal(0)


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
