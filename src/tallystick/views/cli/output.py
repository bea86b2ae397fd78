"""Writes rows as a table for people, or in a format for machines and spreadsheets."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.console import Console

from tallystick.errors import TallystickError, UsageError
from tallystick.views.answer import figure
from tallystick.views.cli.layout import Column, laid_out, plain, wrapped
from tallystick.views.formats import Row, as_csv, as_json, as_parquet, cell
from tallystick.views.workbook import as_xlsx

MOST_READABLE = 140


class Format(StrEnum):
    """What rows can be written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Beside:
    """What goes with the rows of a command.

    JSON says `whole` where that is more than the rows; a table has `title` above and `notes` below it, and columns
    that it can `spare` on a narrow terminal, the least missed first. `about` is what Parquet carries in its file
    metadata and a workbook on its second sheet: the Edition, the unit, the question.
    """

    whole: object = None
    title: str = ""
    notes: str = ""
    spare: Sequence[str] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Output:
    """Where a command's rows go, and as what: to `path` if one was named, else to stdout."""

    format: Format
    path: Path | None = None

    def write(self, columns: Sequence[str], rows: Sequence[Row], beside: Beside | None = None, **named: Any) -> None:
        """Write rows and what goes with them: a `Beside`, or its parts by name.

        Raises `UsageError` for bytes on a terminal, `TallystickError` when the file cannot be written.
        """
        beside = replace(beside or Beside(), **named)
        match self.format:
            case Format.TABLE:
                self.send(self._table(columns, rows, beside).encode())
            case Format.CSV:
                self.send(as_csv(columns, rows))
            case Format.JSON:
                self.send(as_json(rows if beside.whole is None else beside.whole))
            case Format.PARQUET:
                self._refuse_a_terminal("Parquet")
                self.send(as_parquet(columns, rows, beside.about))
            case Format.XLSX:
                self._refuse_a_terminal("a workbook")
                self.send(as_xlsx(columns, rows, beside.about))

    def tell(self, text: str) -> None:
        """Write text for people, its lines as they stand."""
        self.send((plain(text) + "\n").encode())

    @property
    def width(self) -> int:
        """How many characters a line of text for people has room for."""
        return min(Console().width, MOST_READABLE)

    def _table(self, columns: Sequence[str], rows: Sequence[Row], beside: Beside) -> str:
        width = None if self._is_plain() else Console().width
        told = {text: wrapped(text, width) + "\n" if text else "" for text in (beside.title, beside.notes)}
        shown = laid_out(_columns(columns, rows), width, beside.spare) if rows or not beside.notes else ""
        return told[beside.title] + shown + told[beside.notes]

    def _refuse_a_terminal(self, what: str) -> None:
        if self.path is None and sys.stdout.isatty():
            raise UsageError(
                f"{what} is not for a terminal", next_step="name a file with --output, or send it down a pipe"
            )

    def _is_plain(self) -> bool:
        return self.path is not None or not sys.stdout.isatty()

    def send(self, content: bytes) -> None:
        """Write the bytes to the file, whole or not at all; to stdout where none is named."""
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


def _columns(columns: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    return [
        Column(name, tuple(plain(_seen(name, row.get(name))) for row in rows), _is_number(name, rows))
        for name in columns
    ]


def _seen(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_seen("", part) for part in value)
    if isinstance(value, dict):
        return cell(value)
    if column == "usd" or column.endswith("_usd"):
        return figure(value, "USD")
    return figure(value, "count" if column.startswith("value_") and isinstance(value, int | Decimal) else "")


def _is_number(column: str, rows: Sequence[Row]) -> bool:
    kinds = {type(row.get(column)) for row in rows} - {type(None)}
    return bool(kinds) and not any(issubclass(kind, str | list | tuple | dict | bool | date) for kind in kinds)
