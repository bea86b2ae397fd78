"""Stocks: what there is on a day, as snapshots tell it. A stock is never added up over days."""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.metrics.filters import column, filtered, within
from tallystick.nouns.metric import Metric, Question

TIMES = ("month", "quarter", "fiscal_year", "year")
"""Words for stretches of time: a stock broken down by one is that of the newest snapshot in each stretch."""


def snapshots(table: Any, metric: Metric, question: Question) -> Any:
    """The rows of the snapshots that answer a question about a stock.

    Without a breakdown by time that is the newest one on or before the end of the period, even where it is older
    than its start; by a stretch of time, the newest in each stretch of the period; by the day itself, each.
    The newest under a filter on a time (`fiscal_year=2025`) is the newest of that time; other filters do not choose a
    day. Two releases of one day are two tellings of it: the one whose file's name sorts last answers (am, mid, pm).
    """
    on = str(metric.on)
    rows = filtered(table, {name: wanted for name, wanted in question.where.items() if name in (*TIMES, on)})
    times = [column(rows, name) for name in question.by if name in (*TIMES, on)]
    held = within(rows, on, question.start if times else None, question.end)
    return _last(held, on, times)


def compared(table: Any, metric: Metric, question: Question) -> Any:
    """The rows of the two snapshots that a period lies between, each marked by `is_baseline`.

    The baseline is the newest snapshot on or before the start of the period, which is what there was on its first
    day; where none is, or no start is asked for, the first one there is. The other is the newest on or before the
    end.
    """
    on = str(metric.on)
    rows = filtered(table, {name: wanted for name, wanted in question.where.items() if name in (*TIMES, on)})
    held = within(rows, on, None, question.end)
    opening = held[on].min()
    if question.start is not None:
        opening = ibis.coalesce(held[on].max(where=held[on] <= ibis.literal(question.start)), opening)
    beside = held.cross_join(held.aggregate(opening=opening))
    before = beside.filter(beside[on] <= beside.opening).drop("opening")
    baseline = _last(before, on, []).mutate(is_baseline=True)
    return baseline.union(_last(held, on, []).mutate(is_baseline=False))


def known(answer: Any, held: Any) -> Any:
    """The one-row `answer` about a stock, its `value` unknown where there is no snapshot of it at all.

    `held` are the rows of the snapshots before other filters: where these let none through, a count of zero was
    counted.
    """
    there = held.aggregate(rows=held.count())
    beside = answer.cross_join(there)
    return beside.select(value=ibis.ifelse(beside.rows > 0, beside.value, None))


def _last(held: Any, on: str, times: list[str]) -> Any:
    """The rows of the last snapshot of each time; of two releases of one day, of the one whose file sorts last."""
    order = held[on].cast("string")
    if {"release_id", "member"} <= set(held.columns):
        order = order + " " + held.member + " " + held.release_id
    ordered = held.mutate(snapshot=order)
    last = ordered.aggregate(by=times, last=ordered.snapshot.max())
    return ordered.semi_join(last, [*times, ordered.snapshot == last.last]).drop("snapshot")
