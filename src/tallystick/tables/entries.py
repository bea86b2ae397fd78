"""Registers of entries: a folder with its schema and one YAML file an entry, made into tables.

Whatever a schema does not know is refused with file and place, so that a slip of the hand never becomes a fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError, TallystickError
from tallystick.nouns.register import CITATION, TOLD, Column, Entry, Schema
from tallystick.tables.entry_file import Named, Row, read_entry
from tallystick.tables.registers import Register, first_of, read_register, register

SCHEMA = "register.yml"


@dataclass(frozen=True)
class Kept:
    """One register of entries: its schema, and the entries in the order of their names."""

    schema: Schema
    entries: tuple[Entry, ...]

    def tables(self) -> Iterator[Register]:
        """The table of the entries, and one of each list; a blank cell is NULL. None of one taken from tables."""
        if self.schema.taken_from:
            return
        one, name = self.schema.one, self.schema.name
        fields = (one, *_spread(self.schema.fields), CITATION, TOLD)
        yield _table(name, fields, ({one: entry.name, **entry.fields} for entry in self.entries))
        for called, rows in self.schema.lists.items():
            columns = (one, *_spread(rows.columns), CITATION, TOLD)
            told = ({one: entry.name, **row} for entry in self.entries for row in entry.lists[called])
            yield _table(f"{name}_{called}", columns, told)


def kept(catalog: Catalog) -> Mapping[str, Kept]:
    """Every register of entries by name, each value checked against the vocabularies and entries it is of.

    Raises the first fault there is, with file and place, and how many there are besides.
    """
    found = checked(catalog)
    if found.faults:
        raise first_of(found.faults)
    return found.registers


@dataclass(frozen=True)
class Checked:
    """Every register as far as it can be read, what its entries name and where, and all that is wrong.

    `of_registers` are faults of schemas and vocabularies, `of_entries` those of the files of entries.
    """

    registers: Mapping[str, Kept] = field(hash=False)
    named: tuple[Named, ...] = field(hash=False)
    of_registers: tuple[TallystickError, ...] = field(hash=False)
    of_entries: tuple[TallystickError, ...] = field(hash=False)

    @property
    def faults(self) -> tuple[TallystickError, ...]:
        return (*self.of_registers, *self.of_entries)


def checked(catalog: Catalog) -> Checked:
    """Read every file of every register; all faults are told, file by file, and none hides another."""
    schemas, faults = dict[str, Schema](), list[TallystickError]()
    for path in (path for _, path in catalog.below("registers", f"/{SCHEMA}")):
        try:
            schemas[path.parent.name] = schema_of(path)
        except TallystickError as error:
            faults.append(error)
    known: dict[str, Collection[str]] = {
        name: {path.stem for path in _files(catalog, name)} for name, of in schemas.items() if not of.taken_from
    }
    lists = {path.stem: read_register(path) for _, path in catalog.below("registers", ".csv")}
    for name, asked_by in {name: of.name for of in schemas.values() for name in _named(of) - schemas.keys()}.items():
        if name in lists:
            known[name] = {str(row[0]) for row in lists[name][0].rows}
        else:
            faults.append(_no_vocabulary(name, asked_by))
    faults += [fault for _, wrong in lists.values() for fault in wrong]
    taken = [(of, file) for name, of in schemas.items() if of.taken_from for file in _files(catalog, name)]
    faults += [_not_taken(of, file) for of, file in taken]
    read = {
        name: [] if of.taken_from else [read_entry(file, of, known) for file in _files(catalog, name)]
        for name, of in schemas.items()
    }
    every = [one for files in read.values() for one in files]
    return Checked(
        {name: Kept(schemas[name], tuple(one.entry for one in files)) for name, files in read.items()},
        tuple(named for one in every for named in one.named),
        tuple(faults),
        tuple(fault for one in every for fault in one.faults),
    )


def schema_of(path: Path) -> Schema:
    """The schema of a register, by its file. Raises `RecordError`."""
    return msgspec.structs.replace(read_yaml(path, Schema), name=path.parent.name)


def _files(catalog: Catalog, name: str) -> list[Path]:
    return [path for told, path in catalog.below(f"registers/{name}", ".yml") if not told.endswith(SCHEMA)]


def _spread(columns: Mapping[str, Column]) -> Iterator[str]:
    for name in columns:
        yield name
        if name.endswith("_period"):
            yield from (f"{name}_first_date", f"{name}_last_date")


def _table(name: str, columns: tuple[str, ...], rows: Iterator[Row]) -> Register:
    return Register(name, columns, tuple(tuple(row.get(column) for column in columns) for row in rows))


def _named(schema: Schema) -> set[str]:
    """The vocabularies and registers that the columns of a schema are of, but where entries are taken from tables."""
    columns = (schema.fields, *(rows.columns for rows in schema.lists.values()))
    return set() if schema.taken_from else {one.of for of in columns for one in of.values() if one.of}


def terms(catalog: Catalog, schema: Schema) -> Mapping[str, list[str]]:
    """The terms of each vocabulary that a register's columns are of; the names of entries are none."""
    columns = (schema.fields, *(rows.columns for rows in schema.lists.values()))
    named = {one.of for of in columns for one in of.values() if one.of and f"registers/{one.of}.csv" in catalog.files}
    return {name: sorted(_vocabulary(catalog, name, schema.name)) for name in sorted(named)}


def _vocabulary(catalog: Catalog, name: str, asked_by: str) -> set[str]:
    path = catalog.files.get(f"registers/{name}.csv")
    if path is None:
        raise _no_vocabulary(name, asked_by)
    return {str(row[0]) for row in register(path).rows}


def _not_taken(schema: Schema, file: Path) -> RecordError:
    return RecordError(
        f"entries of '{schema.name}' are taken from the table '{schema.taken_from}': this file would be no entry",
        where=str(file),
        next_step="take it out, and tell what it says where that table is made from",
    )


def _no_vocabulary(name: str, asked_by: str) -> RecordError:
    return RecordError(
        f"'{asked_by}' is of '{name}', and there is no such register",
        where=f"records/registers/{asked_by}/{SCHEMA}",
        next_step=f"write records/registers/{name}.csv, or say another register",
    )
