"""Targets beside what was observed, as they are drawn."""

from __future__ import annotations

from tallystick.views.kinds.targets import apart
from tallystick.views.words import Words


def test_a_period_that_was_observed_twice_is_drawn_twice() -> None:
    wholly, partly = Words()("in all of each period"), Words()("in a part of each period")
    rows = (
        {"quarter": "2025Q2", "in_force": partly},
        {"quarter": "2025Q2", "in_force": wholly},
        {"quarter": "2025Q3", "in_force": partly},
    )
    told = [row["quarter"] for row in apart(rows, "quarter", Words())]
    assert told == [f"2025Q2, {partly}", "2025Q2", "2025Q3"]
