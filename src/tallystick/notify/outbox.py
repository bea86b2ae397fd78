"""The outbox: what was told to whom, what is still to be told, and when to try again; it survives being killed.

What is new and the messages that tell of it are written in one transaction, and a message is done only when its
receiver said so: each is delivered at least once. Whoever sends takes it out for a while first (`LEASE`), so that two
processes do not send it at the same time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tallystick.errors import ArchiveError
from tallystick.notify.hooks import Hook
from tallystick.notify.news import Event, State

LEASE = 120
"""How many seconds a message that is being sent is left alone by others."""
RETRIES = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds until each further try, as Standard Webhooks advises; after the last of them a message is given up."""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS seen (what TEXT, name TEXT, state TEXT, UNIQUE (what, name))",
    "CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, hook TEXT NOT NULL, body TEXT NOT NULL, "
    "tries INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL, ended TEXT)",
)
_ALL = "*"


@dataclass(frozen=True)
class Message:
    """One body for one hook. Its `id` stays the same however often it is sent, so that the receiver can tell."""

    id: str
    hook: str
    body: str
    tries: int


class Outbox:
    """One outbox file; safe to open in several processes at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._transaction() as file:
            for table in _TABLES:
                file.execute(table)

    def before(self) -> State:
        """How everything stood when we last looked; what was never looked at is not in it."""
        found: dict[str, dict[str, str]] = {}
        with self._transaction() as file:
            for what, name, state in file.execute("SELECT what, name, state FROM seen"):
                its = found.setdefault(what, {})
                if name != _ALL:
                    its[name] = state
        return found

    def note(self, state: State, events: Iterable[Event], hooks: Sequence[Hook], now: datetime) -> None:
        """Keep how everything stands, and a message for each hook that wants to hear of an event."""
        made = [(hook, event) for event in events for hook in hooks if event.what in hook.tells]
        with self._transaction() as file:
            for what, its in state.items():
                rows = [(what, _ALL, ""), *((what, name, stands) for name, stands in its.items())]
                file.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", rows)
            for hook, event in made:
                body = _body(event, now)
                file.execute(
                    "INSERT OR IGNORE INTO messages (id, hook, body, due) VALUES (?, ?, ?, ?)",
                    (_id(hook, event), hook.name, body, _seconds(now)),
                )

    def take(self, hooks: Iterable[str], now: datetime) -> Message | None:
        """A message that is due for one of these hooks, taken out for `LEASE` seconds; None when there is none."""
        names = json.dumps(list(hooks))
        with self._transaction() as file:
            found = file.execute(
                "SELECT id, hook, body, tries FROM messages WHERE ended IS NULL AND due <= ? "
                "AND hook IN (SELECT value FROM json_each(?)) ORDER BY due, rowid LIMIT 1",
                (_seconds(now), names),
            ).fetchone()
            if found is None:
                return None
            file.execute("UPDATE messages SET due = ? WHERE id = ?", (_seconds(now) + LEASE, found[0]))
        return Message(*found)

    def done(self, message: Message) -> None:
        """Its receiver has it."""
        self._end(message, "delivered")

    def failed(self, message: Message, now: datetime, for_good: bool = False) -> None:
        """It could not be delivered: try again later, or not when that was the last try or is of no use."""
        if for_good or message.tries >= len(RETRIES):
            self._end(message, "given up")
            return
        due = _seconds(now) + RETRIES[message.tries]
        with self._transaction() as file:
            file.execute("UPDATE messages SET tries = tries + 1, due = ? WHERE id = ?", (due, message.id))

    def waiting(self) -> int:
        """How many messages are still to be delivered."""
        with self._transaction() as file:
            return int(file.execute("SELECT count(*) FROM messages WHERE ended IS NULL").fetchone()[0])

    def _end(self, message: Message, how: str) -> None:
        with self._transaction() as file:
            file.execute("UPDATE messages SET tries = tries + 1, ended = ? WHERE id = ?", (how, message.id))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            try:
                file.execute("PRAGMA synchronous = FULL")
                file.execute("BEGIN IMMEDIATE")
                yield file
                file.execute("COMMIT")
            finally:
                file.close()
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"the outbox cannot be used: {error}",
                where=str(self._path),
                next_step="free some space; if it is damaged, move it away: what is new from then on is told",
            ) from error


def _body(event: Event, now: datetime) -> str:
    told = {"type": event.type, "timestamp": now.isoformat().replace("+00:00", "Z"), "data": event.data}
    return json.dumps(told, sort_keys=True)


def _id(hook: Hook, event: Event) -> str:
    told = json.dumps([hook.name, event.type, event.name, event.data], sort_keys=True)
    return f"msg_{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
