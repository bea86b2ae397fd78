"""Made-up stays for tests of forecasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tallystick.nouns.forecast import Stay
from tallystick.nouns.process import Calendar

FIRST = date(2025, 1, 1)


def stay(unit: str, entered: date, watched: date, took: int | None = None, how: int = 1) -> Stay:
    """A stay that ended after `took` days as `how`, as far as it was watched; None: it is under way."""
    ended = took is not None and entered + timedelta(took) <= watched
    length = took if ended and took is not None else (watched - entered).days
    left = entered + timedelta(length) if ended and how == 1 else None
    return Stay(
        unit, 1, unit, "TX", entered, watched, True, length, -1, how if ended else 0, not ended, left, None,
        Calendar.EVERY_DAY.value,
    )  # fmt: skip


def drawn(until: date, slow: float, quick: float, seed: int = 1, days: int = 360) -> list[Stay]:
    """Two stays a day, of which one has a mean of `quick` days and one of `slow`, as far as seen on `until`."""
    random, found = Random(seed), []
    for number in range(2 * days):
        entered = FIRST + timedelta(number // 2)
        took = round(random.expovariate(1 / (slow if number % 2 else quick)))
        if entered <= until:
            found.append(stay(f"u{number}", entered, until, took))
    return found


def aimed(one: Stay, days: int, calendar: Calendar = Calendar.EVERY_DAY) -> Stay:
    """The stay with a target."""
    return replace(one, target_days=days, target_calendar=calendar.value)
