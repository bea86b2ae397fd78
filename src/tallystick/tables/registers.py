"""Registers: small tables that people keep by hand, a citation on every row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tallystick.engines.duckdb import named, quoted
from tallystick.errors import RecordError

_MUST = ("because", "citation")
_BY_SUFFIX = {"_date": "date", "_number": "decimal(18, 6)", "_usd": "decimal(18, 2)"}
_SQL = {"date": "DATE", "string": "VARCHAR"}


@dataclass(frozen=True)
class Register:
    """A table of text, and by the ending of the column dates (`_date`), numbers (`_number`), dollars (`_usd`).

    A blank cell is NULL.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column as Ibis calls it."""
        return {name: _type(name) for name in self.columns}

    def adding(self, rows: Iterable[Mapping[str, str]]) -> Register:
        """The register with more rows; a column that a row does not have is NULL."""
        more = tuple(tuple(row.get(name) for name in self.columns) for row in rows)
        return replace(self, rows=self.rows + more)

    def values(self, column: str) -> tuple[str, ...]:
        """What stands in a column, row by row, where anything does; nothing in one that it does not have."""
        if column not in self.columns:
            return ()
        place = self.columns.index(column)
        return tuple(row[place] or "" for row in self.rows if row[place])

    def select(self) -> str:
        """The SELECT that gives the rows, typed."""
        typed = [
            f"CAST({named(name)} AS {_SQL.get(dtype, dtype)}) AS {named(name)}" for name, dtype in self.schema.items()
        ]
        blank = "(" + ", ".join("NULL" for _ in self.columns) + ")"
        values = ["(" + ", ".join("NULL" if c is None else quoted(c) for c in row) + ")" for row in self.rows]
        alias = ", ".join(named(name) for name in self.columns)
        # a first row of NULLs, cut off again, lets an empty register be a table too
        return (
            f"SELECT {', '.join(typed)} FROM (VALUES {', '.join([blank, *values])}) AS rows({alias}) "
            f"WHERE citation IS NOT NULL"
        )


def register(path: Path) -> Register:
    """Read the register at `path`; its name is the file's.

    Raises `RecordError` with file, line and column when a row is not as long as the header, lacks its
    `because` or `citation`, stands twice, or holds a date or a number that is none.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    header = tuple(lines[0]) if lines else ()
    if missing := [name for name in _MUST if name not in header]:
        raise RecordError(f"a register must have the column(s) {', '.join(missing)}", where=f"{path}, line 1")
    rows = [_row(path, header, number, cells) for number, cells in enumerate(lines[1:], start=2)]
    twice = [number for number, row in enumerate(rows, start=2) if row in rows[: number - 2]]
    if twice:
        raise RecordError("this row stands twice", where=f"{path}, line {twice[0]}", next_step="take one out")
    return Register(path.stem, header, tuple(rows))


def _row(path: Path, header: tuple[str, ...], number: int, cells: list[str]) -> tuple[str | None, ...]:
    where = f"{path}, line {number}"
    if len(cells) != len(header):
        raise RecordError(f"this row has {len(cells)} cells, the header {len(header)}", where=where)
    told = dict(zip(header, (cell.strip() or None for cell in cells), strict=True))
    for name, cell in told.items():
        if name in _MUST and cell is None:
            raise RecordError(f"this row has no {name}", where=where, next_step="say where it is known from")
        if cell is not None:
            _checked(name, cell, f"{where}, {name}")
    return tuple(told.values())


def _type(name: str) -> str:
    return next((dtype for suffix, dtype in _BY_SUFFIX.items() if name.endswith(suffix)), "string")


def _checked(name: str, cell: str, where: str) -> None:
    try:
        if name.endswith("_date"):
            date.fromisoformat(cell)
        elif name.endswith(("_number", "_usd")) and not Decimal(cell).is_finite():
            raise InvalidOperation
    except ValueError as error:
        raise RecordError(f"'{cell}' is not a date as YYYY-MM-DD", where=where) from error
    except InvalidOperation as error:
        raise RecordError(f"'{cell}' is not a number as 1234.5", where=where) from error
