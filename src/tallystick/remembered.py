"""What an Edition answered before: to be asked the same again costs a look-up and no derivation.

An answer is a function of its Edition, so it may be remembered for as long as the Edition and what is known of it
stay the same. The file is no record of anything: it may be thrown away, and whatever is wrong with it, the answer is
worked out anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

_MOST = 50_000
"""More than a site of all releases is made of (some 32,000), so that publishing the same Edition again finds them."""
_MADE = "CREATE TABLE IF NOT EXISTS answers (state TEXT, asked TEXT, told BLOB, UNIQUE (state, asked))"
_TAGS: dict[type, str] = {datetime: "(datetime)", date: "(date)", Decimal: "(decimal)"}
_TAGGED: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


@dataclass(frozen=True, eq=False)
class Lately:
    """What was recalled lately, as it is written down, so much of it: a look into memory makes no thread wait."""

    most: int = 32 << 20
    _told: OrderedDict[tuple[str, str], str] = field(default_factory=OrderedDict, init=False, repr=False)
    _size: list[int] = field(default_factory=lambda: [0], init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def get(self, state: str, asked: str) -> str | None:
        with self._lock:
            told = self._told.get((state, asked))
            if told is not None:
                self._told.move_to_end((state, asked))
            return told

    def put(self, state: str, asked: str, told: str) -> None:
        """Keep it, and give up what was recalled longest ago."""
        with self._lock:
            if (state, asked) not in self._told:
                self._told[state, asked] = told
                self._size[0] += len(told)
            while self._size[0] > self.most:
                _, gone = self._told.popitem(last=False)
                self._size[0] -= len(gone)


@dataclass(frozen=True)
class Remembered:
    """Answers by what was asked, of one `state`: the Edition and all that its answers say of it.

    What several have in common they recall `lately` from memory.
    """

    path: Path
    state: str
    lately: Lately = field(default_factory=Lately, repr=False)

    def recall(self, asked: str, work_out: Callable[[], Any]) -> Any:
        """What was answered to `asked`, else what `work_out` gives: text, numbers, dates, lists and mappings.

        A tuple comes back as a list. What cannot be written down, a time say, is not remembered.
        """
        told = self.lately.get(self.state, asked) or self._kept(asked)
        if told is not None:
            with suppress(ValueError):  # a mapping that looks like one of our marks and is none
                answer = json.loads(told, object_hook=_untagged)
                self.lately.put(self.state, asked, told)
                return answer
        made = work_out()
        with suppress(TypeError):  # it cannot be written down
            told = json.dumps(made, default=_tagged)
            self.lately.put(self.state, asked, told)
            self._keep(asked, told)
        return made

    def _kept(self, asked: str) -> str | None:
        """What the file has of it; None where that is not what was written."""
        rows = self._run(("SELECT told FROM answers WHERE state = ? AND asked = ?", (self.state, asked)))
        return next((_unsealed(told) for (told,) in rows), None)

    def _keep(self, asked: str, told: str) -> None:
        self._run(
            ("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (self.state, asked, _sealed(told))),
            ("DELETE FROM answers WHERE rowid <= (SELECT max(rowid) FROM answers) - ?", (_MOST,)),
        )

    def _run(self, *statements: tuple[str, tuple[object, ...]]) -> list[tuple[Any, ...]]:
        """The rows of statements over the file, each with its values; none where they cannot be run."""
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None)) as file:
                file.execute("PRAGMA synchronous = OFF")
                file.execute(_MADE)
                return [row for sql, values in statements for row in file.execute(sql, values)]
        except sqlite3.OperationalError:
            # The home may only be read, the disk is full, or another process writes for longer than we wait: what the
            # file has is as good as ever, and only this answer is not remembered.
            return []
        except sqlite3.DatabaseError:
            # It is damaged, and no record of anything: it goes, since else nothing would be remembered ever again.
            for path in (self.path, self.path.with_name(f"{self.path.name}-journal")):
                path.unlink(missing_ok=True)
            return []


def _sealed(told: str) -> bytes:
    """The text with its checksum before it: a database has none, and one bit makes another amount of an amount."""
    written = told.encode()
    return crc32(written).to_bytes(4, "big") + written


def _unsealed(kept: object) -> str | None:
    """The text, or None where it is not what was sealed."""
    if not isinstance(kept, bytes) or crc32(kept[4:]).to_bytes(4, "big") != kept[:4]:
        return None
    return kept[4:].decode()


def _tagged(cell: object) -> dict[str, str]:
    name = _TAGS.get(type(cell))
    if name is None:
        raise TypeError(f"{type(cell)} is not written down")
    return {name: str(cell)}


def _untagged(told: dict[str, Any]) -> Any:
    if len(told) == 1:
        ((name, text),) = told.items()
        if name[:1] == "(" and name[1:-1] in _TAGGED:
            return _TAGGED[name[1:-1]](text)
    return told
