"""What an Edition answered before: to be asked the same again costs a look-up and no derivation.

An answer is a function of its Edition, so it may be remembered for as long as the Edition and what is known of it
stay the same. The file is no record of anything: it may be thrown away, and whatever is wrong with it, the answer is
worked out anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

_MOST = 20_000
_TAGGED: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


@dataclass(frozen=True)
class Remembered:
    """Answers by what was asked, of one `state`: the Edition and all that its answers say of it."""

    path: Path
    state: str

    def recall(self, asked: str, work_out: Callable[[], Any]) -> Any:
        """What was answered to `asked`, else what `work_out` gives: text, numbers, dates, lists and mappings.

        A tuple comes back as a list. What cannot be written down, a time say, is not remembered.
        """
        with suppress(sqlite3.Error, ValueError), self._opened() as file:
            found = file.execute("SELECT told FROM answers WHERE state = ? AND asked = ?", (self.state, asked))
            for (told,) in found:
                return json.loads(told, object_hook=_untagged)
        made = work_out()
        with suppress(sqlite3.Error, TypeError), self._opened() as file:
            told = json.dumps(made, default=_tagged)
            file.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", (self.state, asked, told))
            file.execute("DELETE FROM answers WHERE rowid <= (SELECT max(rowid) FROM answers) - ?", (_MOST,))
        return made

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
