"""Stand-ins: the shown cells of one table of a plan, in place of the rows that they count."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa

from tallystick.disclosure.rule import Rule
from tallystick.disclosure.shape import Shape
from tallystick.nouns.protection import Protection

if TYPE_CHECKING:
    from tallystick.disclosure.pattern import Pattern


@dataclass(frozen=True)
class StandIn:
    """The `table` of a plan, by its columns, that a question is asked of; `whole` is the day its months stand for."""

    table: str
    whole: str | None = None

    @classmethod
    def of(cls, plan: Protection, read: Iterable[str], whole: str | None = None) -> Self | None:
        """The coarsest table of the plan that knows the columns `read`; None where none does."""
        for level in reversed(plan.tables if plan.least_revised else shape(plan).tables):
            known = {*level, *(name for column in level for name in plan.coarser[column])}
            if set(read) <= known:
                return cls(",".join(level), whole)
        return None


def shape(plan: Protection) -> Shape:
    """The tables of a plan."""
    return Shape(tuple(map(tuple, plan.dimensions)), tuple(map(frozenset, plan.tables)))


def protected(
    plan: Protection, rows: Mapping[str, Sequence[Hashable]], rule: Rule, before: Pattern | None = None
) -> Pattern:
    """The pattern of a plan over the rows of its table, told by column; it carries on the pattern `before`."""
    # The solver takes long to import, and most questions need none.
    from tallystick.disclosure.carried import carried
    from tallystick.disclosure.cells import cells_of
    from tallystick.disclosure.contributors import largest_parts
    from tallystick.disclosure.pattern import pattern
    from tallystick.disclosure.primary import primary

    counts: Sequence[Any] = rows[plan.count]
    whole = [int(count or 0) for count in counts]
    cells = cells_of(shape(plan), rows, whole)
    is_dominance = plan.contributor and rule.dominance is not None
    small = primary(cells, rule, largest_parts(cells, rows, plan.contributor, whole) if is_dominance else None)
    return pattern(cells, rule, small) if before is None else carried(cells, rule, small, before)


def once_chosen(
    plan: Protection, rows: Mapping[str, Sequence[Hashable]], rule: Rule, shown: Sequence[int | None]
) -> Pattern:
    """The pattern that was chosen for the same rows, by what was shown of each cell: None where it is hidden."""
    from tallystick.disclosure.cells import cells_of
    from tallystick.disclosure.pattern import Pattern
    from tallystick.disclosure.primary import primary

    counts: Sequence[Any] = rows[plan.count]
    cells = cells_of(shape(plan), rows, [int(count or 0) for count in counts])
    hidden = np.array([count is None for count in shown[: len(cells)]], dtype=bool)  # zeros may stand after them
    return Pattern(cells, rule, primary(cells, rule), hidden)


def told(plan: Protection, rows: pa.Table, made: Pattern) -> pa.Table:
    """The cells of a pattern as rows of the plan's table: `of_table` says of which, a hidden count is NULL.

    What follows from a cell's columns (the fiscal year of a month) stands beside them; other columns are NULL.
    """
    columns: dict[str, list[Any]] = {name: [] for name in ("of_table", *rows.column_names)}
    above = {column: _above(rows, column, names) for column, names in plan.coarser.items() if names}
    for key, count, hidden in zip(made.cells.keys, made.cells.counts.tolist(), made.hidden.tolist(), strict=True):
        level, values = _taken_apart(key)
        known = dict(zip(level, values, strict=True))
        for column, value in tuple(known.items()):
            known |= above[column][value] if column in above else {}
        known[plan.count] = None if hidden else count
        columns["of_table"].append(",".join(level))
        for name in rows.column_names:
            columns[name].append(known.get(name))
    return pa.table(
        {"of_table": columns["of_table"]}
        | {n: pa.array(columns[n], rows.schema.field(n).type) for n in rows.column_names}
    )


def _taken_apart(key: Any) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    level, values = key
    return level, values


def _above(rows: pa.Table, column: str, names: Sequence[str]) -> dict[Any, dict[str, Any]]:
    """What stands in the columns `names` beside each value of a column."""
    listed = [rows[name].to_pylist() for name in names]
    return {
        value: dict(zip(names, told, strict=True))
        for value, told in zip(rows[column].to_pylist(), zip(*listed, strict=True), strict=True)
    }
