"""Questions as parameters of a URL, and parameters as questions: the same words as on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tallystick.errors import UsageError
from tallystick.nouns.metric import Question, Values

Asked = Mapping[str, tuple[str, ...]]
"""The parameters of a URL: each with its values, in order."""


def asked_of(question: Question) -> Asked:
    """The parameters that ask a question: metric, where (`NAME=VALUE`), by, from, to, day."""
    where = [f"{name}={value}" for name, wanted in question.where.items() for value in _listed(wanted)]
    days = {"from": question.start, "to": question.end, "day": question.day}
    told = {"metric": (question.metric,), "where": tuple(where), "by": question.by}
    return {name: values for name, values in told.items() if values} | {
        name: (str(day),) for name, day in days.items() if day is not None
    }


def question_of(asked: Asked, metric: str = "") -> Question:
    """The question that parameters ask. Raises `UsageError` for a filter or day that is none."""
    by = tuple(name for told in asked.get("by", ()) for name in told.split(",") if name)
    start, end, day = (_day(asked, name) for name in ("from", "to", "day"))
    return Question(metric or _last(asked, "metric"), filters(asked.get("where", ())), by, start, end, day)


def filters(written: Iterable[str]) -> dict[str, Values]:
    """`NAME=VALUE` filters as a mapping; a name said twice holds either value. Raises `UsageError`."""
    found: dict[str, list[str]] = {}
    for part in written:
        name, sign, value = part.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise UsageError(f"'{part}' is not a filter", next_step="write it as NAME=VALUE, for example agency=ICE")
        found.setdefault(name.strip(), []).append(value.strip())
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def narrowed(question: Question, row: Mapping[str, Any]) -> Question:
    """The question that one row of a breakdown answers: each of its groups becomes a filter or a period."""
    where, start, end = dict(question.where), question.start, question.end
    for name in question.by:
        cell = row.get(name)
        if name == "month" and isinstance(cell, date):
            start, end = _month(cell, start, end)
        elif cell is not None:
            where[name] = str(cell)
    return replace(question, where=where, by=(), start=start, end=end)


def day_of(asked: Asked, name: str = "as_known_on") -> date | None:
    """The day in a parameter. Raises `UsageError` when it is none."""
    return _day(asked, name)


def _month(first: date, start: date | None, end: date | None) -> tuple[date, date]:
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return max(first, start or first), min(last, end or last)


def _day(asked: Asked, name: str) -> date | None:
    written = _last(asked, name)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"'{written[:40]}' is not a day", where=name, next_step="write year-month-day, for example 2025-01-20"
        ) from error


def _last(asked: Asked, name: str) -> str:
    return asked.get(name, ("",))[-1]


def _listed(wanted: Values) -> Iterable[str]:
    return [wanted] if isinstance(wanted, str) else wanted
