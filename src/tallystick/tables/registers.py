"""Registers: small tables that people keep by hand, a citation on every row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tallystick.engines.duckdb import named, quoted
from tallystick.errors import RecordError, TallystickError

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
    `because` or `citation`, stands twice, or holds a date or a number that is none: the first of all that is wrong.
    """
    found, faults = read_register(path)
    if faults:
        raise first_of(faults)
    return found


def read_register(path: Path) -> tuple[Register, tuple[TallystickError, ...]]:
    """The register at `path` as far as it can be read, and all that is wrong with it."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        wrong = RecordError(f"this is not CSV in UTF-8: {error}", where=str(path), next_step="save it as CSV, UTF-8")
        return Register(path.stem, _MUST, ()), (wrong,)
    header = tuple(lines[0]) if lines else ()
    if missing := [name for name in _MUST if name not in header]:
        wrong = RecordError(f"a register must have the column(s) {', '.join(missing)}", where=f"{path}, line 1")
        return Register(path.stem, _MUST, ()), (wrong,)
    faults, rows = list[TallystickError](), dict[tuple[str | None, ...], int]()
    for number, cells in enumerate(lines[1:], start=2):
        where = f"{path}, line {number}"
        faults += _faults(header, cells, where)
        row = tuple(cell.strip() or None for cell in cells)
        if row in rows:
            faults.append(RecordError("this row stands twice", where=where, next_step="take one out"))
        rows.setdefault(row, number)
    return Register(path.stem, header, tuple(row for row in rows if len(row) == len(header))), tuple(faults)


def first_of(faults: Sequence[TallystickError]) -> TallystickError:
    """The first of some faults; one of several tells how many there are besides, and what lists them."""
    first, more = faults[0], len(faults) - 1
    if not more:
        return first
    count = "1 more fault" if more == 1 else f"{more} more faults"
    next_step = f"{first.next_step}; 'tallystick check' tells of {count}".lstrip("; ")
    return RecordError(first.what, where=first.where, next_step=next_step)


def _faults(header: tuple[str, ...], cells: list[str], where: str) -> Iterator[TallystickError]:
    if len(cells) != len(header):
        next_step = "put quotes around a cell that has a comma in it"
        yield RecordError(
            f"this row has {len(cells)} cells, the header {len(header)}", where=where, next_step=next_step
        )
        return
    for name, cell in zip(header, (cell.strip() for cell in cells), strict=True):
        if not cell and name in _MUST:
            yield RecordError(
                f"this row has no {name}", where=f"{where}, {name}", next_step="say where it is known from"
            )
        elif cell and not _is(_type(name), cell):
            form = "date as YYYY-MM-DD" if name.endswith("_date") else "number as 1234.5"
            yield RecordError(
                f"'{cell}' is not a {form}", where=f"{where}, {name}", next_step="write it so, or blank"
            )


def _type(name: str) -> str:
    return next((dtype for suffix, dtype in _BY_SUFFIX.items() if name.endswith(suffix)), "string")


def _is(dtype: str, cell: str) -> bool:
    """Whether a cell can be of a type."""
    try:
        return dtype == "string" or bool(date.fromisoformat(cell) if dtype == "date" else Decimal(cell).is_finite())
    except (ValueError, InvalidOperation):
        return False
