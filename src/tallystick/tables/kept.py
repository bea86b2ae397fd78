"""Keeps the rows of derived tables, so that each question over one does not derive them anew.

A table that is worked out value by value (`by`) is kept whole for one Edition; for others only what stands otherwise
is kept, below the whole that it stands beside.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tallystick.archive.durable import incoming
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.errors import ArchiveError
from tallystick.nouns.edition import Edition
from tallystick.tables.build import Warehouse, write
from tallystick.tables.graph import Graph
from tallystick.tables.inputs import inputs_by_value
from tallystick.tables.passes import Passes
from tallystick.tables.touched import BEFORE, NOW, VALUES, Touched

_TRIED = 3  # wholes, the newest first
_FEW = 1_000  # values touched are never too many
_MOST = 0.2  # of a table's rows: where more values were touched, it costs no more to work out all
_OUT = "place of a row that is out"


def keep(engine: DuckDB, name: str, edition: Edition, graph: Graph, warehouse: Warehouse, told: str = "true") -> None:
    """Have the rows of a derived table kept, and `name` mean those that are and meet the condition `told`.

    `engine` has the database file of `edition` open. The Parquet is known by what the rows are made from, so
    Editions that differ in other tables share it. Tables that are not views over all rows stay as they are.
    """
    if graph.is_over_all_rows(name):
        rows = Kept(engine, name, edition, graph, warehouse).rows()
        engine.run(f"CREATE OR REPLACE TEMP VIEW {named(name)} AS SELECT * FROM ({rows}) WHERE {told}")


@dataclass(frozen=True)
class Kept:
    """The rows of one derived table in one Edition, whose database file `engine` has open."""

    engine: DuckDB
    name: str
    edition: Edition
    graph: Graph
    warehouse: Warehouse

    def rows(self) -> str:
        """The SELECT of the rows; derived now, if nobody asked for them yet."""
        if not self.graph.derivations[self.name].by:
            return _all_of(self._whole(self.warehouse.derived(self.name, self._told)))
        for path in sorted(self._folder.glob(f"{self._code}-{self._told}-*.parquet")):
            return _all_of(path)
        for beside in sorted(self._folder.glob(f"*/{self._told}.parquet")):
            return _amended(_whole_of(beside), beside)
        for whole in self._wholes():
            beside = whole.with_suffix("") / f"{self._told}.parquet"
            if self._is_written(beside, whole):
                return _amended(whole, beside)
        return _all_of(self._whole(self._folder / f"{self._code}-{self._told}-{self.edition.id}.parquet"))

    def _whole(self, path: Path) -> Path:
        """The file of all rows. What several tables are made from is kept first: hundreds of small files are then
        read once and not for each."""
        if not path.exists():
            for needed in sorted((self.graph.made_from(self.name) - {self.name}) & self.graph.reused):
                keep(self.engine, needed, self.edition, self.graph, self.warehouse)
            self._write(path)
        return path

    def _write(self, path: Path) -> None:
        """All rows, in as many passes as keep the memory bounded where they are worked out value by value."""
        passes = Passes(self.engine, self.graph, self.name)
        count = passes.count() if self.graph.derivations[self.name].by else 1
        if count == 1:
            write(self.engine, f"SELECT * FROM {named(self.name)}", path, self.warehouse)
            return
        with incoming(self.warehouse.root) as beside:
            for place, select in enumerate(passes.selects(count)):
                self.engine.write_lightly(select, beside.with_name(f"{place:04}.parquet"))
            every = quoted(f"{beside.parent}/*.parquet")
            write(self.engine, f"SELECT * FROM read_parquet({every})", path, self.warehouse)

    def _wholes(self) -> list[Path]:
        """The wholes that other Editions of the same records kept, those newest that were made last."""
        found = [path for path in self._folder.glob(f"{self._code}-*.parquet") if self._database(path).exists()]
        return sorted(found, key=lambda path: (-path.stat().st_mtime, path))[:_TRIED]

    def _database(self, whole: Path) -> Path:
        return self.warehouse.edition(whole.stem.rpartition("-")[2])

    def _is_written(self, beside: Path, whole: Path) -> bool:
        """Write what stands otherwise than in `whole`: new rows, and the places there of those that are out.

        False, and nothing is written, where all must be worked out, or that costs no more.
        """
        derivation = self.graph.derivations[self.name]
        its = f"read_parquet({quoted(str(whole))}, file_row_number = true)"
        with self.engine.aside() as engine:
            try:
                engine.attach(self.warehouse.edition(self.edition.id), NOW)
                engine.attach(self._database(whole), BEFORE)
            except ArchiveError:  # the warehouse forgot one of them: who has it open has it still
                return False
            engine.run(f"USE {NOW}")
            touched = Touched(engine, self.graph, inputs_by_value(self.graph, self.name), self.warehouse.root)
            if touched.lookups_differ():
                return False
            count, ((rows,),) = touched.find(), engine.run(f"SELECT count(*) FROM {its}").fetchall()
            if count is None or count > max(_FEW, rows * _MOST):
                return False
            by = ", ".join(map(named, derivation.by))
            out = f"SELECT file_row_number AS {named(_OUT)} FROM {its} SEMI JOIN {VALUES} USING ({by})"
            write(engine, f"{touched.anew(derivation)} UNION ALL BY NAME {out}", beside, self.warehouse)
        return True

    @property
    def _folder(self) -> Path:
        return self.warehouse.derived(self.name, "any").parent

    @property
    def _code(self) -> str:
        return _short(self.edition.code)

    @property
    def _told(self) -> str:
        behind = self.graph.published(self.name)
        parts = [part for part in self.edition.parts if part.table in behind]
        return _short([self.edition.code, *self.edition.merged, *parts])


def _short(told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _whole_of(beside: Path) -> Path:
    return beside.parent.with_suffix(".parquet")


def _all_of(path: Path) -> str:
    return f"SELECT * FROM read_parquet({quoted(str(path))})"


def _amended(whole: Path, beside: Path) -> str:
    """The rows of `whole` but those that `beside` has out, and its own."""
    files = [f"read_parquet({quoted(str(path))}" for path in (whole, beside)]
    out = named(_OUT)
    return (
        f"SELECT whole.* EXCLUDE (file_row_number) FROM {files[0]}, file_row_number = true) AS whole "
        f"ANTI JOIN (SELECT {out} FROM {files[1]}) WHERE {out} IS NOT NULL) AS gone "
        f"ON whole.file_row_number = gone.{out} "
        f"UNION ALL BY NAME SELECT * EXCLUDE ({out}) FROM {files[1]}) WHERE {out} IS NULL"
    )
