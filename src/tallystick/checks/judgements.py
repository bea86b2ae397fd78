"""Every Finding about a release, made once for what it was held against and kept in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tallystick import clock
from tallystick.archive.ledger import Ledger, Publication
from tallystick.catalog import Catalog
from tallystick.checks.judge import how_we_judge, judge, judge_beside, subjects
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Finding
from tallystick.nouns.release import Release
from tallystick.settings import Settings

Published = tuple[Release, Publication]
Place = tuple[str, str]


@dataclass(frozen=True)
class Judgements:
    """Judges releases of one home folder. `settings.home` holds what was published."""

    ledger: Ledger
    catalog: Catalog
    settings: Settings

    def __call__(
        self, release: Release, publication: Publication, before: Mapping[Place, Published]
    ) -> tuple[Finding, ...]:
        """The reading's own Findings, those of every check of the release alone, and those beside `before`.

        `before` says which release was in force for each table and scope until this one came.
        """
        beside = {place: before[place] for place in _places(publication) if place in before}
        under = _under(publication, beside)
        kept = self.ledger.judged(release.id, under)
        if kept is None:
            kept = self._judge(release, publication, beside)
            self.ledger.judge(release.id, under, kept, clock.now())
        return (*publication.findings, *kept)

    def _judge(
        self, release: Release, publication: Publication, beside: Mapping[Place, Published]
    ) -> tuple[Finding, ...]:
        source = self.catalog.source(release.source)
        found: list[Finding] = []
        with DuckDB(threads=self.settings.threads, memory=self.settings.memory_limit) as engine:
            for subject in subjects(release, source, publication, self._path, engine):
                found += judge(subject)
                for earlier, its in {
                    r.id: (r, p) for (t, _), (r, p) in beside.items() if t == subject.table
                }.values():
                    scopes = [s for (t, s), (r, _) in beside.items() if t == subject.table and r.id == earlier.id]
                    for held in subjects(earlier, source, its, self._path, engine):
                        if held.table == subject.table:
                            found += judge_beside(subject, held, tuple(sorted(scopes)))
        return tuple(found)

    def _path(self, table: str, file: str) -> Path:
        return self.settings.home / "published" / table / file


def _places(publication: Publication) -> list[Place]:
    return [(f["table"], s) for f in publication.files if f["restates"] == "scope" for s in f["scopes"]]


def _under(publication: Publication, beside: Mapping[Place, Published]) -> str:
    told = [
        how_we_judge(),
        publication.reading,
        sorted([*place, release.id, its.reading] for place, (release, its) in beside.items()),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
