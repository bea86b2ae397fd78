"""A release with all its tables side by side and what it is held against: its series, other lists of its day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from tallystick.checks.subject import EVIDENCE_ROWS, plain
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source

Row = Mapping[str, Any]
Rows = tuple[Row, ...]
Held = tuple[Release, Rows]
"""One table of another release."""


@dataclass(frozen=True)
class Dossier:
    """`tables` are the rows of the release by table, only of those that a check of whole releases asks for.

    `earlier` are, by table, the releases of its source that come before it, oldest first; `others`, by table of
    any source, the release that speaks for the same day or the last day before it; `last`, by table and scope, the
    rows of that scope in the release in force before it. `learned` keeps what checks made of lists that many releases
    are held against.
    """

    release: Release
    source: Source
    tables: Mapping[str, Rows]
    earlier: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    others: Mapping[str, Held] = field(default_factory=dict)
    last: Mapping[tuple[str, str], Held] = field(default_factory=dict)
    learned: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def named(self) -> Mapping[str, str]:
        """What the groups of `releases.match` read in the file's name, those that it has."""
        return self.named_in(self.release.name)

    def named_in(self, name: str) -> Mapping[str, str]:
        """The same of another file's name."""
        found = (re.fullmatch(pattern, name) for pattern in self.source.releases.match)
        groups = next((match.groupdict() for match in found if match), {})
        return {name: said for name, said in groups.items() if said}

    @property
    def named_day(self) -> date | None:
        """The day that the file's own name says, whatever was stated of it since."""
        said = self.named
        parts = [said.get(part) for part in ("year", "month", "day")]
        try:
            if all(parts):
                year, month, day = (int(part or 0) for part in parts)
                return date(year % 2000 + 2000, month, day)
            return date.fromisoformat(said["as_of"]) if "as_of" in said else None
        except ValueError:
            return None

    def by_scope(self, table: str) -> Mapping[str, Rows]:
        """The rows of one table, scope by scope."""
        found: dict[str, list[Row]] = {}
        for row in self.tables.get(table, ()):
            found.setdefault(row.get("scope") or "all", []).append(row)
        return {scope: tuple(rows) for scope, rows in sorted(found.items())}

    @cached_property
    def scopes_of_sheets(self) -> Mapping[str, tuple[str, ...]]:
        """The scopes that were read from each sheet."""
        found: dict[str, set[str]] = {}
        for table, rows in self.tables.items():
            for row in rows if self.source.publishes[table].expect.sheets is None else ():
                if row.get("sheet") and row.get("scope"):
                    found.setdefault(row["sheet"], set()).add(row["scope"])
        return {sheet: tuple(sorted(scopes)) for sheet, scopes in found.items()}

    def expecting(self, name: str) -> Iterable[tuple[str, Any, Rows]]:
        """Each table of the release for which `expect` declares `name`: its name, what is declared, its rows."""
        for table, rows in self.tables.items():
            declared = getattr(self.source.publishes[table].expect, name)
            if declared:
                yield table, declared, rows

    def finding(self, kind: str, severity: Severity, says: str, scope: str | None = None, **more: Any) -> Finding:
        """A Finding about the release; `more` is its evidence, count and next step."""
        evidence = tuple({name: plain(cell) for name, cell in row.items()} for row in more.pop("evidence", ()))
        return Finding(self.release.id, kind, severity, says, scope, evidence=evidence[:EVIDENCE_ROWS], **more)


PLACES = frozenset({"sheet", "sheet_row", "source_row"})
"""Columns that say where a row stands, and nothing of what it is about."""


def place_of(row: Row) -> Row:
    """Where a row stands: its sheet if it says one, and its row there."""
    told = {"sheet": row.get("sheet"), "row": row.get("sheet_row") or row.get("source_row")}
    return {name: said for name, said in told.items() if said is not None}


WholeCheck = Callable[[Dossier], Iterable[Finding]]
"""Judges a release as a whole: its tables beside one another, its series, other lists of its day."""


def fiscal_year_of(day: date) -> int:
    """The federal fiscal year of a day: October begins the next one."""
    return day.year + (day.month >= 10)
