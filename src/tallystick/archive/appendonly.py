"""A database file to which rows are only ever added: what a call returned from is on the disk.

SQLite in WAL mode with full synchronisation; readers in other processes see whole transactions only. Triggers refuse
every UPDATE and DELETE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Self

from tallystick.archive.durable import make_folder
from tallystick.errors import ArchiveError

_NOT_OURS = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class AppendOnly:
    """One such file. Safe to open in several processes at once; one thread at a time may use what is opened.

    `called` says what it is, `schema` is the version of its `tables`, written into the file as SQLite's
    `user_version`: it goes up by one with every new table, and opening an older file adds the tables that it lacks.
    """

    called: ClassVar[str]
    schema: ClassVar[int]
    tables: ClassVar[Mapping[str, str]]
    indexes: ClassVar[Mapping[str, str]] = {}

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            make_folder(path.parent)
            # one thread at a time uses it, but a server's threads pass it on to one another
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA synchronous = FULL")
            # Without this, INSERT OR REPLACE would take rows away behind the DELETE triggers.
            self._connection.execute("PRAGMA recursive_triggers = ON")
            if self._version() != self.schema:
                self._make()
        except (sqlite3.Error, OSError) as error:
            raise self._broken(error) from error

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _version(self) -> int:
        """The schema the file was made with; 0 of a new one. Raises `ArchiveError` when it is none of ours."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        there = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        is_ours = next(iter(self.tables)) in there if version else not there
        if not is_ours:
            raise ArchiveError(
                f"this is a database, but not a {self.called}",
                where=str(self._path),
                next_step="choose another home folder",
            )
        if version > self.schema:
            raise ArchiveError(
                f"this {self.called} was made by a newer Tallystick (schema {version}, this one knows {self.schema})",
                where=str(self._path),
                next_step="use a newer Tallystick",
            )
        return int(version)

    def _make(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        with self._writing():
            for table, columns in self.tables.items():
                self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
                for act in ("UPDATE", "DELETE"):
                    self._connection.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, 'the {self.called} is append-only'); END"
                    )
            for index, columns in self.indexes.items():
                self._connection.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {columns}")
            self._connection.execute(f"PRAGMA user_version = {self.schema}")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                # On a full disk SQLite may have rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _append(self, sql: str, values: Iterable[Any]) -> None:
        """Run one statement that adds a row; durable once this returns."""
        with self._writing():
            self._connection.execute(sql, tuple(values))

    def _append_all(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add a row for each, all of them at once or none."""
        with self._writing():
            self._connection.executemany(sql, rows)

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> ArchiveError:
        if getattr(error, "sqlite_errorcode", None) in _NOT_OURS:
            return ArchiveError(
                f"this is not a {self.called}, or it is damaged: {error}",
                where=str(self._path),
                next_step=f"restore {self._path.name} from a copy; nothing in it was changed",
            )
        return ArchiveError(
            f"the {self.called} could not be read or written: {error}",
            where=str(self._path),
            next_step="free some space, or see who may write to the folder; nothing was recorded",
        )
