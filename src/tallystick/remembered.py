"""What an Edition answered before: to be asked the same again costs a look-up and no derivation.

An answer is a function of its Edition, so it may be remembered for as long as the Edition and what is known of it
stay the same. The file is no record of anything: it may be thrown away, and whatever is wrong with it, the answer is
worked out anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

_MOST = 20_000
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
        with suppress(ValueError):
            told = self.lately.get(self.state, asked) or self._kept(asked)
            if told is not None:
                answer = json.loads(told, object_hook=_untagged)
                self.lately.put(self.state, asked, told)
                return answer
        made = work_out()
        with suppress(sqlite3.Error, TypeError):
            told = json.dumps(made, default=_tagged)
            self.lately.put(self.state, asked, told)
            with self._opened() as file:
                file.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", (self.state, asked, told))
                file.execute("DELETE FROM answers WHERE rowid <= (SELECT max(rowid) FROM answers) - ?", (_MOST,))
        return made

    def _kept(self, asked: str) -> str | None:
        """What the file has of it."""
        with suppress(sqlite3.Error), self._opened() as file:
            found = file.execute("SELECT told FROM answers WHERE state = ? AND asked = ?", (self.state, asked))
            return next((str(told) for (told,) in found), None)
        return None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as file:
            file.execute("PRAGMA synchronous = OFF")
            file.execute(
                "CREATE TABLE IF NOT EXISTS answers (state TEXT, asked TEXT, told TEXT, UNIQUE (state, asked))"
            )
            yield file


def _tagged(cell: object) -> dict[str, str]:
    for kind, name in ((datetime, "datetime"), (date, "date"), (Decimal, "decimal")):
        if isinstance(cell, kind):
            return {f"({name})": str(cell)}
    raise TypeError(f"{type(cell)} is not written down")


def _untagged(told: dict[str, Any]) -> Any:
    if len(told) == 1:
        ((name, text),) = told.items()
        if name[:1] == "(" and name[1:-1] in _TAGGED:
            return _TAGGED[name[1:-1]](text)
    return told
