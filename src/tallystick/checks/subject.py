"""What a check is given, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tallystick.checks.profile import Profile, rows_of
from tallystick.engines.duckdb import DuckDB, named
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Deletes, Publication

EVIDENCE_ROWS = 20
_ROW = {"source_row", "row"}


@dataclass(frozen=True)
class Subject:
    """One published file of one release, what its source declares of it, and its measured scopes.

    `promised` are the scopes that the file's name says it holds; `lists` the files of each published list of codes
    that the archive holds.
    """

    release: Release
    table: str
    publication: Publication
    restates: str
    path: Path
    profiles: Mapping[str, Profile]
    engine: DuckDB
    deletes: Deletes | None = None
    promised: tuple[str, ...] = ()
    lists: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> str:
        """The published rows that state something, as an SQL table."""
        return rows_of(self.path, self.deletes)

    @cached_property
    def repeats_keys(self) -> bool:
        """Whether any two rows share the table's key; asked once for all the checks that look at such rows."""
        if not self.publication.key:
            return False
        key = ", ".join(map(named, self.publication.key))
        (told,) = self.query(
            f"SELECT count(*) > 0 AS any FROM (SELECT 1 FROM {self.rows} GROUP BY {key} HAVING count(*) > 1 LIMIT 1)"
        )
        return bool(told["any"])

    def query(self, sql: str) -> list[dict[str, Any]]:
        return list(self.engine.query(sql).to_pylist())

    def finding(self, kind: str, severity: Severity, says: str, scope: str | None = None, **more: Any) -> Finding:
        """A Finding about this release; `more` is its evidence, count and next step.

        Of a table of persons no single row is evidence.
        """
        if self.publication.one_row_a_person:
            more["evidence"] = [row for row in more.get("evidence", ()) if not _ROW & row.keys()]
        evidence = tuple({name: plain(cell) for name, cell in row.items()} for row in more.pop("evidence", ()))
        return Finding(self.release.id, kind, severity, says, scope, evidence=evidence[:EVIDENCE_ROWS], **more)


Check = Callable[[Subject], Iterable[Finding]]
Comparison = Callable[[Subject, Subject, tuple[str, ...]], Iterable[Finding]]
"""Holds a release against the one in force before it, for the scopes that it was in force for."""


def plain(cell: Any) -> Any:
    """A cell as JSON can keep it: money and dates as text."""
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


def usd(amount: Any) -> str:
    """An amount as a sentence gives it."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"
