"""Runs a source's own `read.py` and hands its rows on as plain text, for the same strict reading as any file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tallystick.catalog import load_module
from tallystick.errors import RecordError, ReleaseError, TallystickError
from tallystick.nouns.member import Member
from tallystick.nouns.source import Source

Row = Mapping[str, object]
Reader = Callable[[Member], Iterable[Row] | None]


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


def as_text(member: Member, read: Reader, folder: Path) -> Member | None:
    """The rows of `member` as a UTF-8, comma-separated file in `folder`; the member keeps its name.

    Meant for files of some ten thousand rows, which Python may walk one by one. None where `read`
    answers None: then the member is a plain table. Raises `ReleaseError` naming the member when `read` fails on
    it or yields no row.
    """
    rows = _rows(member, read)
    if rows is None:
        return None
    names = list(dict.fromkeys(name for row in rows for name in row))
    path = folder / f"{member.path.name}.rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        for number, row in enumerate(rows, start=1):
            writer.writerow([_text(row.get(name), f"{member.name}, row {number}, column {name}") for name in names])
    return Member(member.name, path)


def _rows(member: Member, read: Reader) -> list[Row] | None:
    try:
        made = read(member)
        rows = None if made is None else list(made)
    except TallystickError:
        raise
    except Exception as error:  # read.py is written by anyone and meets anything
        raise ReleaseError(
            f"read.py could not read this file: {type(error).__name__}: {error}",
            where=member.name,
            next_step="see whether the file is of the form that read.py expects",
        ) from error
    if rows is not None and not rows:
        raise ReleaseError("read.py found no row in this file", where=member.name)
    return rows


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
