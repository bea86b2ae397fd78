"""The states of tables that can be compared: a release's published rows, or an Edition's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named
from tallystick.engines.engine import ParquetView
from tallystick.errors import UnknownName
from tallystick.nouns.difference import Difference
from tallystick.nouns.source import Restates
from tallystick.tables.difference import Ours, Pairing, difference
from tallystick.tables.graph import Graph


@dataclass(frozen=True)
class State:
    """What a table was: `name` is the id of the release or Edition, `file` its Parquet or database file."""

    name: str
    file: Path

    def load(self, engine: DuckDB, side: str, table: str, sql: str) -> None:
        """Run `sql`, a SELECT over `table`, on this state and keep its rows as the engine's table `side`."""
        if self.file.suffix == ".parquet":
            engine.view(table, ParquetView((self.file,), {}))
            engine.run(f"CREATE TEMP TABLE {named(side)} AS {sql}")
            engine.run(f"DROP VIEW {named(table)}")
            return
        engine.attach(self.file, "state")
        engine.run("USE state")
        engine.run(f"CREATE TEMP TABLE {named(side)} AS {sql}")
        engine.run("USE memory")
        engine.run("DETACH state")


@dataclass(frozen=True)
class Comparison:
    """A table to be compared: the columns that pair its rows, those left aside, and the SELECT of the rows meant.

    `ours` says, by release, which columns of its rows are derived by us.
    """

    table: str
    key: tuple[str, ...]
    aside: tuple[str, ...]
    sql: str
    ours: Ours = field(default_factory=dict)

    def run(self, before: State, after: State, engine: DuckDB) -> Difference:
        """The rows that the two states do not share. The engine must be empty and in memory."""
        before.load(engine, "before", self.table, self.sql)
        after.load(engine, "after", self.table, self.sql)
        return difference(engine, self.table, (before.name, after.name), Pairing(self.key, self.aside, self.ours))


def comparison(
    graph: Graph, table: str, sql: str, sources: Mapping[str, str] | None = None, is_release: bool = False
) -> Comparison:
    """How `table` is compared: by the columns it declares. Raises `UnknownName`.

    `sources` names the source of each release: with it is known which columns of a row are derived by us. A state
    that `is_release` holds one day of a series of snapshots, an Edition many.
    """
    if table in graph.catalog.published:
        source = graph.catalog.published[table]
        key = tuple(source.publishes[table].key)
        if key and source.restates is Restates.SNAPSHOTS and not is_release:
            key = (*key, "as_of")
        return Comparison(table, key, (), sql)
    parts = [part for part in graph.derivations.values() if table == (part.rows_of or part.name)]
    if parts:
        key = parts[0].key
        across = next((part.across for part in parts if part.across), key)
        by_source = {graph.catalog.published[part.inputs[0]].id: part.ours for part in parts if part.rows_of}
        ours = {release: by_source.get(source, ()) for release, source in (sources or {}).items()}
        return Comparison(table, across, tuple(name for name in key if name not in across), sql, ours)
    raise UnknownName("table", table, graph.names)
