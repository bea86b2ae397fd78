"""Difference: what changed between two states of a table, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class MoneyChange:
    """How one amount's total moved, in USD: `after - before = added - removed + changed`, to the cent.

    `added` and `removed` are the sums over the rows that came and went, `changed` the sum of new less old over
    the rows that are in both.
    """

    column: str
    before: Decimal
    after: Decimal
    added: Decimal
    removed: Decimal
    changed: Decimal

    @property
    def delta(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class Absent:
    """A column that releases of one side (`before` or `after`) do not have at all; its absence is no change.

    `rows` counts the rows of the other side that hold a value in it.
    """

    column: str
    side: str
    releases: tuple[str, ...]
    rows: int

    @property
    def says(self) -> str:
        where = f" in {', '.join(self.releases)}" if self.releases else ""
        return f"{self.column} is absent {self.side}{where}; {self.rows} rows of the other side have it: not compared"


@dataclass(frozen=True)
class Difference:
    """The rows of `table` that two states, named `before` and `after`, do not share.

    Rows are paired by `key`; where a key stands on several rows, or there is none, rows alike in every column
    are paired first. `columns` counts the changed rows by column. `ours` are the columns that we derive, and
    `derived` how many of the changed rows differ in these alone: there the publisher changed nothing.

    `rows` (an Arrow table) has `change` (added, removed, changed), `changed_by` (publisher, derived), `columns`
    (what changed), the key, `<column>_before` and `<column>_after` of every other column, and where each row lies:
    release, member, row. What the publisher changed comes first, the most money (in absolute USD) before the less.
    `cells` has one row for each changed cell in the same order: the key, `changed_by`, `column`, `before`, `after`,
    as text.
    """

    table: str
    before: str
    after: str
    key: tuple[str, ...]
    added: int
    removed: int
    changed: int
    unchanged: int
    columns: Mapping[str, int] = field(hash=False)
    money: tuple[MoneyChange, ...]
    absent: tuple[Absent, ...]
    rows: Any = field(hash=False, repr=False)
    cells: Any = field(hash=False, repr=False)
    ours: tuple[str, ...] = ()
    derived: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)
