"""The ends of an estimate's interval, in the rows beside it: metrics called as it is, with `_low` and `_high`."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from tallystick.bench import Bench
from tallystick.nouns.metric import Answer

ENDS = ("low", "high")
Told = TypeVar("Told", bound=Answer)


def with_interval(bench: Bench, answer: Told) -> Told:
    """The answer with the ends of the 95 percent interval of each `value` in `low` and `high`; None is unknown.

    As it is where its metric has no such ends.
    """
    asked = answer.question
    named = {end: f"{asked.metric}_{end}" for end in ENDS}
    if not all(metric in bench.metrics.by_name for metric in named.values()):
        return answer
    ends = {
        end: {tuple(row[name] for name in asked.by): row["value"] for row in found.rows}
        for end, metric in named.items()
        for found in [bench.ask(replace(asked, metric=metric))]
    }
    rows = tuple(
        row | {end: of.get(tuple(row[name] for name in asked.by)) for end, of in ends.items()} for row in answer.rows
    )
    return replace(answer, rows=rows)
