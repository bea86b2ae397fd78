"""What somebody asks who wants to know what is hidden: breakdowns, filters and periods that differ by little."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, islice

from tallystick.nouns.metric import Metric, Question

_DEEP = 3
_TIMES = ("day", "month", "quarter", "fiscal_year")


def questions(metric: Metric, columns: Mapping[str, Sequence[object]], most: int) -> Iterator[Question]:
    """At most `most` questions to a metric, the same ones each time.

    `columns` are the values of the columns that it may be filtered by, those that have any. Breakdowns come first,
    the coarser before the finer; then, in turns, each value alone, all others without it, and periods that differ by
    one day.
    """
    by = [name for name in metric.by if name in columns]
    broken = [one for size in range(_DEEP + 1) for one in combinations(by, size)]
    yield from (Question(metric.name, by=one) for one in broken[:most])
    turn = random.Random(metric.name)
    narrower = _narrower(metric, columns, turn)
    yield from islice(narrower, max(0, most - len(broken)))


def _narrower(metric: Metric, columns: Mapping[str, Sequence[object]], turn: random.Random) -> Iterator[Question]:
    days = sorted({day for day in columns.get("day", ()) if isinstance(day, date)})
    apart = [name for name, known in columns.items() if known and name in metric.by and name not in _TIMES]
    times: list[tuple[str, ...]] = [(), *((name,) for name in _TIMES if name in metric.by)]
    while apart or days:
        where: dict[str, str | list[str]] = {}
        if apart and turn.random() < 0.8:
            name = turn.choice(apart)
            values = sorted({str(value) for value in columns[name] if value is not None})
            one = turn.choice(values)
            others = [value for value in values if value != one]
            where = {name: others if others and turn.random() < 0.3 else one}
        by = turn.choice(times)
        if not days or turn.random() < 0.3:
            yield Question(metric.name, where, by)
            continue
        first, last = sorted(turn.choices(days, k=2))
        yield Question(metric.name, where, by, first, last)
        yield Question(metric.name, where, by, first, last + timedelta(1))
