"""Writes rows as a table for people, or as CSV, JSON or Parquet for machines; money stays exact in each."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallystick.errors import TallystickError, UsageError
from tallystick.views.answer import figure

Row = Mapping[str, Any]

_JSON = msgspec.json.Encoder(decimal_format="number")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WIDE = 10_000


class Format(StrEnum):
    """What rows can be written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Output:
    """Where a command's rows go, and as what: to `path` if one was named, else to stdout."""

    format: Format
    path: Path | None = None

    def write(
        self, columns: Sequence[str], rows: Sequence[Row], whole: object = None, title: str = "", notes: str = ""
    ) -> None:
        """Write rows. `whole` is what JSON says when it is more than the rows; a table has a title and notes.

        Raises `UsageError` for Parquet on a terminal, `TallystickError` when the file cannot be written.
        """
        match self.format:
            case Format.TABLE:
                self._send(_told(title) + _table(columns, rows, self._is_plain()) + _told(notes))
            case Format.CSV:
                self._send(_csv(columns, rows).encode())
            case Format.JSON:
                self._send(as_json(rows if whole is None else whole))
            case Format.PARQUET:
                self._send(self._parquet(columns, rows))

    def _parquet(self, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
        if self.path is None and sys.stdout.isatty():
            raise UsageError(
                "Parquet is not for a terminal", next_step="name a file with --output, or send it down a pipe"
            )
        return _parquet(columns, rows)

    def _is_plain(self) -> bool:
        return self.path is not None or not sys.stdout.isatty()

    def _send(self, content: bytes) -> None:
        if self.path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        temporary = self.path.with_name(f".{self.path.name}.writing")
        try:
            temporary.write_bytes(content)
            temporary.replace(self.path)
        except OSError as error:
            raise TallystickError(
                f"could not write the output: {error.strerror}",
                where=str(self.path),
                next_step="name another file with --output",
            ) from error


def as_json(value: object) -> bytes:
    """`value` as JSON of two spaces' indent and a final newline; money as decimal numbers, never through floats."""
    return msgspec.json.format(_JSON.encode(value), indent=2) + b"\n"


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple | dict):
        return _JSON.encode(value).decode()
    return str(value)


def _parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    # The engine room's library is loaded only by those who ask for its format.
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({column: pa.array([row.get(column) for row in rows]) for column in columns})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _told(text: str) -> bytes:
    return (_CONTROL.sub("�", text) + "\n").encode() if text else b""


def _table(columns: Sequence[str], rows: Sequence[Row], plain: bool) -> bytes:
    text = io.StringIO()
    width = _WIDE if plain else Console().width
    console = Console(file=text, width=width, no_color=plain, force_terminal=not plain)
    shown = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for column in columns:
        shown.add_column(column.replace("_", " "), justify="right" if _is_number(column, rows) else "left")
    for row in rows:
        shown.add_row(*(Text(_CONTROL.sub("�", _seen(column, row.get(column)))) for column in columns))
    console.print(shown)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()).encode() + b"\n"


def _seen(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_seen("", part) for part in value)
    if isinstance(value, dict):
        return _cell(value)
    return figure(value, "USD" if column.endswith("_usd") else "")


def _is_number(column: str, rows: Sequence[Row]) -> bool:
    kinds = {type(row.get(column)) for row in rows} - {type(None)}
    return bool(kinds) and not any(issubclass(kind, str | list | tuple | dict | bool) for kind in kinds)
