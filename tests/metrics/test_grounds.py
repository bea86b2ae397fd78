"""What a figure rests on: a snapshot speaks for no day long after it, and a day of retrieval is nobody's day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallystick.metrics.grounds import Asked, Extent, rests_on
from tallystick.nouns.metric import Metric, Question

HELD = Metric("held", lambda population: population, ("population",), "count", "as_of", ("as_of", "sex"), stock=True)
EXTENT = Extent(first=date(2025, 9, 10), last=date(2026, 4, 9))
NEWEST = date(2026, 4, 9)


def outside(**asked: Any) -> list[str]:
    return [*Asked(HELD, Question("held", **asked), EXTENT, NEWEST).outside()]


@pytest.mark.parametrize(
    "period",
    [
        {"start": date(2031, 1, 1), "end": date(2031, 3, 31)},
        {"start": date(2026, 4, 10)},
        {"end": date(2031, 1, 1)},
        {"start": date(2026, 4, 1), "end": date(2027, 4, 11)},
    ],
)
def test_a_stock_of_days_that_its_newest_snapshot_cannot_speak_for_is_unknown(period: dict[str, date]) -> None:
    (told,) = outside(**period)
    assert "newest snapshot of this Edition is of 2026-04-09" in told
    assert told.endswith("is unknown")
    assert outside(by=("sex",), **period) == [told]


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"start": date(2026, 4, 1), "end": date(2026, 6, 30)},
        {"start": date(2026, 4, 9), "end": date(2026, 12, 31)},
        {"end": date(2027, 4, 10)},
        {"start": date(2025, 10, 1), "end": date(2025, 10, 31)},
    ],
)
def test_a_period_that_begins_on_the_newest_snapshot_or_before_is_answered(period: dict[str, date]) -> None:
    assert outside(**period) == []


def test_a_release_of_no_stated_day_is_never_the_newest() -> None:
    april, retrieved = (date(2026, 4, 9), "april.xlsx"), (date(2026, 11, 22), "undated.xlsx")
    assert rests_on([april], [april]) == "rests on one release, april.xlsx of 2026-04-09"
    assert rests_on([], [retrieved]) == "rests on one release, undated.xlsx of no stated day"
    assert rests_on([], [retrieved, retrieved]) == "rests on 2 releases of no stated day"
    both = rests_on([april], [april, retrieved])
    assert both == "rests on 2 releases, the newest april.xlsx of 2026-04-09, and 1 of no stated day"
