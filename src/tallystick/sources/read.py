"""Runs a source's own `read.py` and hands its rows on as plain text, for the same strict reading as any file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from json import JSONDecodeError
from pathlib import Path

from tallystick.catalog import load_module
from tallystick.errors import RecordError, ReleaseError, TallystickError
from tallystick.nouns.member import Member
from tallystick.nouns.source import Source

Row = Mapping[str, object]
Reader = Callable[[Member], Iterable[Row] | Mapping[str, Iterable[Row]] | None]
EVERY_TABLE = ""
"""Stands for the tables of a source whose `read` gives one list of rows for all of them."""


def reader(source: Source) -> Reader | None:
    """The `read` function of the source's folder, or None where its files are plain tables.

    Raises `RecordError` when `read.py` does not run or has no function `read`.
    """
    path = source.folder / "read.py"
    if not path.is_file():
        return None
    read = getattr(load_module(f"sources/{source.id}/read.py", path), "read", None)
    if not callable(read):
        raise RecordError("read.py has no function 'read(member)'", where=str(path))
    return read  # type: ignore[no-any-return]


def as_text(member: Member, read: Reader, folder: Path) -> Mapping[str, Member] | None:
    """The rows of `member` by table, each as a UTF-8, comma-separated file in `folder`; the member keeps its name.

    A `read` that gives rows and not a mapping gives them for `EVERY_TABLE`; a table that the mapping lacks, or has no
    row of, is not in this member. Meant for files of some ten thousand rows, which Python may walk one by one. None
    where `read` answers None: then the member is a plain table. Raises `ReleaseError` naming the member when
    `read` fails on it or yields no row.
    """
    made = _rows(member, read)
    if made is None:
        return None
    return {table: _written(member, table, rows, folder) for table, rows in made.items() if rows}


def _written(member: Member, table: str, rows: list[Row], folder: Path) -> Member:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise ReleaseError(
                f"read.py gives {type(row).__name__} where a row is, with its cells by name",
                where=f"{member.name}, row {number}",
                next_step="see whether the file is of the form that read.py expects",
            )
    names = list(dict.fromkeys(name for row in rows for name in row))
    path = folder / f"{member.path.name}.{table or 'rows'}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        for number, row in enumerate(rows, start=1):
            writer.writerow([_text(row.get(name), f"{member.name}, row {number}, column {name}") for name in names])
    return Member(member.name, path)


def _rows(member: Member, read: Reader) -> dict[str, list[Row]] | None:
    try:
        made = read(member)
        if made is None:
            return None
        by_table = made if isinstance(made, Mapping) else {EVERY_TABLE: made}
        found = {table: list(rows) for table, rows in by_table.items()}
    except TallystickError:
        raise
    except JSONDecodeError as error:
        raise ReleaseError(
            f"this is no whole JSON: {error.msg}",
            where=f"{member.name}, line {error.lineno}, column {error.colno}",
            next_step="the download was cut off or is an error page: get it again from the publisher",
        ) from error
    except Exception as error:  # read.py is written by anyone and meets anything
        raise ReleaseError(
            f"read.py could not read this file: {type(error).__name__}: {error}",
            where=member.name,
            next_step="see whether the file is of the form that read.py expects",
        ) from error
    if not any(found.values()):
        raise ReleaseError("read.py found no row in this file", where=member.name)
    return found


def _text(value: object, where: str) -> str:
    """A cell as the publisher would have written it in text; a number loses only a `.0` it never had."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.isoformat(sep=" ")
        case int() | Decimal() | date():
            return str(value)
        case _:
            raise ReleaseError(
                f"a cell must be a single value, and this is a {type(value).__name__}",
                where=where,
                next_step="flatten it in read.py",
            )
