"""The append-only ledger: which releases there are, what was published from them, what was found, decided, built.

What a call returned from is on the disk, and no row is ever changed or taken away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tallystick.archive.appendonly import AppendOnly
from tallystick.archive.durable import at_work, is_at_work
from tallystick.archive.told import Told
from tallystick.errors import UsageError
from tallystick.nouns.edition import Edition, listed
from tallystick.nouns.finding import Finding, Severity, Verdict
from tallystick.nouns.release import Provenance, Release

SCHEMA = 2
"""The version of the tables below, written into the file as SQLite's `user_version`.

It goes up by one with every new table; opening an older ledger adds the tables that it lacks.
"""

ACCEPT, UNDO = "accept", "undo"
"""A Finding is accepted by a decision, and stands again after a later one that undoes it."""

_TABLES = {
    "releases": "id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, name TEXT NOT NULL, origin TEXT, published TEXT, "
    "as_of TEXT, tool TEXT, sha256 TEXT NOT NULL, size INTEGER NOT NULL, retrieved TEXT NOT NULL",
    "publications": "release_id TEXT NOT NULL REFERENCES releases(id), reading TEXT NOT NULL, "
    "written TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (release_id, reading)",
    "judgements": "release_id TEXT NOT NULL REFERENCES releases(id), under TEXT NOT NULL, "
    "written TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (release_id, under)",
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


@dataclass(frozen=True)
class BuiltEdition:
    """An Edition that was built, under the id that it was shown by, and when it was built first."""

    id: str
    edition: Edition
    at: datetime


@dataclass(frozen=True, order=True)
class Position:
    """How far a ledger has come: how many releases, decisions and publications it holds. It only ever grows."""

    releases: int
    decisions: int
    publications: int


class Ledger(AppendOnly):
    """One ledger file. Safe to open in several processes at once; one thread at a time may use what is opened."""

    called = "ledger"
    schema = SCHEMA
    tables = _TABLES

    def __init__(self, path: Path, told: Told | None = None) -> None:
        """`told` is what others who have the file open in this process were told of it."""
        super().__init__(path)
        self._told = told or Told()

    def at_work(self) -> AbstractContextManager[None]:
        """While releases are recorded and read, others leave the reading to us."""
        return at_work(self._mark)

    def is_at_work(self) -> bool:
        """Whether somebody is taking releases in just now, and reads what he recorded."""
        return is_at_work(self._mark)

    @property
    def _mark(self) -> Path:
        return self._path.with_name(".taking")

    def take_over(self, other: Ledger) -> int:
        """Append all that `other` has and this one lacks, as it stands there; how many rows that were.

        Raises `UsageError`, and nothing is appended, where this one has rows that the other never had.
        """
        # what names releases is read before them, so that each that is named is among them
        lacking = {table: self._lacking(table, other) for table in reversed(self.tables)}
        for table in self.tables:
            places = ", ".join("?" for _ in _columns(table))
            self._append_all(f"INSERT INTO {table} ({', '.join(_columns(table))}) VALUES ({places})", lacking[table])
        return sum(map(len, lacking.values()))

    def refuse_unless_it_began(self, other: Ledger) -> None:
        """Raise `UsageError` where this ledger is not the beginning of the other."""
        for table in self.tables:
            self._lacking(table, other)

    def _lacking(self, table: str, other: Ledger) -> list[tuple[Any, ...]]:
        sql = f"SELECT {', '.join(_columns(table))} FROM {table} ORDER BY rowid"
        mine, theirs = self._rows(sql), other._rows(sql)
        if theirs[: len(mine)] != mine:
            raise UsageError(
                f"this ledger has {table} that the other never had, or has them in another order",
                next_step="take it over into an empty ledger",
            )
        return theirs[len(mine) :]

    # releases

    def record(self, release: Release) -> Release:
        """Append a release, or return the one that stands under the same id. Durable once this returns."""
        stated = release.provenance
        self._append(
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
        return self.release(release.id) or release

    def releases(self, source: str | None = None) -> Iterator[Release]:
        """Every release in the order of recording, or those of one source."""
        for release in self._told.releases(self.releases_after):
            if source in (None, release.source):
                yield release

    def release(self, release_id: str) -> Release | None:
        """The release of that id, if it was recorded."""
        return next(map(_release, self._rows(f"{_RELEASES} WHERE id = ?", (release_id,))), None)

    def before(self, release: Release) -> tuple[Release, ...]:
        """The releases over the same bytes that were recorded before `release`, in that order."""
        sql = f"{_RELEASES} WHERE sha256 = ? AND rowid < (SELECT rowid FROM releases WHERE id = ?) ORDER BY rowid"
        return tuple(map(_release, self._rows(sql, (release.sha256, release.id))))

    def releases_after(self, count: int) -> tuple[Release, ...]:
        """The releases recorded after the first `count`, in the order of recording."""
        return tuple(map(_release, self._rows(f"{_RELEASES} WHERE rowid > ? ORDER BY rowid", (count,))))

    def unread(self) -> int:
        """How many releases nobody has read yet, in any way."""
        ((count,),) = self._rows(
            "SELECT count(*) FROM releases WHERE id NOT IN (SELECT release_id FROM publications)", ()
        )
        return int(count)

    def position(self) -> Position:
        """How far it has come, whoever wrote it: a look-up that costs next to nothing."""
        (found,) = self._rows(
            "SELECT coalesce((SELECT max(rowid) FROM releases), 0), coalesce((SELECT max(rowid) FROM decisions), 0), "
            "coalesce((SELECT max(rowid) FROM publications), 0)",
            (),
        )
        return Position(*found)

    # publications

    def publish(self, publication: Publication, at: datetime) -> None:
        """Append what a reading gave. Recording the same reading again changes nothing."""
        self._append(
            "INSERT INTO publications (release_id, reading, written, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (release_id, reading) DO NOTHING",
            (publication.release, publication.reading, written(publication), at.isoformat()),
        )

    def publication(self, release: str, reading: str) -> Publication | None:
        """What this reading of this release gave, if it was done."""
        told = self._told.publications
        if (release, reading) not in told:
            rows = self._rows(f"{_PUBLICATIONS} WHERE release_id = ? AND reading = ?", (release, reading))
            for row in rows:
                told[release, reading] = _publication(row)
        return told.get((release, reading))

    def is_read(self, release: str) -> bool:
        """Whether somebody read this release, in any way."""
        return bool(self._rows("SELECT 1 FROM publications WHERE release_id = ? LIMIT 1", (release,)))

    def publications(self) -> Iterator[Publication]:
        """What every reading of every release gave, in the order of recording."""
        yield from map(_publication, self._rows(f"{_PUBLICATIONS} ORDER BY rowid", ()))

    # judgements

    def judge(self, release: str, under: str, findings: Iterable[Finding], at: datetime) -> None:
        """Append what the checks found of a release; `under` names the checks and what it was held against."""
        written = json.dumps([_plain(finding) for finding in findings], default=str)
        self._append(
            "INSERT INTO judgements (release_id, under, written, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (release_id, under) DO NOTHING",
            (release, under, written, at.isoformat()),
        )

    def judged(self, release: str, under: str) -> tuple[Finding, ...] | None:
        """What the checks found, if they judged the release like this before."""
        kept = self._told.judgements
        if (release, under) not in kept:
            rows = self._rows("SELECT written FROM judgements WHERE release_id = ? AND under = ?", (release, under))
            for (written,) in rows:
                kept[release, under] = tuple(map(_finding, json.loads(written)))
        return kept.get((release, under))

    # decisions

    def decide(self, decision: Decision) -> None:
        """Append a person's choice."""
        self._append(
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

    def record_edition(self, edition: Edition, at: datetime) -> None:
        """Append an Edition that was built. Recording it again changes nothing."""
        self._append(
            "INSERT INTO editions (id, known_on, code, parts, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (edition.id, _text(edition.known_on), edition.code, edition.listing, at.isoformat()),
        )

    def editions(self) -> list[BuiltEdition]:
        """Every Edition built, in the order in which they were."""
        return [_edition(row) for row in self._rows(f"{_EDITIONS} ORDER BY rowid", ())]

    def edition(self, edition_id: str) -> BuiltEdition | None:
        """The Edition of that id, if it was built."""
        return next(map(_edition, self._rows(f"{_EDITIONS} WHERE id = ?", (edition_id,))), None)


def written(publication: Publication) -> str:
    """The files and Findings of a publication as the ledger keeps them."""
    findings = [_plain(finding) for finding in publication.findings]
    return json.dumps({"files": publication.files, "findings": findings}, default=str)


def publication_of(release: str, reading: str, told: str) -> Publication:
    """The publication that `written` wrote."""
    parts = json.loads(told)
    return Publication(release, reading, tuple(parts["files"]), tuple(map(_finding, parts["findings"])))


def _columns(table: str) -> list[str]:
    return re.findall(r"(\w+) (?:TEXT|INTEGER)", _TABLES[table])


_RELEASES = "SELECT source, name, origin, published, as_of, tool, sha256, size, retrieved FROM releases"
_PUBLICATIONS = "SELECT release_id, reading, written FROM publications"


_EDITIONS = "SELECT id, known_on, code, parts, at FROM editions"


def _edition(row: tuple[Any, ...]) -> BuiltEdition:
    its_id, known_on, code, parts, at = row
    return BuiltEdition(its_id, listed(_day(known_on), code, parts), datetime.fromisoformat(at))


def _release(row: tuple[Any, ...]) -> Release:
    source, name, origin, published, as_of, tool, sha256, size, retrieved = row
    provenance = Provenance(source, name, origin, _day(published), _day(as_of), tool)
    return Release(provenance, sha256, size, datetime.fromisoformat(retrieved))


def _publication(row: tuple[Any, ...]) -> Publication:
    return publication_of(*row)


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
