"""What the machine asks of an engine. Only this folder imports one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa


@dataclass(frozen=True)
class ParquetView:
    """A table that lies in Parquet files: the whole of some, and of others the rows of certain scopes.

    Rows listed in the table named `superseded` (columns release_id, member, source_row) are not part of it.
    """

    whole: tuple[Path, ...]
    partial: Mapping[Path, tuple[str, ...]]
    superseded: str | None = None


class Engine(Protocol):
    """Runs expressions compiled to SQL of its `dialect` over named tables."""

    @property
    def dialect(self) -> str: ...

    def query(self, sql: str, values: Sequence[str | date] = ()) -> pa.Table:
        """Run a SELECT, a value bound for each question mark, and return its rows.

        Money stays DECIMAL, dates stay dates.
        """
        ...

    def create(self, name: str, sql: str) -> None:
        """Run a SELECT and keep its rows as the table `name`."""
        ...

    def close(self) -> None: ...


class EngineOfFiles(Engine, Protocol):
    """One that reads and writes Parquet files where they lie."""

    def view(self, name: str, parquet: ParquetView) -> None:
        """Make the Parquet files readable under `name`."""
        ...

    def select(self, parquet: ParquetView) -> str:
        """The SELECT of the rows of Parquet files."""
        ...

    def write(self, sql: str, path: Path) -> None:
        """Run a SELECT and write its rows, in order, to one Parquet file."""
        ...

    def write_lightly(self, sql: str, path: Path) -> None:
        """The same for rows that can be derived again: in half the time, to a file half as large again."""
        ...


class EngineOfEditions(Engine, Protocol):
    """A warehouse that holds the tables of Editions: it is given the rows that stand, and derives the others."""

    def exists(self) -> bool:
        """Whether the tables of its Edition are there, whole."""
        ...

    def begin(self) -> bool:
        """Make the place where they will be; until `keep` nobody else sees it. False where another just made it."""
        ...

    def take(self, name: str, columns: Mapping[str, Any], rows: pa.RecordBatchReader) -> None:
        """Copy rows into the table `name`, whose columns are of these types, as Ibis has them."""
        ...

    def keep(self) -> None:
        """Let everyone see the tables."""
        ...


def quoted(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
