"""Heard: an answer as a reader has it, from a file or over the network, with nothing known of how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.nouns.metric import Answer, Question


@dataclass(frozen=True)
class Heard:
    """What was answered to a question at the address or file `at`.

    `rows` have the breakdowns as text (None where nothing is stated), the `value`, None where it is not told, and
    whether it is said to be `hidden`.
    """

    question: Question
    rows: tuple[Mapping[str, Any], ...]
    at: str


def heard(document: Any, at: str) -> Iterator[Heard]:
    """The answer in a JSON document; nothing where it holds none."""
    asked = document.get("question") if isinstance(document, Mapping) else None
    if not isinstance(asked, Mapping) or "metric" not in asked:
        return
    by = tuple(asked.get("by") or ())
    rows = document.get("rows") if by else [{"value": document.get("value")}]
    start, end, known_on = (_day(asked.get(name)) for name in ("from", "to", "as_known_on"))
    question = Question(str(asked["metric"]), dict(asked.get("where") or {}), by, start, end, as_known_on=known_on)
    yield Heard(question, tuple(_told(row, by) for row in rows or ()), at)


def heard_of(answer: Answer) -> Heard:
    """An answer of a bench, as a reader would have it."""
    by = answer.question.by
    rows = [row | {"hidden": place in answer.hidden} for place, row in enumerate(answer.rows)]
    return Heard(answer.question, tuple(_told(row, by) for row in rows), "an answer")


def _told(row: Mapping[str, Any], by: tuple[str, ...]) -> Mapping[str, Any]:
    cells = {name: None if row.get(name) in (None, "") else str(row[name]) for name in by}
    value = row.get("value")
    return cells | {"value": None if value in (None, "") else float(value), "hidden": _yes(row.get("hidden"))}


def _yes(written: Any) -> bool:
    return str(written).lower() == "true"


def _day(written: Any) -> date | None:
    return date.fromisoformat(str(written)) if written else None
