"""Filters and periods as conditions on a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import ibis

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.metric import Metric, Question, Values


def column(table: Any, dimension: str) -> str:
    """The column that a reader's word names: itself, its code or its name. Raises `UnknownName`."""
    for candidate in (dimension, f"{dimension}_code", f"{dimension}_name"):
        if candidate in table.columns:
            return candidate
    raise UnknownName("column", dimension, table.columns)


def dimensions(table: Any) -> tuple[str, ...]:
    """The words by which a table may be filtered: its columns that hold no amount, codes and names also shortened."""
    words = [name for name, dtype in table.schema().items() if not dtype.is_decimal() and name != "source_row"]
    short = [word.removesuffix("_code").removesuffix("_name") for word in words]
    return tuple(dict.fromkeys([*short, *words]))


# Names that several things bear, each with what tells them apart: what they lie in, and their key.
_NAMESAKES = {"county": ("state", "county_fips")}


def checked(metric: Metric, question: Question, table: Any) -> None:
    """Refuse what the metric does not allow. Raises `UnknownName` with near names, or `UsageError`."""
    for name in question.by:
        if name not in metric.by:
            raise UnknownName(f"breakdown of {metric.name}", name, metric.by)
    for name in question.where:
        if name not in dimensions(table):
            raise UnknownName(f"filter of {metric.name}", name, dimensions(table))
    _refuse_namesakes(question)
    start, end = question.start, question.end
    if question.day and "day" not in metric.takes:
        raise UsageError(
            f"{metric.name} looks ahead from no day, so that 'day' would change nothing",
            where="day",
            next_step=_instead_of_a_day(metric, question.day),
        )
    if (start or end) and metric.on is None:
        raise UsageError(f"{metric.name} has no date to cut a period by", next_step="leave out --from and --to")
    if start and end and start > end:
        raise UsageError(
            f"the period ends before it starts: {start} to {end}", next_step=f"turn it round: from {end} to {start}"
        )


def _refuse_namesakes(question: Question) -> None:
    """Refuse a breakdown that would make one of several things that bear one name. Raises `UsageError`."""
    for name, told_apart in _NAMESAKES.items():
        if name in question.by and not {*question.by, *question.where} & set(told_apart):
            within_it, key = told_apart
            raise UsageError(
                f"several may bear the name of one {name}: one row would sum them up",
                next_step=f"break down by {within_it} and {name}, or by {key}",
            )


def _instead_of_a_day(metric: Metric, day: date) -> str:
    if metric.stock:
        return f"state {day} as the end of the period ('to'): the newest list on or before it answers"
    return f"state a period ('from', 'to') that ends on {day}" if metric.on else "leave out the day"


def filtered(table: Any, where: Mapping[str, Values]) -> Any:
    """The rows of `table` that every filter lets through."""
    conditions = [matches(table[column(table, name)], wanted) for name, wanted in where.items()]
    return table.filter(conditions) if conditions else table


def within(table: Any, on: str | None, start: date | None, end: date | None) -> Any:
    """The rows of `table` whose day `on` lies from `start` to `end`, both included."""
    if on is None:
        return table
    day = table[on]
    conditions = ([day >= ibis.literal(start)] if start else []) + ([day <= ibis.literal(end)] if end else [])
    return table.filter(conditions) if conditions else table


def matches(cell: Any, wanted: Values) -> Any:
    """`*` in a wanted value stands for any text; several values mean any of them."""
    values = [wanted] if isinstance(wanted, str) else wanted
    plain = [value for value in values if "*" not in value]
    text = cell if cell.type().is_string() else cell.cast("string")
    tests = [text.isin(plain)] if plain else []
    tests += [_like(text, value) for value in values if "*" in value]
    return ibis.or_(*tests)


def _like(text: Any, value: str) -> Any:
    """`value` with its stars. Engines differ in how LIKE escapes `%` and `_`, so such values become patterns."""
    if "%" in value or "_" in value:
        return text.re_search("(?s)^" + ".*".join(re.escape(piece) for piece in value.split("*")) + "$")
    return text.like(value.replace("*", "%"))
