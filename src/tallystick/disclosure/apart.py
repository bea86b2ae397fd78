"""Counts that come in one after another: each day told apart, and a month where that tells no day that is hidden.

A pattern over all of them would be another after each report, and what changed between two would tell what came in.
So what is told of one office and month never depends on another. A month with hidden days is told once it is whole,
and as long as none of these is told anew. Then the reader knows how many days are hidden and how many people these
have together, of one month and at one time; where that leaves each open from end to end the month is told, else not.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallystick.disclosure.rule import Rule
from tallystick.nouns.protection import Protection


def cells_apart(plan: Protection, rows: pa.Table, rule: Rule) -> pa.Table:
    """The days and months of a plan as rows of its table: `of_table` says which, a hidden count is NULL.

    `rows` are days, each once. Columns that are in no dimension of the plan are NULL.
    """
    days, months = plan.tables
    counts = rows[plan.count]
    small = _is_small(counts, rule)
    shown = pc.if_else(small, pa.scalar(None, counts.type), counts)
    retold = pc.fill_null(_is_small(rows[plan.least_revised], rule), False)
    by_month = _columns(plan, months)
    marked = rows.select(by_month).append_column("all", counts).append_column("small", small.cast("int64"))
    marked = marked.append_column("few", pc.if_else(small, counts, 0)).append_column("retold", retold)
    sums = [("all", "sum"), ("all", "count"), ("small", "sum"), ("few", "sum"), ("retold", "any")]
    found = marked.group_by(by_month, use_threads=False).aggregate(sums)
    whole = [row["all_sum"] if _is_told(row, rule) else None for row in found.to_pylist()]
    by_day = rows.select(_columns(plan, days)).append_column(plan.count, shown)
    of_months = found.select(by_month).append_column(plan.count, pa.array(whole, counts.type))
    return pa.concat_tables([_as_rows(days, by_day, rows.schema), _as_rows(months, of_months, rows.schema)])


def _is_told(month: dict[str, Any], rule: Rule) -> bool:
    """Whether a month is told: no day of it is hidden, or each hidden one may hold from 1 to the most that is hidden.

    Of `hidden` days that are not zero and hold `few` together, one may hold 1 if the others can take all else, and
    the most if one is left for each of the others.
    """
    hidden, few, most = month["small_sum"], month["few_sum"], rule.largest_hidden
    if not hidden:
        return True
    is_whole = month["all_count"] == _days_in(month["month"])
    is_open = most + (hidden - 1) <= few <= most * (hidden - 1) + 1
    return is_whole and is_open and not month["retold_any"]


def _is_small(counts: Any, rule: Rule) -> Any:
    return pc.and_(pc.greater(counts, 0), pc.less(counts, rule.threshold))


def _days_in(month: date) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _columns(plan: Protection, table: list[str]) -> list[str]:
    """The columns of a table of the plan, and those that follow from them."""
    return [name for column in table for name in (column, *plan.coarser[column])]


def _as_rows(table: list[str], cells: pa.Table, schema: pa.Schema) -> pa.Table:
    none = {field.name: pa.nulls(len(cells), field.type) for field in schema}
    known = {name: cells[name] for name in cells.column_names}
    return pa.table({"of_table": pa.array([",".join(table)] * len(cells), pa.string())} | none | known)
