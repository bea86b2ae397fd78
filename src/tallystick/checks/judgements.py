"""Every Finding about a release, made once for what it was held against and kept in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from tallystick import clock
from tallystick.archive.ledger import Ledger, Publication
from tallystick.catalog import Catalog
from tallystick.checks.gather import Gathering, Shelf
from tallystick.checks.judge import how_we_judge, judge, judge_beside, judge_whole, subjects
from tallystick.checks.subject import Subject
from tallystick.checks.totals import sums
from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.finding import Finding
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source
from tallystick.settings import Settings
from tallystick.sources.publish import reading

Published = tuple[Release, Publication]
Place = tuple[str, str]


@dataclass(frozen=True)
class Judgements:
    """Judges releases of one home folder. `settings.home` holds what was published.

    `known` are all releases of the Edition in their order: a release is judged beside those of its series that come
    before it, and beside other lists of its day.
    """

    ledger: Ledger
    catalog: Catalog
    settings: Settings
    known: Sequence[Published] = ()

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "_engine" in vars(self):
            self._engine.close()

    @cached_property
    def _engine(self) -> DuckDB:
        """One for all that is judged: to open one costs as much as to judge a small release."""
        return DuckDB(threads=self.settings.threads, memory=self.settings.memory_limit)

    @cached_property
    def _by_source(self) -> Mapping[str, Sequence[Published]]:
        found: dict[str, list[Published]] = {}
        for pair in self.known:
            found.setdefault(pair[0].source, []).append(pair)
        return found

    @cached_property
    def _measured(self) -> dict[Path, Subject]:
        """The subjects made so far, by their file: most are what the next release is held against."""
        return {}

    def __call__(
        self, release: Release, publication: Publication, before: Mapping[Place, Published]
    ) -> tuple[Finding, ...]:
        """The reading's own Findings, those of every check of the release alone, and those beside `before`.

        `before` says which release was in force for each table and scope until this one came.
        """
        source = self.catalog.source(release.source)
        wanted = {
            place for place in before if place[0] in source.publishes and source.publishes[place[0]].expect.sums
        }
        beside = {place: before[place] for place in sorted(wanted | set(_places(publication))) if place in before}
        lists = self._lists(source)
        gathering = Gathering(release, publication, source, self.catalog, self._by_source, beside)
        under = _under(publication, beside, lists, gathering)
        kept = self.ledger.judged(release.id, under)
        if kept is None:
            made = subjects(release, source, publication, self._path, self._engine, lists)
            kept = (*self._judge(made, beside), *self._whole(gathering))
            self.ledger.judge(release.id, under, kept, clock.now())
        return (*publication.findings, *kept)

    def _whole(self, gathering: Gathering) -> tuple[Finding, ...]:
        wanted = gathering.is_wanted and gathering.publication.files
        return judge_whole(gathering.dossier(self._shelf, self._engine)) if wanted else ()

    def _judge(self, judged: Iterable[Subject], beside: Mapping[Place, Published]) -> Iterator[Finding]:
        for subject in judged:
            self._measured[subject.path] = subject
            if subject.publication.expect.sheets is not None:
                continue  # what is said of sheets is judged with the whole release
            yield from judge(subject)
            theirs = {scope: held for (table, scope), held in beside.items() if table == subject.table}
            for earlier, its in {release.id: (release, its) for release, its in theirs.values()}.values():
                scopes = [s for s, (r, _) in theirs.items() if r.id == earlier.id and s in subject.profiles]
                for held in self._earlier(subject.table, earlier, its) if scopes else ():
                    yield from judge_beside(subject, held, tuple(scopes))
            if subject.publication.expect.sums:
                others = {scope: held for scope, held in theirs.items() if scope not in subject.profiles}
                yield from sums(subject, self._in_force(subject, others))

    def _earlier(self, table: str, release: Release, its: Publication) -> Iterator[Subject]:
        """The file of one table of an earlier release, measured."""
        source = self.catalog.source(release.source)
        for file in its.files:
            if file["table"] != table:
                continue
            path = self._path(table, file["file"])
            if path not in self._measured:
                alone = replace(its, files=(file,))
                (self._measured[path],) = subjects(release, source, alone, self._path, self._engine)
            yield self._measured[path]

    def _in_force(self, subject: Subject, others: Mapping[str, Published]) -> str:
        """The SELECT of the subject's rows and of those that the other scopes' releases hold."""
        selects = [f"SELECT * FROM {subject.rows}"]
        for scope, (_, its) in others.items():
            selects += [
                f"SELECT * FROM read_parquet({quoted(str(self._path(subject.table, file['file'])))}) "
                f"WHERE scope = {quoted(scope)}"
                for file in its.files
                if file["table"] == subject.table
            ]
        return " UNION ALL BY NAME ".join(selects)

    def _lists(self, source: Source) -> Mapping[str, tuple[Path, ...]]:
        """The published files of the lists of codes that the source's pairs are looked up in."""
        wanted = {pair.list for told in source.publishes.values() for pair in told.expect.pairs if pair.list}
        found: dict[str, tuple[Path, ...]] = {}
        for table in sorted(wanted & set(self.catalog.published)):
            keeper = self.catalog.published[table]
            readings = (self.ledger.publication(held.id, reading(keeper)) for held in self.ledger.releases(keeper.id))
            files = (file for its in readings if its is not None for file in its.files)
            found[table] = tuple(sorted(self._path(table, file["file"]) for file in files if file["table"] == table))
        return found

    def _path(self, table: str, file: str) -> Path:
        return self.settings.home / "published" / table / file


def _places(publication: Publication) -> list[Place]:
    return [(f["table"], s) for f in publication.files if f["restates"] != "keys" for s in f["scopes"]]


def _under(
    publication: Publication,
    beside: Mapping[Place, Published],
    lists: Mapping[str, tuple[Path, ...]],
    gathering: Gathering,
) -> str:
    told = [
        how_we_judge(),
        publication.reading,
        sorted([*place, release.id, its.reading] for place, (release, its) in beside.items()),
        sorted(path.name for paths in lists.values() for path in paths),
    ]
    if gathering.is_wanted:
        told.append(gathering.under())
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
