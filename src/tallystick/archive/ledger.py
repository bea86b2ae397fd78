"""The append-only ledger: which releases there are, what was published from them, what was found, decided, built.

SQLite in WAL mode with full synchronisation: what a call returned from is on the disk, and readers in other
processes see whole transactions only. Triggers refuse every UPDATE and DELETE.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tallystick.errors import ArchiveError
from tallystick.nouns.finding import Finding, Severity, Verdict
from tallystick.nouns.release import Provenance, Release

_TABLES = {
    "releases": "id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, name TEXT NOT NULL, origin TEXT, published TEXT, "
    "as_of TEXT, tool TEXT, sha256 TEXT NOT NULL, size INTEGER NOT NULL, retrieved TEXT NOT NULL",
    "publications": "release_id TEXT NOT NULL REFERENCES releases(id), reading TEXT NOT NULL, "
    "written TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (release_id, reading)",
    "decisions": "subject TEXT NOT NULL, choice TEXT NOT NULL, because TEXT NOT NULL, "
    "by TEXT NOT NULL, at TEXT NOT NULL",
    "editions": "id TEXT NOT NULL UNIQUE, known_on TEXT, code TEXT NOT NULL, parts TEXT NOT NULL, at TEXT NOT NULL",
}


@dataclass(frozen=True)
class Decision:
    """What a person chose about a subject (a Finding, a proposed match), why, and when. The last one counts."""

    subject: str
    choice: str
    because: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Publication:
    """What one reading of one release gave: the published files, and every Finding about it."""

    release: str
    reading: str
    files: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]


class Ledger:
    """One ledger file. Safe to open in several processes at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            with self._writing():
                for table, columns in _TABLES.items():
                    self._create(table, columns)
        except (sqlite3.Error, OSError) as error:
            raise self._broken(error) from error

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # releases

    def record(self, release: Release) -> Release:
        """Append a release, or return the one that stands under the same id. Durable once this returns."""
        stated = release.provenance
        with self._writing():
            self._connection.execute(
                "INSERT INTO releases (id, source, name, origin, published, as_of, tool, sha256, size, retrieved) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                (
                    release.id,
                    stated.source,
                    stated.name,
                    stated.origin,
                    _text(stated.published),
                    _text(stated.as_of),
                    stated.tool,
                    release.sha256,
                    release.size,
                    release.retrieved.isoformat(),
                ),
            )
        return next(held for held in self.releases() if held.id == release.id)

    def releases(self, source: str | None = None) -> Iterator[Release]:
        """Every release in the order of recording, or those of one source."""
        rows = self._rows(
            "SELECT source, name, origin, published, as_of, tool, sha256, size, retrieved "
            "FROM releases WHERE source = coalesce(?, source) ORDER BY rowid",
            (source,),
        )
        for of, name, origin, published, as_of, tool, sha256, size, retrieved in rows:
            provenance = Provenance(of, name, origin, _day(published), _day(as_of), tool)
            yield Release(provenance, sha256, size, datetime.fromisoformat(retrieved))

    # publications

    def publish(self, publication: Publication, at: datetime) -> None:
        """Append what a reading gave. Recording the same reading again changes nothing."""
        written = json.dumps(
            {"files": publication.files, "findings": [_plain(finding) for finding in publication.findings]},
            default=str,
        )
        with self._writing():
            self._connection.execute(
                "INSERT INTO publications (release_id, reading, written, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (release_id, reading) DO NOTHING",
                (publication.release, publication.reading, written, at.isoformat()),
            )

    def publication(self, release: str, reading: str) -> Publication | None:
        """What this reading of this release gave, if it was done."""
        rows = self._rows("SELECT written FROM publications WHERE release_id = ? AND reading = ?", (release, reading))
        for (written,) in rows:
            told = json.loads(written)
            return Publication(release, reading, tuple(told["files"]), tuple(_finding(f) for f in told["findings"]))
        return None

    # decisions

    def decide(self, decision: Decision) -> None:
        """Append a person's choice."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO decisions (subject, choice, because, by, at) VALUES (?, ?, ?, ?, ?)",
                (decision.subject, decision.choice, decision.because, decision.by, decision.at.isoformat()),
            )

    def decisions(self) -> dict[str, Decision]:
        """The last decision on each subject."""
        rows = self._rows("SELECT subject, choice, because, by, at FROM decisions ORDER BY rowid", ())
        return {
            subject: Decision(subject, choice, because, by, datetime.fromisoformat(at))
            for subject, choice, because, by, at in rows
        }

    # editions

    def record_edition(self, edition_id: str, known_on: date | None, code: str, parts: str, at: datetime) -> None:
        """Append an Edition that was built. Recording it again changes nothing."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO editions (id, known_on, code, parts, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO NOTHING",
                (edition_id, _text(known_on), code, parts, at.isoformat()),
            )

    def editions(self) -> list[tuple[str, date | None, str, str, datetime]]:
        """Every Edition built: id, known_on, code, its parts as JSON, when."""
        rows = self._rows("SELECT id, known_on, code, parts, at FROM editions ORDER BY rowid", ())
        return [(i, _day(k), c, p, datetime.fromisoformat(at)) for i, k, c, p, at in rows]

    # the database

    def _create(self, table: str, columns: str) -> None:
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        for act in ("UPDATE", "DELETE"):
            self._connection.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _rows(self, sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> ArchiveError:
        return ArchiveError(
            f"the ledger could not be read or written: {error}",
            where=str(self._path),
            next_step="free some space or restore the file from a copy; nothing was recorded",
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in Finding.__dataclass_fields__}


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **told,
            "severity": Severity(told["severity"]),
            "verdict": Verdict(told["verdict"]),
            "evidence": tuple(told["evidence"]),
        }
    )
