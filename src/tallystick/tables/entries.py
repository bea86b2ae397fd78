"""Registers of entries: a folder with its schema and one YAML file an entry, made into tables.

Whatever a schema does not know is refused with file and place, so that a slip of the hand never becomes a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from tallystick.catalog import Catalog, read_words, read_yaml
from tallystick.errors import RecordError, TallystickError, UnknownName
from tallystick.nouns.register import CITATION, CITED, TOLD, Column, Entry, Schema, span
from tallystick.tables.registers import Register, register

SCHEMA = "register.yml"
Row = dict[str, str | None]


@dataclass(frozen=True)
class Kept:
    """One register of entries: its schema, and the entries in the order of their names."""

    schema: Schema
    entries: tuple[Entry, ...]

    def tables(self) -> Iterator[Register]:
        """The table of the entries, and one of each list; a blank cell is NULL."""
        one, name = self.schema.one, self.schema.name
        fields = (one, *_spread(self.schema.fields), CITATION, TOLD)
        yield _table(name, fields, ({one: entry.name, **entry.fields} for entry in self.entries))
        for called, rows in self.schema.lists.items():
            columns = (one, *_spread(rows.columns), CITATION, TOLD)
            told = ({one: entry.name, **row} for entry in self.entries for row in entry.lists[called])
            yield _table(f"{name}_{called}", columns, told)


def kept(catalog: Catalog) -> Mapping[str, Kept]:
    """Every register of entries by name, each value checked against the vocabularies and entries it is of.

    Raises `RecordError` with file and place, `UnknownName` with near names.
    """
    schemas = {path.parent.name: path for _, path in catalog.below("registers", f"/{SCHEMA}")}
    found = {name: _kept(catalog, name, path) for name, path in schemas.items()}
    names = {name: {entry.name for entry in one.entries} for name, one in found.items()}
    for one in found.values():
        _resolve(catalog, one, names)
    return found


def faults(catalog: Catalog) -> Iterator[TallystickError]:
    """All that is wrong with the registers, file by file, each with its place: what `kept` would stop at first."""
    found: dict[str, Kept] = {}
    for path in (path for _, path in catalog.below("registers", f"/{SCHEMA}")):
        name = path.parent.name
        try:
            schema = schema_of(path)
        except TallystickError as error:
            yield error
            continue
        entries = []
        for file in _files(catalog, name):
            try:
                entries.append(entry(file, schema))
            except TallystickError as error:
                yield error
        found[name] = Kept(schema, tuple(entries))
    names = {name: {path.stem for path in _files(catalog, name)} for name in found}
    for kept_one in found.values():
        for one in kept_one.entries:
            try:
                _resolve(catalog, Kept(kept_one.schema, (one,)), names)
            except TallystickError as error:
                yield error


def schema_of(path: Path) -> Schema:
    """The schema of a register, by its file. Raises `RecordError`."""
    return msgspec.structs.replace(read_yaml(path, Schema), name=path.parent.name)


def _kept(catalog: Catalog, name: str, path: Path) -> Kept:
    schema = schema_of(path)
    return Kept(schema, tuple(entry(file, schema) for file in _files(catalog, name)))


def _files(catalog: Catalog, name: str) -> list[Path]:
    return [path for told, path in catalog.below(f"registers/{name}", ".yml") if not told.endswith(SCHEMA)]


def entry(path: Path, schema: Schema) -> Entry:
    """Read one entry. Raises `RecordError` with the place for what its schema does not know or must have."""
    told = read_words(path)
    if not isinstance(told, dict):
        raise RecordError("an entry is a mapping of fields and lists", where=str(path))
    lists = {name: told.pop(name, []) for name in schema.lists}
    for name, rows in lists.items():
        if not isinstance(rows, list):
            raise RecordError(f"'{name}' is a list of rows", where=str(path))
    return Entry(
        schema.name,
        path.stem,
        _row(told, schema.fields, str(path)),
        {
            name: tuple(
                _row(row, schema.lists[name].columns, f"{path}, {name}, row {number}")
                for number, row in enumerate(rows, start=1)
            )
            for name, rows in lists.items()
        },
    )


def _row(told: Any, columns: Mapping[str, Column], where: str) -> Row:
    if not isinstance(told, dict):
        raise RecordError("a row is a mapping of columns", where=where)
    known = {*columns, *CITED}
    for name, value in told.items():
        if name not in known:
            raise UnknownName("column", str(name), known, where=where)
        if not isinstance(value, str):
            raise RecordError("a cell is one value", where=f"{where}, {name}")
    cells = {name: (told.get(name) or "").strip() or None for name in (*columns, *CITED)}
    must = {*CITED, *(name for name, column in columns.items() if column.must)}
    if missing := [name for name in cells if name in must and cells[name] is None]:
        raise RecordError(f"there is no {missing[0]}", where=where, next_step=_asks(columns, missing[0]))
    row: Row = {}
    for name, cell in cells.items():
        row |= _typed(name, cell, columns.get(name), f"{where}, {name}")
    return row


def _asks(columns: Mapping[str, Column], name: str) -> str:
    return f"say {columns[name].means if name in columns else CITED[name]}"


def _typed(name: str, cell: str | None, column: Column | None, where: str) -> Row:
    """The cell, and of a period its first and last day. Raises `RecordError`."""
    try:
        if name.endswith("_period"):
            first, last = span(cell) if cell else (None, None)
            return {name: cell, **{f"{name}_{of}_date": _iso(day) for of, day in (("first", first), ("last", last))}}
        if cell and name.endswith("_date"):
            date.fromisoformat(cell)
        if cell and name.endswith(("_number", "_usd")) and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
            raise ValueError(f"'{cell}' is not a number as 1234.5")
        if cell and column and column.matches and not re.fullmatch(column.matches, cell):
            raise ValueError(f"'{cell}' is not as {column.matches}")
    except ValueError as error:
        raise RecordError(str(error), where=where, next_step=column.means if column else "") from error
    return {name: str(Decimal(cell)) if cell and name.endswith("_number") else cell}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _spread(columns: Mapping[str, Column]) -> Iterator[str]:
    for name in columns:
        yield name
        if name.endswith("_period"):
            yield from (f"{name}_first_date", f"{name}_last_date")


def _table(name: str, columns: tuple[str, ...], rows: Iterator[Row]) -> Register:
    return Register(name, columns, tuple(tuple(row.get(column) for column in columns) for row in rows))


def _resolve(catalog: Catalog, one: Kept, names: Mapping[str, set[str]]) -> None:
    """Refuse a value that the vocabulary or register its column is of does not have."""
    for table, columns, rows in _columns(one):
        for name, column in columns.items():
            if column.of is None:
                continue
            known = names[column.of] if column.of in names else _vocabulary(catalog, column.of, table)
            for where, row in rows:
                value = row[name]
                if value is not None and value not in known:
                    raise UnknownName(name, value, known, where=where)


def _columns(one: Kept) -> Iterator[tuple[str, Mapping[str, Column], list[tuple[str, Row]]]]:
    place = f"records/registers/{one.schema.name}"
    yield one.schema.name, one.schema.fields, [(f"{place}/{entry.name}.yml", entry.fields) for entry in one.entries]
    for called, rows in one.schema.lists.items():
        yield (
            called,
            rows.columns,
            [(f"{place}/{entry.name}.yml, {called}", row) for entry in one.entries for row in entry.lists[called]],
        )


def terms(catalog: Catalog, schema: Schema) -> Mapping[str, list[str]]:
    """The terms of each vocabulary that a register's columns are of; the names of entries are none."""
    columns = (schema.fields, *(rows.columns for rows in schema.lists.values()))
    named = {one.of for of in columns for one in of.values() if one.of and f"registers/{one.of}.csv" in catalog.files}
    return {name: sorted(_vocabulary(catalog, name, schema.name)) for name in sorted(named)}


def _vocabulary(catalog: Catalog, name: str, asked_by: str) -> set[str]:
    path = catalog.files.get(f"registers/{name}.csv")
    if path is None:
        raise RecordError(f"'{asked_by}' is of '{name}', and there is no such register", where="records/registers")
    return {str(row[0]) for row in register(path).rows}
