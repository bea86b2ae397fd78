"""Of a table worked out value by value, the values that differ between two Editions, and what stands of them.

A row belongs to the value that it is summed up under. One that lacks it is given it by the rows that agree with it in
the columns that decide it (`within`), so it ties their values together. Whatever is tied to a row that only one of
the Editions has is worked out anew, whole; nothing else can stand otherwise than it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named
from tallystick.nouns.table import Derivation
from tallystick.tables.fingerprint import contents
from tallystick.tables.graph import Graph
from tallystick.tables.inputs import Inputs
from tallystick.tables.lying import changed
from tallystick.tables.statements import compiled

NOW, BEFORE = "now", "before"
VALUES = named("touched values")


@dataclass(frozen=True)
class Touched:
    """Two Editions attached to an engine as `now`, whose tables have bare names, and `before`.

    `root` is where the files of both lie.
    """

    engine: DuckDB
    graph: Graph
    inputs: Inputs
    root: Path

    def lookups_differ(self) -> bool:
        """Whether anything that is asked as a whole holds other rows: then every row may stand otherwise."""
        both = [[f"{side}.{named(name)}" for side in (NOW, BEFORE)] for name in self.inputs.lookups]
        return any(contents(self.engine, now) != contents(self.engine, before) for now, before in both)

    def find(self) -> int | None:
        """Make the table of the values that were touched and give their number.

        None where a row was touched that has no value and nothing to decide it: no equality finds what it ties.
        """
        first, *_ = self.inputs.rows
        self._make(VALUES, first, self.inputs.by, ())
        for name in self.inputs.rows:
            self._take_changed(name)
        while any(self._spread(name) for name in self.inputs.keyed):
            pass
        lacks = _lacks(self.inputs.by)
        undecided = [(_rows(name), f"({lacks}) AND ({_lacks(self._within(name))})") for name in self.inputs.keyed]
        lost = [(VALUES, lacks), *undecided]
        return None if any(self._count(*rows) for rows in lost) else self._count(VALUES, "true")

    def anew(self, derivation: Derivation) -> str:
        """The SELECT of what stands of the touched values now."""
        rows = [f"{named(name)} AS ({self._tied(name, NOW)})" for name in self.inputs.rows]
        made = [f"{named(name)} AS ({self.graph.derived(its)})" for name, its in self.inputs.between.items()]
        return f"WITH {', '.join([*rows, *made])} SELECT * FROM ({self.graph.derived(derivation)})"

    def _take_changed(self, name: str) -> None:
        rows = changed(self.engine, name, self.root, (NOW, BEFORE))
        if name not in self.inputs.keyed:
            self._add(rows)
            return
        self._make(_rows(name), name, self._columns(name), rows)
        self._add([f"FROM {_rows(name)} WHERE NOT ({_lacks(self.inputs.by)})"])

    def _spread(self, name: str) -> bool:
        """Take in the values of all rows that tie to those found; whether there were others. Where every row has its
        value, none are."""
        lacks = _lacks(self.inputs.by)
        if not self._count(_rows(name), lacks) and not self._count(f"{NOW}.{named(name)}", lacks):
            return False
        before = self._count(VALUES, "true"), self._count(_rows(name), "true")
        decided = f"FROM {NOW}.{named(name)} SEMI JOIN {_rows(name)} USING ({_list(self._within(name))})"
        valued = f"FROM {NOW}.{named(name)} SEMI JOIN {VALUES} USING ({_list(self.inputs.by)})"
        self._make(_rows(name), name, self._columns(name), [decided, valued, f"FROM {_rows(name)}"])
        self._add([f"FROM {_rows(name)} WHERE NOT ({lacks})", *(self._keyed(name, side) for side in (NOW, BEFORE))])
        return before != (self._count(VALUES, "true"), self._count(_rows(name), "true"))

    def _keyed(self, name: str, side: str) -> str:
        """SELECT the rows of one side that tie to the values found, those that lacked their value given it."""
        given = compiled(self.inputs.keyed[name].keyed[name](self.graph.unbound(name)).select(self.inputs.by))
        return f"WITH {named(name)} AS ({self._tied(name, side)}) SELECT * FROM ({given})"

    def _tied(self, name: str, side: str) -> str:
        rows = f"{side}.{named(name)}"
        tied = f"SELECT * FROM {rows} SEMI JOIN {VALUES} USING ({_list(self.inputs.by)})"
        if name not in self.inputs.keyed:
            return tied
        lacking = f"(SELECT * FROM {rows} WHERE {_lacks(self.inputs.by)})"
        return f"{tied} UNION ALL SELECT * FROM {lacking} SEMI JOIN {_rows(name)} USING ({_list(self._within(name))})"

    def _columns(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.inputs.by, *self._within(name))))

    def _within(self, name: str) -> Sequence[str]:
        return self.inputs.keyed[name].within[name]

    def _add(self, selects: Sequence[str]) -> None:
        first, *_ = self.inputs.rows
        self._make(VALUES, first, self.inputs.by, [*selects, f"FROM {VALUES}"])

    def _make(self, made: str, like: str, columns: Iterable[str], selects: Iterable[str]) -> None:
        """Make a table of the columns of some rows, each once, as they are in the table `like`."""
        listed = _list(columns)
        rows = [f"SELECT {listed} FROM {NOW}.{named(like)} WHERE false"]
        rows += [f"SELECT {listed} FROM ({select})" for select in selects]
        self.engine.run(f"CREATE OR REPLACE TEMP TABLE {made} AS {' UNION '.join(rows)}")

    def _count(self, rows: str, condition: str) -> int:
        ((count,),) = self.engine.run(f"SELECT count(*) FROM {rows} WHERE {condition}").fetchall()
        return int(count)


def _rows(name: str) -> str:
    return named(f"touched rows of {name}")


def _lacks(columns: Iterable[str]) -> str:
    return " OR ".join(f"{named(column)} IS NULL" for column in columns)


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(named, columns))
