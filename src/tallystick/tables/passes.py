"""Works out a table value by value in several passes, so that what it takes of memory does not grow with its rows.

Each pass has the values of one share of their hashes. A row that lacks its value is in every pass, with all that
decides what it is given; of what comes of it only what falls to the pass is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.engines.duckdb import DuckDB, named
from tallystick.tables.graph import Graph
from tallystick.tables.inputs import Inputs, inputs_by_value

AT_ONCE = 2_500_000
"""Rows in a pass: awards take some 600 bytes of memory for each action while they are worked out."""


@dataclass(frozen=True)
class Passes:
    """The passes over one table that says `by`; `engine` has the database file of an Edition open."""

    engine: DuckDB
    graph: Graph
    name: str

    def count(self) -> int:
        """How many are needed."""
        rows = sum(self._rows(name) for name in self._inputs.rows)
        return max(1, -(-rows // AT_ONCE))

    def selects(self, count: int) -> Iterable[str]:
        """The SELECT of each pass; together they are all rows of the table, each once."""
        for name in self._inputs.rows:
            self.engine.run(f"CREATE OR REPLACE TEMP VIEW {_all(name)} AS SELECT * FROM {named(name)}")
        return [self._select(f"hash({_list(self._inputs.by)}) % {count} = {place}") for place in range(count)]

    def _select(self, is_of_it: str) -> str:
        rows = [f"{named(name)} AS ({self._share(name, is_of_it)})" for name in self._inputs.rows]
        made = [f"{named(name)} AS ({self.graph.derived(its)})" for name, its in self._inputs.between.items()]
        whole = self.graph.derived(self.graph.derivations[self.name])
        return f"WITH {', '.join([*rows, *made])} SELECT * FROM ({whole}) WHERE {is_of_it}"

    def _share(self, name: str, is_of_it: str) -> str:
        if name not in self._inputs.keyed:
            return f"SELECT * FROM {_all(name)} WHERE {is_of_it}"
        lacks = " OR ".join(f"{named(column)} IS NULL" for column in self._inputs.by)
        within = _list(self._inputs.keyed[name].within[name])
        lacking = f"(SELECT {within} FROM {_all(name)} WHERE {lacks})"
        return (
            f"SELECT * FROM {_all(name)} WHERE ({is_of_it}) OR ({lacks}) UNION ALL "
            f"SELECT * FROM (SELECT * FROM {_all(name)} WHERE NOT ({is_of_it}) AND NOT ({lacks})) "
            f"SEMI JOIN {lacking} USING ({within})"
        )

    def _rows(self, name: str) -> int:
        ((count,),) = self.engine.run(f"SELECT count(*) FROM {named(name)}").fetchall()
        return int(count)

    @property
    def _inputs(self) -> Inputs:
        return inputs_by_value(self.graph, self.name)


def _all(name: str) -> str:
    return named(f"all rows of {name}")


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(named, columns))
