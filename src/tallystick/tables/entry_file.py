"""Reads the file of one entry: its cells as they must be, and all that is wrong, each fault with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from tallystick.catalog import Placed, read_placed
from tallystick.errors import RecordError, TallystickError, UnknownName
from tallystick.nouns.register import CITATION, CITED, Column, Entry, Names, Schema, span

Row = dict[str, str | None]
Terms = Mapping[str, Collection[str]]
"""The terms of each vocabulary, and the names of the entries of each register."""

ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?|/releases/\w+")
"""Where a row can be read: an address, or a release held."""


@dataclass(frozen=True)
class Named:
    """A thing that a file's cell names, and `where` that stands."""

    kind: Names
    called: str
    where: str


@dataclass(frozen=True)
class EntryFile:
    """What a file says: its `entry` by the cells that are as they must be, what these name, and all its `faults`."""

    entry: Entry
    named: tuple[Named, ...] = field(hash=False)
    faults: tuple[TallystickError, ...] = field(hash=False)


@dataclass(frozen=True)
class _Place:
    """A row of a file: `part` is `, events, row 2`, or '' of the fields."""

    path: Path
    part: str
    line: int

    def of(self, column: str = "", line: int = 0) -> str:
        """Where a cell stands: `FILE, line 12, events, row 2, status`."""
        return f"{self.path}, line {line or self.line}{self.part}" + (f", {column}" if column else "")


def read_entry(path: Path, schema: Schema, terms: Terms) -> EntryFile:
    """Read one entry, whatever is wrong with it; a cell with a fault is as if it were empty.

    Raises nothing of what the file says: `faults` has it, in the order of the file.
    """
    try:
        told = read_placed(path)
    except RecordError as error:
        return EntryFile(Entry(schema.name, path.stem, {}, dict.fromkeys(schema.lists, ())), (), (error,))
    reading = _Reading(terms, [], [])
    place = _Place(path, "", told.line)
    if told.pairs is None:
        next_step = "begin with 'title: …', or with what 'tallystick new entry' writes"
        reading.faults.append(
            RecordError("an entry is a mapping of fields and lists", where=place.of(), next_step=next_step)
        )
    fields = tuple(pair for pair in told.pairs or () if pair[0].text not in schema.lists)
    lists = {str(key.text): value for key, value in told.pairs or () if key.text in schema.lists}
    facts = reading.row(Placed(told.line, pairs=fields), schema.fields, place, (*schema.fields, *schema.lists))
    rows = {
        name: tuple(reading.rows(lists[name], name, schema, path)) if name in lists else () for name in schema.lists
    }
    return EntryFile(Entry(schema.name, path.stem, facts, rows), tuple(reading.named), tuple(reading.faults))


@dataclass(frozen=True)
class _Reading:
    """The reading of one file: what it found wrong so far, and what things its cells name."""

    terms: Terms
    faults: list[TallystickError]
    named: list[Named]

    def rows(self, told: Placed, name: str, schema: Schema, path: Path) -> Iterator[Row]:
        if told.items is None:
            where = _Place(path, f", {name}", told.line).of()
            next_step = "begin each row with a hyphen, or leave the list out"
            self.faults.append(RecordError(f"'{name}' is a list of rows", where=where, next_step=next_step))
        columns = schema.lists[name].columns
        for number, row in enumerate(told.items or (), start=1):
            yield self.row(row, columns, _Place(path, f", {name}, row {number}", row.line), tuple(columns))

    def row(self, told: Placed, columns: Mapping[str, Column], place: _Place, known: Collection[str]) -> Row:
        """The cells of a row, each checked by its column."""
        if told.pairs is None:
            next_step = f"write its columns as 'name: value': {', '.join(columns)}"
            self.faults.append(RecordError("a row is a mapping of columns", where=place.of(), next_step=next_step))
            return {}
        cells = self._cells(told.pairs, {*known, *CITED}, place)
        row: Row = {}
        for name in (*columns, *CITED):
            column = columns.get(name)
            cell = cells.get(name)
            text = (cell.text or "").strip() if cell else ""
            where = place.of(name, cell.line if cell else 0)
            if not text and (name in CITED or (column and column.must)) and (cell is None or cell.text is not None):
                next_step = f"say {column.means if column else CITED[name]}"
                self.faults.append(RecordError(f"there is no {name}", where=where, next_step=next_step))
            row |= self._checked(name, text or None, column, where)
        for name, column in columns.items():
            if column.names and row[name] and (called := column.thing(name, row)):
                self.named.append(Named(column.names, called, place.of(name, cells[name].line)))
        return row

    def _cells(
        self, pairs: tuple[tuple[Placed, Placed], ...], known: Collection[str], place: _Place
    ) -> Mapping[str, Placed]:
        found: dict[str, Placed] = {}
        for key, value in pairs:
            name, where = str(key.text), place.of(str(key.text), key.line)
            if name in found:
                next_step = "keep one of the two"
                self.faults.append(RecordError(f"the key '{name}' stands twice", where=where, next_step=next_step))
            elif name not in known:
                self.faults.append(UnknownName("column", name, known, where=where))
            elif value.text is None:
                next_step = "write one text, day or number; a second one is a row of its own"
                self.faults.append(RecordError("a cell is one value", where=where, next_step=next_step))
            found.setdefault(name, value)
        return found

    def _checked(self, name: str, cell: str | None, column: Column | None, where: str) -> Row:
        """The cell as its table holds it, of a period its first and last day too; empty where it has a fault."""
        if cell and column and column.of and cell not in self.terms.get(column.of, (cell,)):
            self.faults.append(UnknownName(name, cell, self.terms[column.of], where=where))
            return {name: None}
        try:
            return _typed(name, cell, column)
        except ValueError as error:
            next_step = column.means if column else CITED[name]
            self.faults.append(RecordError(str(error), where=where, next_step=next_step))
            return _typed(name, None, column)


def _typed(name: str, cell: str | None, column: Column | None) -> Row:
    """The cell, and of a period its first and last day. Raises `ValueError`."""
    if name.endswith("_period"):
        first, last = _spanned(cell) if cell else (None, None)
        return {name: cell, **{f"{name}_{of}_date": _iso(day) for of, day in (("first", first), ("last", last))}}
    if cell and name == CITATION and not ADDRESS.fullmatch(cell):
        raise ValueError(f"'{cell}' is no address as https://www.gao.gov/products/gao-21-186")
    if cell and name.endswith("_date"):
        _refuse_no_day(cell)
    if cell and name.endswith(("_number", "_usd")) and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
        raise ValueError(f"'{cell}' is not a number as 1234.5")
    if cell and column and column.matches and not re.fullmatch(column.matches, cell):
        raise ValueError(f"'{cell}' is not as {column.matches}")
    return {name: str(Decimal(cell)) if cell and name.endswith("_number") else cell}


def _spanned(cell: str) -> tuple[date, date]:
    try:
        return span(cell)
    except ValueError as error:
        raise ValueError(str(error) if cell in str(error) else f"'{cell}' is no period: {error}") from error


def _refuse_no_day(cell: str) -> None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
            date.fromisoformat(cell)
            return
    except ValueError as error:
        raise ValueError(f"'{cell}' is no day: {error}") from error
    raise ValueError(f"'{cell}' is no day as YYYY-MM-DD")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
