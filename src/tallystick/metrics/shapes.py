"""The shape of a question: all of it but the values that its reader put in. Questions of one shape are one SELECT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tallystick.metrics.periods import earlier
from tallystick.nouns.metric import Metric, Question, Values
from tallystick.tables.statements import Value

# Far from every day that a record writes, and in this order: a question may not end before it begins.
_START, _END = date(1901, 2, 3), date(2198, 11, 29)
# Of a period that lies apart from the same a year before, as its reader's does.
_APART_START, _APART_END = date(1903, 2, 5), date(1903, 11, 27)


@dataclass(frozen=True)
class Shape:
    """A question that bears a stand-in for each value; `values` has what stood there by stand-in.

    A pattern is no value: what it compiles to depends on how it is written. Nor are the days of a comparison with
    the year before where the two periods overlap or one has no end: these make other SELECTs.
    """

    question: Question
    values: Mapping[Value, Value] = field(hash=False, compare=False)


def shape_of(metric: Metric, question: Question) -> Shape:
    """The shape of a question to `metric`."""
    values: dict[Value, Value] = {}
    where = {name: _stood_in(wanted, values) for name, wanted in question.where.items()}
    start, end = question.start, question.end
    if "year_before" not in metric.takes:
        start, end = _day(start, _START, values), _day(end, _END, values)
    elif start and end and earlier(end) < start:
        values |= {earlier(_APART_START): earlier(start), earlier(_APART_END): earlier(end)}
        start, end = _day(start, _APART_START, values), _day(end, _APART_END, values)
    return Shape(replace(question, where=where, start=start, end=end), values)


def _stood_in(wanted: Values, values: dict[Value, Value]) -> Values:
    if isinstance(wanted, str):
        return next(_each([wanted], values))
    return list(_each(wanted, values))


def _each(wanted: list[str], values: dict[Value, Value]) -> Iterator[str]:
    for value in wanted:
        if "*" in value:
            yield value
        else:
            stand_in = f"⟨{len(values)}⟩"
            values[stand_in] = value
            yield stand_in


def _day(day: date | None, stand_in: date, values: dict[Value, Value]) -> date | None:
    if day is None:
        return None
    values[stand_in] = day
    return stand_in
