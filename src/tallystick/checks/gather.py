"""Gathers what a release is judged beside as a whole: its tables, its series, the lists of other sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallystick.archive.ledger import Publication
from tallystick.catalog import Catalog
from tallystick.checks.dossier import Dossier, Rows
from tallystick.checks.profile import rows_of
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source

Published = tuple[Release, Publication]
Place = tuple[str, str]
_FEW_ROWS, _LONG_FILES = 100, 8


@dataclass(frozen=True)
class Shelf:
    """The rows of published files, which never change: each short file is read once. `learned` is what checks made of
    them."""

    published: Callable[[str, str], Path]
    kept: dict[Path, Rows] = field(default_factory=dict)
    long: list[Path] = field(default_factory=list)
    learned: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def rows(self, engine: DuckDB, table: str, publication: Publication) -> Rows:
        """The rows of one table of a release; none where it does not have the table."""
        paths = [self.published(table, file["file"]) for file in publication.files if file["table"] == table]
        return tuple(row for path in paths for row in self._of(engine, path))

    def _of(self, engine: DuckDB, path: Path) -> Rows:
        if path not in self.kept:
            rows = tuple(engine.query(f"SELECT * FROM {rows_of(path)}").to_pylist())
            self.kept[path] = rows
            if len(rows) > _FEW_ROWS:
                self.long.append(path)
            if len(self.long) > _LONG_FILES:
                del self.kept[self.long.pop(0)]
            return rows
        return self.kept[path]


@dataclass(frozen=True)
class Gathering:
    """What belongs to the dossier of one release. `known` are all releases of the Edition by source, in their order;
    `before` are those in force for each table and scope until this one came."""

    release: Release
    publication: Publication
    source: Source
    catalog: Catalog
    known: Mapping[str, Sequence[Published]]
    before: Mapping[Place, Published]

    @property
    def is_wanted(self) -> bool:
        """Whether the source declares anything that is judged of a whole release."""
        return any(told.expect.of_the_whole for told in self.source.publishes.values())

    def earlier(self) -> tuple[Published, ...]:
        """The releases of the source that come before this one, oldest first, if a check asks for the series."""
        if not self._in_series():
            return ()
        own = self.known.get(self.source.id, ())
        place = next((i for i, (release, _) in enumerate(own) if release.id == self.release.id), len(own))
        return tuple(own[:place])

    def others(self) -> Mapping[str, Published]:
        """By table that others publish, its last release that speaks for no later day than this one."""
        found: dict[str, Published] = {}
        for table in self._other_tables():
            keeper = self.catalog.published[table]
            for release, its in reversed(self.known.get(keeper.id, ())):
                is_early = keeper.always_known or release.speaks_for <= self.release.speaks_for
                if is_early and any(file["table"] == table for file in its.files):
                    found[table] = release, its
                    break
        return found

    def under(self) -> list[list[str]]:
        """What the Findings rest on beside the release itself."""
        held = [("", pair) for pair in self.earlier()] + sorted(self.others().items())
        return [[table, release.id, its.reading] for table, (release, its) in held]

    def dossier(self, shelf: Shelf, engine: DuckDB) -> Dossier:
        """The rows laid side by side."""
        asked = set(self._own_tables())
        series = {
            table: tuple((release, shelf.rows(engine, table, its)) for release, its in self.earlier())
            for table in self._in_series()
        }
        return Dossier(
            self.release,
            self.source,
            {table: shelf.rows(engine, table, self.publication) for table in sorted(asked)},
            {table: tuple(held for held in all_ if held[1]) for table, all_ in series.items()},
            {table: (held[0], shelf.rows(engine, table, held[1])) for table, held in self.others().items()},
            {
                place: (
                    held[0],
                    tuple(row for row in shelf.rows(engine, place[0], held[1]) if row["scope"] == place[1]),
                )
                for place, held in self.before.items()
                if place[0] in asked
            },
            shelf.learned,
        )

    def _in_series(self) -> list[str]:
        return [table for table, told in self.source.publishes.items() if told.expect.sheets]

    def _own_tables(self) -> Iterator[str]:
        """The tables that a check of the whole asks for, and those whose rows say which sheet they are of."""
        for table, told in self.source.publishes.items():
            if told.expect.of_the_whole or (self._in_series() and "sheet" in told.columns):
                yield table

    def _other_tables(self) -> list[str]:
        told = [its.expect for its in self.source.publishes.values()]
        asked = {table for its in told for table in its.other_tables} & set(self.catalog.published)
        # Another release of this source may hold what a list here was taken from; of its own rows it has `tables`.
        own = set(self.source.publishes) - {beside.table for its in told for beside in its.told_by}
        return sorted(asked - own)
