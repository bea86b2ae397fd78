"""The log of what was reported: batches as they were accepted, each row's id, tokens, and who did what."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tallystick.archive.appendonly import AppendOnly
from tallystick.reporting.kinds import Kind, Row
from tallystick.reporting.tokens import Token

FILE = "reports.sqlite"
_SECRET = 32  # bytes
_TOKENS = (
    "SELECT id, name, scopes, tokens.at, digest, revocations.at FROM tokens LEFT JOIN revocations ON id = token "
)

_TABLES = {
    "batches": "id INTEGER PRIMARY KEY, kind TEXT NOT NULL, author TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, "
    "rows INTEGER NOT NULL, told_at TEXT NOT NULL, segment TEXT NOT NULL, filled INTEGER NOT NULL, "
    "body BLOB NOT NULL",
    "told": "kind TEXT NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL, unit TEXT, row TEXT, "
    "batch INTEGER NOT NULL REFERENCES batches(id), UNIQUE (kind, key)",
    "tokens": "id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scopes TEXT NOT NULL, digest BLOB NOT NULL, "
    "at TEXT NOT NULL",
    "revocations": "token TEXT NOT NULL UNIQUE REFERENCES tokens(id), because TEXT NOT NULL, at TEXT NOT NULL",
    "acts": "at TEXT NOT NULL, token TEXT NOT NULL, author TEXT NOT NULL, act TEXT NOT NULL, says TEXT NOT NULL, "
    "batch TEXT NOT NULL, rows INTEGER NOT NULL",
    "refusals": "act INTEGER NOT NULL UNIQUE, at_fault INTEGER NOT NULL",
    "secrets": "id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL",
}
_INDEXES = {"told_of_unit": "told (unit) WHERE unit IS NOT NULL", "batches_of_kind": "batches (kind, id)"}


@dataclass(frozen=True)
class Logged:
    """A batch as it lies in the log. `body` is what its `sha256` is over: a header and the rows, as CSV.

    `segment` is the stretch of the log that it lies in, and `filled` how many rows that has with it.
    """

    id: int
    kind: str
    author: str
    sha256: str
    rows: int
    told_at: datetime
    segment: str
    filled: int
    body: bytes


@dataclass(frozen=True)
class Act:
    """Something that was done with a token: what came of it, and of a batch its hash and how many rows came.

    Of one that was refused `at_fault` is how many of these were not as they must be. None where no row could be read.
    """

    at: datetime
    token: str
    author: str
    act: str
    says: str
    batch: str = ""
    rows: int | None = None
    at_fault: int | None = None


class Log(AppendOnly):
    """One log file. Safe to open in several processes at once; one thread at a time may use what is opened."""

    called = "log of reports"
    schema = 3
    tables = _TABLES
    indexes = _INDEXES

    @classmethod
    def of(cls, home: Path) -> Log:
        """The log of a home folder. Raises `ArchiveError`."""
        return cls(home / FILE)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: what is appended within it is on the disk together, or not at all."""
        with self._writing():
            yield

    def secret(self) -> bytes:
        """Random bytes of this log, made when first asked for: what is sealed with them nobody can guess."""
        if not (found := self._rows("SELECT secret FROM secrets")):
            with self.writing():
                self.share(os.urandom(_SECRET))
            found = self._rows("SELECT secret FROM secrets")
        return bytes(found[0][0])

    def share(self, secret: bytes) -> None:
        """Have the secret of another log, within `writing`; one that has its own keeps it."""
        self._connection.execute("INSERT OR IGNORE INTO secrets VALUES (1, ?)", (secret,))

    # batches

    def append(self, batch: Logged, kind: Kind, rows: Sequence[Row]) -> None:
        """Append a batch with its rows, within `writing`."""
        told_at = batch.told_at.isoformat()
        its = (batch.id, batch.kind, batch.author, batch.sha256, batch.rows, told_at, batch.segment, batch.filled)
        self._connection.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*its, batch.body))
        self._connection.executemany(
            "INSERT INTO told VALUES (?, ?, ?, ?, ?, ?)",
            ((kind.name, kind.id_of(row), kind.digest(row), *_of_unit(kind, row), batch.id) for row in rows),
        )

    def known(self, kind: Kind, ids: Iterable[str]) -> Mapping[str, tuple[bytes, str]]:
        """Of the ids of rows those that were told before: the digest of the row, and the sha256 of its batch."""
        rows = self._rows(
            "SELECT key, digest, sha256 FROM told JOIN batches ON batches.id = batch "
            "WHERE told.kind = ? AND key IN (SELECT value FROM json_each(?))",
            (kind.name, json.dumps(list(ids))),
        )
        return {key: (digest, sha256) for key, digest, sha256 in rows}

    def told_of(self, kind: Kind, unit: str) -> list[Row]:
        """Every row told of a unit, in the order of the telling."""
        rows = self._rows("SELECT row FROM told WHERE unit = ? ORDER BY rowid", (f"{kind.name}|{unit}",))
        return [json.loads(row) for (row,) in rows]

    def first_author(self, kind: Kind, unit: str) -> str | None:
        """Who told of a unit first; None of one that nobody told of."""
        rows = self._rows(
            "SELECT author FROM told JOIN batches ON batches.id = batch WHERE unit = ? ORDER BY told.rowid LIMIT 1",
            (f"{kind.name}|{unit}",),
        )
        return next((author for (author,) in rows), None)

    def last(self, kind: str) -> Logged | None:
        """The last batch of a kind."""
        found = self._rows("SELECT * FROM batches WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,))
        return next(map(_logged, found), None)

    def end(self) -> tuple[int, datetime | None]:
        """The number of the last batch of all and when it was told; 0 and None before the first."""
        found = self._rows("SELECT id, told_at FROM batches ORDER BY id DESC LIMIT 1")
        return (found[0][0], datetime.fromisoformat(found[0][1])) if found else (0, None)

    def position(self) -> int:
        """The number of the last batch, whoever appended it: a look-up that costs next to nothing."""
        ((last,),) = self._rows("SELECT coalesce(max(id), 0) FROM batches")
        return int(last)

    def reached(self, kind: str) -> tuple[int, int]:
        """The number of the last batch of a kind and how many rows its segment has with it; 0 and 0 without one."""
        found = self._rows("SELECT id, filled FROM batches WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,))
        return (found[0][0], found[0][1]) if found else (0, 0)

    def segments(self, kind: str, after: int) -> list[tuple[str, int]]:
        """The segments with a batch of the kind after that number, each with the number of its last batch."""
        rows = self._rows(
            "SELECT segment, max(id) FROM batches WHERE kind = ? AND id > ? GROUP BY segment ORDER BY segment",
            (kind, after),
        )
        return [(segment, through) for segment, through in rows]

    def batches(self, kind: str, segment: str, through: int) -> Iterator[Logged]:
        """The batches of a segment up to a number, in their order."""
        rows = self._rows(
            "SELECT * FROM batches WHERE kind = ? AND segment = ? AND id <= ? ORDER BY id", (kind, segment, through)
        )
        yield from map(_logged, rows)

    def until(self, instant: datetime) -> list[Logged]:
        """Every batch told up to an instant, of all kinds, in their order."""
        batches = map(_logged, self._rows("SELECT * FROM batches ORDER BY id"))
        return [batch for batch in batches if batch.told_at <= instant]

    # tokens

    def add_token(self, token: Token) -> None:
        """Append a token, within `writing`."""
        self._connection.execute(
            "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)",
            (token.id, token.name, json.dumps(token.scopes), token.digest, token.made.isoformat()),
        )

    def revoke(self, token: str, because: str, at: datetime) -> None:
        """Append that a token holds no more, within `writing`; once is enough."""
        self._connection.execute(
            "INSERT INTO revocations VALUES (?, ?, ?) ON CONFLICT (token) DO NOTHING",
            (token, because, at.isoformat()),
        )

    def tokens(self) -> list[Token]:
        """Every token, the first made first."""
        return [_token(row) for row in self._rows(f"{_TOKENS} ORDER BY tokens.rowid")]

    def token(self, token_id: str) -> Token | None:
        """The token of that id, revoked or not."""
        return next((_token(row) for row in self._rows(f"{_TOKENS} WHERE id = ?", (token_id,))), None)

    # acts

    def note(self, act: Act) -> None:
        """Append what was done, within `writing`."""
        made = self._connection.execute(
            "INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?)",
            (act.at.isoformat(), act.token, act.author, act.act, act.says, act.batch, act.rows or 0),
        )
        if act.at_fault is not None:
            self._connection.execute("INSERT INTO refusals VALUES (?, ?)", (made.lastrowid, act.at_fault))

    def acts(self, most: int) -> list[Act]:
        """The last acts, the newest first."""
        rows = self._rows(
            "SELECT at, token, author, acts.act, says, batch, nullif(rows, 0), at_fault FROM acts "
            "LEFT JOIN refusals ON refusals.act = acts.rowid ORDER BY acts.rowid DESC LIMIT ?",
            (most,),
        )
        return [Act(datetime.fromisoformat(at), *rest) for at, *rest in rows]


def _of_unit(kind: Kind, row: Row) -> tuple[str | None, str | None]:
    """The unit that a row is about, and all it says, where rows bear on one another."""
    return (f"{kind.name}|{kind.unit_of(row)}", json.dumps(row)) if kind.unit else (None, None)


def _logged(row: tuple[Any, ...]) -> Logged:
    number, kind, author, sha256, rows, told_at, segment, filled, body = row
    return Logged(number, kind, author, sha256, rows, datetime.fromisoformat(told_at), segment, filled, body)


def _token(row: tuple[Any, ...]) -> Token:
    token_id, name, scopes, at, digest, revoked = row
    kept = {scope: tuple(values) for scope, values in json.loads(scopes).items()}
    return Token(
        token_id, name, kept, datetime.fromisoformat(at), digest, datetime.fromisoformat(revoked) if revoked else None
    )
