"""Less than a pattern shows: counts rounded, and zeros that are not told from what is hidden.

Both are made of the shown cells alone. So whoever reads them knows nothing that a reader of these could not, and what
the audit found of the pattern holds for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import pyarrow as pa

from tallystick.disclosure.profile import Profile
from tallystick.nouns.protection import Protection

_Row = dict[str, Any]


def less(plan: Protection, cells: pa.Table, profile: Profile) -> pa.Table:
    """The shown cells of a plan, by its `of_table`, as a profile tells them."""
    if not profile.zeros and not plan.least_revised:  # of these the zeros are told, and have rows
        cells = pa.concat_tables([cells, pa.Table.from_pylist(list(_zeros(plan, cells)), cells.schema)])
    hidden = (None,) if profile.zeros else (None, 0)
    counts = [None if count in hidden else rounded(count, profile.base) for count in cells[plan.count].to_pylist()]
    place = cells.column_names.index(plan.count)
    return cells.set_column(place, cells.schema.field(place), pa.array(counts, cells.schema.field(place).type))


def rounded(count: int, base: int) -> int:
    """A count as the nearest multiple of a base, the higher one where two are as near."""
    return (2 * count + base) // (2 * base) * base


def _zeros(plan: Protection, cells: pa.Table) -> Iterator[_Row]:
    """A hidden row for every cell that nobody is in: of each area that is known, each day from the first to the last.

    Days and months on which nobody was counted anywhere are among them: a period that reaches across one would else
    be told, and tell them from days on which few were counted somewhere.
    """
    tables: dict[str, list[_Row]] = {}
    for row in cells.to_pylist():
        tables.setdefault(row["of_table"], []).append(row)
    above = _above(plan, tables)
    for table, rows in tables.items():
        columns = [name for name in table.split(",") if name]
        here = {tuple(row[name] for name in columns) for row in rows}
        for key in product(*(above[name] for name in columns)):
            if key not in here:
                told: _Row = {"of_table": table}
                for name, value in zip(columns, key, strict=True):
                    told |= above[name][value] | {name: value}
                yield told


def _above(plan: Protection, tables: Mapping[str, Sequence[_Row]]) -> dict[str, dict[Any, _Row]]:
    """Of each column that cells are told by its values, with what follows from each: the quarter of a month."""
    found: dict[str, dict[Any, _Row]] = {}
    for table, rows in tables.items():
        for column in filter(None, table.split(",")):
            known = found.setdefault(column, {})
            for row in rows:
                if row[column] not in known:
                    known[row[column]] = {name: row[name] for name in plan.coarser[column]}
    for column in [name for names in plan.dimensions for name in reversed(names) if name in found]:
        for day in _between(found[column]):
            found[column].setdefault(day, _of(day, plan.coarser[column], found))
    return found


def _between(known: Mapping[Any, _Row]) -> Iterator[date]:
    """The days from the first to the last of a column of days; the first days of months, where all are that."""
    days = [value for value in known if isinstance(value, date)]
    if not days or len(days) < sum(value is not None for value in known):
        return
    day, is_by_month = min(days), all(one.day == 1 for one in days) and len(days) > 1
    while day <= max(days):
        yield day
        day = (day.replace(day=1) + timedelta(32)).replace(day=1) if is_by_month else day + timedelta(1)


def _of(day: date, names: Sequence[str], found: Mapping[str, Mapping[Any, _Row]]) -> _Row:
    """What follows from a day or month that nobody was counted on: its month, and what follows from that.

    Of a month that none is known of no more is said.
    """
    if names[:1] == ["month"]:
        month = day.replace(day=1)
        return {"month": month} | found.get("month", {}).get(month, dict.fromkeys(names[1:]))
    return dict.fromkeys(names)
