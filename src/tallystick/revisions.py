"""What changed between two releases, or between what was known on two days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tallystick import clock
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import EditionError, UnknownName, UsageError
from tallystick.metrics.filters import filtered
from tallystick.nouns.days import refuse_to_come
from tallystick.nouns.difference import Difference
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Values
from tallystick.nouns.release import Release
from tallystick.pipeline import Pipeline, code
from tallystick.tables.statements import compiled
from tallystick.tables.states import State, comparison

Named = str | date
"""A release or an Edition by its id, or a day (`2026-02-13`): the Edition as known then."""


@dataclass(frozen=True)
class Revisions:
    """Compares two states of the tables of one home folder."""

    pipeline: Pipeline

    def between(
        self, before: Named, after: Named, table: str | None = None, where: Mapping[str, Values] | None = None
    ) -> tuple[Difference, ...]:
        """A Difference for `table`, or for each table that a state fills; of the rows that `where` lets through.

        Two releases are compared by the tables that they publish, two Editions by the canonical tables into which
        rows of either are mapped. Raises `UnknownName` for an id that the ledger does not have, `UsageError` when a
        release is set against an Edition or the releases share no table.
        """
        if self._is_release(before) != self._is_release(after):
            raise UsageError(
                f"{before} and {after} cannot be compared: one is a release, the other an Edition",
                next_step="name two releases, or two days or Editions",
            )
        sides = self._states(before), self._states(after)
        hidden = self.pipeline.catalog.only_counted
        if table in hidden or (_shared(*sides) and _shared(*sides) <= hidden):
            raise UsageError(
                "rows of this table are about single persons: they are counted, and never shown",
                next_step="compare a table of counts between two Editions",
            )
        shared = [name for name in sides[0] if name in sides[1] and name not in hidden]
        if table is not None and table not in shared:
            raise UnknownName("table of both", table, shared)
        if not shared:
            raise UsageError(
                f"{before} and {after} share no table",
                next_step="name two releases of one source, or two days or Editions",
            )
        compared = shared if self._is_release(before) else self._filled(before, after)
        chosen = [table] if table else [name for name in shared if name in compared]
        return tuple(self._difference(name, (sides[0][name], sides[1][name]), where or {}) for name in chosen)

    def _difference(self, table: str, sides: tuple[State, State], where: Mapping[str, Values]) -> Difference:
        graph, settings = self.pipeline.graph, self.pipeline.settings
        sql = compiled(filtered(graph.unbound(table), where))
        sources = {release.id: release.source for release in self.pipeline.ledger.releases()}
        with DuckDB(threads=settings.threads, memory=settings.memory_limit) as engine:
            return comparison(graph, table, sql, sources, sides[0].name in sources).run(*sides, engine)

    def _is_release(self, wanted: Named) -> bool:
        return isinstance(wanted, str) and self.pipeline.ledger.release(wanted) is not None

    def _filled(self, *sides: Named) -> frozenset[str]:
        """The canonical tables into which rows of an Edition are mapped, of either."""
        behind = {part.table for side in sides for part in self._edition(side).parts}
        parts = self.pipeline.graph.parts.items()
        return frozenset(name for name, of in parts if any(derivation.inputs[0] in behind for derivation in of))

    def _states(self, wanted: Named) -> Mapping[str, State]:
        """The state of each table that a release publishes, or that an Edition has."""
        if isinstance(wanted, str) and (release := self.pipeline.ledger.release(wanted)):
            return self._of_release(release)
        edition = self._edition(wanted)
        return dict.fromkeys(self.pipeline.graph.names, State(edition.id, self._file(edition)))

    def _of_release(self, release: Release) -> Mapping[str, State]:
        folder = self.pipeline.settings.home / "published"
        files = self.pipeline.readings.of(release).files
        return {file["table"]: State(release.id, folder / file["table"] / file["file"]) for file in files}

    def _edition(self, wanted: Named) -> Edition:
        day = wanted if isinstance(wanted, date) else _day(wanted)
        if day is not None:
            refuse_to_come(day, clock.now().date())
            return self.pipeline.edition(day)
        built = self.pipeline.ledger.edition(str(wanted))
        if built is not None:
            return built.edition
        raise UsageError(
            f"no release or Edition is called '{wanted}'",
            next_step="name a day (2026-02-28: the Edition as known then), an Edition's id as every answer states it "
            "(9480cae8eebe), or a release's id as 'tallystick releases' lists it (c6e695f66a50)",
        )

    def _file(self, edition: Edition) -> Path:
        """An Edition's file: the one that lies there, or made again while the records are what they were."""
        file = self.pipeline.warehouse.edition(edition.id)
        if file.exists():
            return file
        if edition.code != code(self.pipeline.catalog):
            raise EditionError(
                f"Edition {edition.id} was made under other records, and its file is gone",
                where=f"records {edition.code}",
                next_step="go back to those records, or name a day instead of the Edition",
            )
        return self.pipeline.built(edition)


def _shared(one: Mapping[str, State], other: Mapping[str, State]) -> set[str]:
    """The tables that both states fill."""
    return one.keys() & other.keys()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None
