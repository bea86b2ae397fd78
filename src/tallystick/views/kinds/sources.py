"""The sources: whose they are, what they promise, what came of it, what is in force and what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tallystick.nouns.finding import Severity
from tallystick.views.kinds.kind import Kind
from tallystick.views.listed import releases, source_rows
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_COLUMNS = (
    Column("source", "source"),
    Column("publisher", "publisher"),
    Column("cadence", "how often"),
    Column("last_release", "last release"),
    Column("days_late", "days late", "count"),
    Column("releases", "releases", "count"),
    Column("in_force", "in force", "count"),
    Column("findings", "Findings", "count"),
)


@dataclass(frozen=True)
class SourceList:
    """The rows of the sources of which something is held, and of those of which nothing is."""

    held: tuple[dict[str, Any], ...] = field(hash=False)
    not_held: tuple[dict[str, Any], ...] = field(hash=False)


class Sources(Kind, frozen=True, kw_only=True):
    """Every source: those of which something is held, then the others."""

    def shown(self, visit: Visit) -> Shown:
        """As known on the day of the visit."""
        bench = visit.bench
        of = {release.id: release.source for release in releases(bench)}
        came = Counter(of.values())
        in_force = Counter(of[id_] for id_ in {part.release for part in bench.edition.parts} if id_ in of)
        found = Counter(of[one.release] for one in bench.findings() if one.release in of)
        severe = (Severity.SEVERE, Severity.INCOMPLETE)
        grave = Counter(of[one.release] for one in bench.findings() if one.severity in severe and one.release in of)
        rows = [
            {
                **row,
                "releases": came[row["source"]],
                "in_force": in_force[row["source"]],
                "findings": found[row["source"]],
                "grave": grave[row["source"]],
            }
            for row in source_rows(bench)
        ]
        held = tuple(row for row in rows if row["releases"])
        return Shown(
            self.title or visit.words("Sources"),
            columns=_COLUMNS,
            rows=tuple(rows),
            edition=bench.edition.id,
            template="sources",
            about=SourceList(held, tuple(row for row in rows if not row["releases"])),
        )
