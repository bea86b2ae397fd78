"""Quantity: something in a sentence that could be checked: money, a count, a share, a rate, a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tallystick.claims.compare import Interval


class Kind(StrEnum):
    """What sort of thing is said."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    MULTIPLE = "multiple"
    DURATION = "duration"
    PERIOD = "period"


class Bound(StrEnum):
    """How a number is hedged, in the words of `is:` (see `tallystick.claims.compare`)."""

    WRITTEN = "≈"
    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    UP_TO = "<="
    ABOUT = "about"
    NEARLY = "nearly"
    BETWEEN = "between"


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both inside; None where the words alone do not say."""

    start: date | None = None
    end: date | None = None


_ANY = Interval()


@dataclass(frozen=True)
class Quantity:
    """`text` is how it stands in its sentence, from `start` to `end` there.

    `states` is the comparison in the language of `is:` and `interval` the figures that satisfy it; `value` is the
    number as written (the lower one of two) and `unit` the worth of its last digit; a share of 5% is 0.05. `of` is
    what is counted, `USD` for money, the unit of a duration; `per` is what a rate is for. `period` is set for a
    period alone, which has no value.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Decimal | None = None
    unit: Decimal = Decimal(1)
    bound: Bound = Bound.WRITTEN
    states: str = ""
    interval: Interval = _ANY
    of: str = ""
    per: str = ""
    period: Period | None = None
