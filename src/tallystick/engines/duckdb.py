"""The embedded default engine."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from time import monotonic

import duckdb
import pyarrow as pa
from fsspec import AbstractFileSystem

from tallystick.engines import estimates
from tallystick.engines.engine import ParquetView, named, quoted
from tallystick.errors import ArchiveError, BusyError, ReleaseError, TallystickError

_BATCH = 20_000  # rows
__all__ = ["DuckDB", "named", "quoted"]


class DuckDB:
    """DuckDB, in memory or in a file; strict: nothing is fetched, nothing is guessed, no extension is installed."""

    dialect = "duckdb"

    def __init__(
        self, path: Path | None = None, *, read_only: bool = False, threads: int = 2, memory: str = "4GB"
    ) -> None:
        self._threads, self._memory = threads, memory
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": memory,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._begun: float | None = None
        self._estimates = False
        try:
            self._connection = duckdb.connect(str(path or ":memory:"), read_only=read_only, config=config)
            self._connection.execute("SET enable_progress_bar = false")  # it would stand in what a command says
        except duckdb.Error as error:
            raise _unreadable(error, str(path)) from error

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, sql: str, values: Sequence[str | date] = ()) -> pa.Table:
        self._begun = monotonic()
        try:
            return self.run(sql, values).to_arrow_table()
        finally:
            self._begun = None

    def batches(self, sql: str) -> pa.RecordBatchReader:
        """The rows of a SELECT, a part of them at a time."""
        return self.run(sql).to_arrow_reader(_BATCH)

    def run(self, sql: str, values: Sequence[str | date] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement, a value bound for each question mark.

        Raises `ArchiveError` when a file cannot be read or written, `ReleaseError` when delimited text cannot be
        taken apart at all, `BusyError` when it was interrupted or needs more memory than it may
        have, `TallystickError` when DuckDB refuses the statement.
        """
        if not self._estimates and estimates.needed(sql):
            self._register_estimates()
        try:
            return self._connection.execute(sql, values or None)
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise _unreadable(error, sql[:400]) from error
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise BusyError(
                f"this was more than the machine may spend on one question: {str(error).splitlines()[0]}",
                where=sql[:400],
                next_step="ask about a shorter period or fewer breakdowns, or allow more with TALLYSTICK_MEMORY",
            ) from error
        except duckdb.Error as error:
            if isinstance(error, duckdb.InvalidInputException) and "CSV" in str(error):
                raise _no_rows(error) from error
            raise TallystickError(f"the engine refused a statement: {error}", where=sql[:400]) from error

    def _register_estimates(self) -> None:
        with suppress(duckdb.CatalogException):  # another connection to the same file has, and they are shared
            estimates.register(self._connection)
        self._estimates = True

    def aside(self) -> DuckDB:
        """Another engine, in memory, that may use as much."""
        return DuckDB(threads=self._threads, memory=self._memory)

    @contextmanager
    def reading(self, files: AbstractFileSystem) -> Iterator[None]:
        """Meanwhile the addresses of a file system, which begin with its protocol, are read through it."""
        self._connection.register_filesystem(files)
        try:
            yield
        finally:
            self._connection.unregister_filesystem(files.protocol)

    def view(self, name: str, parquet: ParquetView) -> None:
        self.run(f"CREATE OR REPLACE VIEW {named(name)} AS {self.select(parquet)}")

    def select(self, parquet: ParquetView) -> str:
        selects = [f"SELECT * FROM {self._read(parquet.whole)}"] if parquet.whole else []
        alike: dict[tuple[str, ...], list[Path]] = {}  # hundreds of files are few selects
        for path, scopes in parquet.partial.items():
            alike.setdefault(scopes, []).append(path)
        selects += [
            f"SELECT * FROM {self._read(paths)} WHERE scope IN ({', '.join(map(quoted, scopes))})"
            for scopes, paths in alike.items()
        ]
        rows = " UNION ALL BY NAME ".join(selects)
        if parquet.superseded:
            rows = f"SELECT * FROM ({rows}) ANTI JOIN {parquet.superseded} USING (release_id, member, source_row)"
        return rows

    def create(self, name: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TABLE {named(name)} AS {sql}")

    def take(self, name: str, rows: pa.Table) -> None:
        """Copy the rows of an Arrow table into the table `name`."""
        self._connection.register("taken", rows)
        self.create(name, "SELECT * FROM taken")
        self._connection.unregister("taken")

    def attach(self, path: Path, alias: str) -> None:
        """Make the tables of another database file readable by their bare names."""
        self.run(f"ATTACH {quoted(str(path))} AS {named(alias)} (READ_ONLY)")

    def write(self, sql: str, path: Path) -> None:
        self._copy(sql, path, "zstd")

    def write_lightly(self, sql: str, path: Path) -> None:
        self._copy(sql, path, "snappy, DICTIONARY_SIZE_LIMIT 2000")

    def _copy(self, sql: str, path: Path, how: str) -> None:
        options = f"FORMAT parquet, ROW_GROUP_SIZE 122880, COMPRESSION {how}"
        self.run(f"COPY ({self._as_kept(sql)}) TO {quoted(str(path))} ({options})")

    def _as_kept(self, sql: str) -> str:
        """A SELECT whose sums of whole numbers are whole in a file too: Parquet has none of 128 bits, and DuckDB
        writes them as fractions."""
        columns = self.run(f"DESCRIBE {sql}").fetchall()
        wide = [named(name) for name, kind, *_ in columns if kind == "HUGEINT"]
        if not wide:
            return sql
        return f"SELECT * REPLACE ({', '.join(f'{name}::BIGINT AS {name}' for name in wide)}) FROM ({sql})"

    def write_in_order(self, sql: str, path: Path) -> None:
        """Write on one thread, to a small file. Several would hold back in memory what comes before its turn."""
        ((threads,),) = self.run("SELECT current_setting('threads')").fetchall()
        self.run("SET threads = 1")
        try:
            self._copy(sql, path, "zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 2000, PARQUET_VERSION V2")
        finally:
            self.run(f"SET threads = {threads}")

    def tables(self, schema: str = "main") -> Sequence[str]:
        told = f"SELECT table_name FROM information_schema.tables WHERE table_schema = {quoted(schema)} ORDER BY 1"
        rows = self.run(told).fetchall()
        return [name for (name,) in rows]

    def columns(self, names: Collection[str]) -> Sequence[tuple[str, str, str]]:
        """The columns of tables and views in their order, each with its table and type."""
        told = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main'"
        rows = self.run(f"{told} ORDER BY table_name, ordinal_position").fetchall()
        return [(table, column, its) for table, column, its in rows if table in names]

    def give_up(self, after: float) -> None:
        """End the query that another thread has run for longer than `after` seconds; it gets a `BusyError`."""
        begun = self._begun
        if begun is not None and monotonic() - begun > after:
            self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()

    def _read(self, paths: Sequence[Path]) -> str:
        return f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}], union_by_name = true)"


def _unreadable(error: duckdb.Error, where: str) -> ArchiveError:
    return ArchiveError(
        f"the engine could not read or write a file: {error}",
        where=where,
        next_step="free some space, or run 'tallystick verify' to see what is damaged or missing",
    )


def _no_rows(error: duckdb.Error) -> ReleaseError:
    file = re.search(r"file ?= ?(.+)", str(error))
    return ReleaseError(
        f"the text cannot be taken apart into rows: {str(error).splitlines()[0]}",
        where=Path(file.group(1)).name if file else "",
        next_step="lines that end in different ways or an open quote do this: get the file again from the publisher",
    )
