"""Zeros of stretches that are not whole: a month to come has no rows, nor has the end of a cut capture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tallystick.metrics.stock import TIMES
from tallystick.nouns.metric import Question

_UNKNOWN = "a zero where not all is held is unknown, not zero"


def without_false_zeros(
    question: Question, rows: Sequence[dict[str, Any]], partly: Collection[str], is_cut_off: bool
) -> tuple[list[dict[str, Any]], str]:
    """The rows of an answer, a zero that rests on a part alone as unknown, and a sentence where there was one.

    `partly` are the labels of the stretches of a breakdown over time that are not whole; `is_cut_off` says that the
    question reaches a stretch that the newest release of it holds in part.
    """
    times = [time for time in TIMES if time in question.by]
    if not (times and partly if question.by else is_cut_off):
        return list(rows), ""

    def is_false(row: dict[str, Any]) -> bool:
        rests = any(str(row[time]) in partly for time in times) if question.by else is_cut_off
        return rests and row["value"] == 0

    false = [is_false(row) for row in rows]
    made = [row | {"value": None} if unknown else row for row, unknown in zip(rows, false, strict=True)]
    return made, _UNKNOWN if any(false) else ""
