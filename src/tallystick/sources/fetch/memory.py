"""Remembers across processes what publishers said: validators of files, calls spent, when to come back.

Append-only: a small SQLite file in the home folder.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from tallystick.errors import ArchiveError, FetchError

_TABLES = """
CREATE TABLE IF NOT EXISTS fetches (url TEXT NOT NULL, etag TEXT, last_modified TEXT, sha256 TEXT NOT NULL, at TEXT);
CREATE TABLE IF NOT EXISTS calls (service TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS closures (host TEXT NOT NULL, until TEXT NOT NULL, at TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Validators:
    """What a publisher gave to ask by whether a file changed."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def conditional(self) -> dict[str, str]:
        """Headers that ask for the file only if it changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}

    def unchanged(self) -> str | None:
        """The value of If-Range: a weak tag may not stand there (RFC 9110, 13.1.5)."""
        strong = self.etag if self.etag and not self.etag.startswith("W/") else None
        return strong or self.last_modified


class Memory:
    """One memory file. Safe to open in several processes at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._database():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_TABLES)

    def close(self) -> None:
        self._connection.close()

    def fetched(self, url: str, validators: Validators, sha256: str, at: datetime) -> None:
        """Remember the file that `url` gave."""
        with self._database():
            self._connection.execute(
                "INSERT INTO fetches VALUES (?, ?, ?, ?, ?)",
                (url, validators.etag, validators.last_modified, sha256, at.isoformat()),
            )

    def last(self, url: str) -> tuple[Validators, str] | None:
        """The validators and the sha256 of the last file that `url` gave."""
        with self._database():
            row = self._connection.execute(
                "SELECT etag, last_modified, sha256 FROM fetches WHERE url = ? ORDER BY rowid DESC LIMIT 1", (url,)
            ).fetchone()
        return (Validators(row[0], row[1]), row[2]) if row else None

    def spend(self, service: str, daily: int, now: datetime) -> None:
        """Count one call against the service's day (UTC), before it is made.

        Raises `FetchError`, and counts nothing, when the day's calls are spent.
        """
        day = now.astimezone(UTC).date()
        with self._database():
            self._connection.execute("BEGIN IMMEDIATE")
            (spent,) = self._connection.execute(
                "SELECT count(*) FROM calls WHERE service = ? AND day = ?", (service, day.isoformat())
            ).fetchone()
            if spent < daily:
                self._connection.execute(
                    "INSERT INTO calls VALUES (?, ?, ?)", (service, day.isoformat(), now.isoformat())
                )
            self._connection.execute("COMMIT")
        if spent >= daily:
            raise come_back(service, midnight(now), f"the {daily} calls that '{service}' grants a day are spent")

    def shut(self, host: str, until: datetime, now: datetime) -> None:
        """Remember that `host` asked to be left alone until then."""
        with self._database():
            self._connection.execute(
                "INSERT INTO closures VALUES (?, ?, ?)", (host, until.astimezone(UTC).isoformat(), now.isoformat())
            )

    def check_open(self, host: str, now: datetime) -> None:
        """Raises `FetchError` while `host` wants to be left alone."""
        with self._database():
            (until,) = self._connection.execute("SELECT max(until) FROM closures WHERE host = ?", (host,)).fetchone()
        if until and datetime.fromisoformat(until) > now:
            raise come_back(host, datetime.fromisoformat(until), f"'{host}' asked to be left alone for a while")

    @contextmanager
    def _database(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"what publishers said could not be read or written: {error}",
                where=str(self._path),
                next_step="free some space, then try again",
            ) from error


def midnight(now: datetime) -> datetime:
    """When the next day begins for publishers who count calls by the day (UTC)."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def come_back(where: str, until: datetime, what: str) -> FetchError:
    """The refusal that says when to come back."""
    return FetchError(what, where=where, next_step=f"come back after {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
