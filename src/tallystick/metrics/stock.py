"""Stocks: what there is on a day, as snapshots tell it. A stock is never added up over days."""

from __future__ import annotations

from typing import Any

from tallystick.metrics.filters import column, filtered, within
from tallystick.nouns.metric import Metric, Question

TIMES = ("month", "quarter", "fiscal_year", "year")
"""Words for stretches of time: a stock broken down by one is that of the newest snapshot in each stretch."""


def snapshots(table: Any, metric: Metric, question: Question) -> Any:
    """The rows of the snapshots that answer a question about a stock.

    Without a breakdown by time that is the newest one on or before the end of the period, even where it is older
    than its start; by a stretch of time, the newest in each stretch of the period; by the day itself, each.
    The newest under a filter on a time (`fiscal_year=2025`) is the newest of that time; other filters do not choose a
    day.
    """
    on = str(metric.on)
    rows = filtered(table, {name: wanted for name, wanted in question.where.items() if name in (*TIMES, on)})
    if on in question.by:
        return within(rows, on, question.start, question.end)
    times = [column(rows, name) for name in question.by if name in TIMES]
    held = within(rows, on, question.start if times else None, question.end)
    newest = held.group_by(times).aggregate(newest=held[on].max()) if times else held.aggregate(newest=held[on].max())
    return held.semi_join(newest, [*times, held[on] == newest.newest])
