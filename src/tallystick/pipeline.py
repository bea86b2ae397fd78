"""The only file that knows the order: bytes in the archive, rows published, an Edition chosen and built."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tallystick import clock
from tallystick.archive.bucket import Bucket, bucket_of
from tallystick.archive.front import Front
from tallystick.archive.ledger import Ledger, Position, Publication
from tallystick.archive.shelf import File, Shelf, key
from tallystick.archive.store import Store
from tallystick.archive.told import Told
from tallystick.archive.verify import Watch, unwatched, verify
from tallystick.catalog import Catalog
from tallystick.checks.contested import Contest
from tallystick.checks.judgements import Judgements
from tallystick.checks.series import year_breaks
from tallystick.clock import Clock
from tallystick.errors import ReleaseError, UnknownName
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.finding import Finding
from tallystick.nouns.intake import Intake, Refreshed
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Source
from tallystick.nouns.stood import Around
from tallystick.once import given
from tallystick.ourselves import __version__, fingerprint
from tallystick.readings import Readings
from tallystick.remembered import Lately, Remembered
from tallystick.settings import Settings
from tallystick.sources.around import around
from tallystick.sources.fetch.refresh import Fetching
from tallystick.sources.growing import outgrown
from tallystick.sources.matching import matched
from tallystick.sources.readers import readers
from tallystick.sources.starter import provenance_of, starter_files
from tallystick.tables.build import Warehouse, build
from tallystick.tables.entries import Kept
from tallystick.tables.graph import Graph
from tallystick.tables.inforce import Standing, choose, contested, stated_order
from tallystick.tables.manifest import manifest, taken_out
from tallystick.tables.review import decided, merged
from tallystick.taking import Progress, Stated, Taking, silent

_LOOKED_BACK = 8


@dataclass(frozen=True)
class Pipeline:
    """The whole line over one home folder and one set of records."""

    settings: Settings

    @cached_property
    def catalog(self) -> Catalog:
        return Catalog(self.settings.records)

    @cached_property
    def ledger(self) -> Ledger:
        address = self.settings.storage.ledger
        if not address:
            return Ledger(self.settings.home / "ledger.sqlite", self._told)
        from tallystick.archive.postgresql import LedgerInPostgreSQL  # only who names one needs it

        return LedgerInPostgreSQL(address, self._told)

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.home / "archive", self._bucket)

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self.settings.home / "published", self._bucket)

    @cached_property
    def _bucket(self) -> Bucket | None:
        return bucket_of(self.settings.storage)

    @property
    def _front(self) -> Front | None:
        return Front(self._bucket, self.ledger) if self._bucket else None

    @cached_property
    def warehouse(self) -> Warehouse:
        return Warehouse(self.settings.home)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.settings, self.catalog, self.ledger, self.store, self.shelf, self._ways)

    @cached_property
    def taking(self) -> Taking:
        return Taking(self.readings, self._front)

    @cached_property
    def graph(self) -> Graph:
        """The tables; what is compiled of them is kept in the home folder, where there is one."""
        home, kept = self.settings.home, self.settings.compiled
        if kept is None and not is_held(self.settings):
            return Graph(self.catalog)
        return Graph(self.catalog, compiled_before(kept or home / "compiled.sqlite", self.catalog).recall)

    @cached_property
    def lately(self) -> Lately:
        """What was answered lately, by any bench over this line."""
        return Lately()

    @cached_property
    def _ways(self) -> dict[str, str]:
        return {}

    @cached_property
    def _told(self) -> Told:
        return Told()

    def again(self) -> Pipeline:
        """The same line with a ledger connection of its own, for another thread; the records are not read anew."""
        shared = {"_ways": self._ways, "_told": self._told, "lately": self.lately}
        return given(Pipeline(self.settings), catalog=self.catalog, graph=self.graph, **shared)

    def over(self, registers: Mapping[str, Kept]) -> Pipeline:
        """The same line with the registers of entries as they are given, whatever is wrong with their files."""
        graph = given(Graph(self.catalog), entries=registers)
        return given(Pipeline(self.settings), catalog=self.catalog, graph=graph)

    def add(self, source: Source, path: Path, stated: Provenance) -> tuple[Release, Publication]:
        """Archive the file, record the release, read it. The release stands even when reading finds faults.

        Raises `ReleaseError` when the file is not there, is about identified people (then nothing of it is kept) or
        is no such release, `ArchiveError` when it could not be kept.
        """
        if not path.is_file():
            raise ReleaseError("there is no such file", where=str(path), next_step="correct the path")
        return self.taking.one(source, path, stated)

    def add_all(self, stated: Sequence[Stated], progress: Progress = silent) -> Intake:
        """Archive and read the files, several at once; releases, findings and refusals are in the order given."""
        return self.taking.all(stated, progress)

    def take_in(self, folder: Path, progress: Progress = silent) -> Intake:
        """Add every file below `folder` whose name a source asks for, code lists first.

        A file that cannot become a release is refused and the others go on. Raises `ReleaseError` when there is
        no such folder, `RecordError` when two sources ask for one file.
        """
        found = matched(folder, self.catalog.sources.values())
        stated = [(source, path, Provenance(source.id, path.name)) for source, path in found.releases]
        return replace(self.taking.all(stated, progress), left_alone=found.left_alone)

    def take_in_starter(self, progress: Progress = silent) -> Intake:
        """Add the releases that the project carries, each with the citation that it states."""
        carried = starter_files(self.catalog)
        stated = [(self.catalog.source(one.source), path, provenance_of(one)) for one, path in carried]
        return self.taking.all(stated, progress)

    def is_starter_only(self) -> bool:
        """Whether the archive holds nothing but releases that the project carries, all of them or not yet."""
        carried = {stated.sha256 for stated, _ in starter_files(self.catalog)}
        return all(release.sha256 in carried for release in self.ledger.releases())

    def refresh(self, source_id: str, progress: Progress = silent, timing: Clock | None = None) -> Refreshed:
        """Have what is new of a source from its publisher, archive and read it.

        While any part of what was asked for is refused nothing is archived; what came waits for the next try.
        Raises `UsageError` when the source does not say where its releases are to be had.
        """
        source = self.catalog.source(source_id)
        held = {release.sha256 for release in self.ledger.releases(source.id)}
        fetching = Fetching(
            source, self.settings.home, self.settings.network, timing or Clock(), held.__contains__, progress
        )
        with fetching.alone():
            had = fetching.fetched()
            if had.refused:
                return Refreshed((), tuple(had.unchanged), tuple(had.refused))
            stated = [(source, file.path, file.provenance(source.id)) for file in had.files]
            intake = self.taking.all(stated, progress)
            fetching.archived(had)
        return Refreshed(intake.taken, tuple(had.unchanged), intake.refused)

    def verify(self, watch: Watch = unwatched) -> Iterator[Finding]:
        """Hash everything archived and published anew: a Finding for each file that is damaged or missing."""
        return verify(self.ledger, self.store, self.shelf, watch)

    def edition(self, known_on: date | None = None) -> Edition:
        """The Edition of what was known on a day, or the newest."""
        return self.standing(known_on).edition

    def standing(self, known_on: date | None = None) -> Standing:
        """The Edition of a day (now, if None), every Finding about what was known, and what each scope rests on."""
        held = [
            release
            for release in self.ledger.releases()
            if release.source in self.catalog.sources and self._was_known(release, known_on)
        ]
        left_out = outgrown(held, self.catalog.sources)
        releases = [release for release in held if release.id not in left_out]
        with readers(self.settings, self.catalog) as ahead:
            self.readings.ask(ahead, releases)
            published = [(release, self.readings.or_why_not(release, ahead)) for release in releases]
        in_order = tuple(sorted(published, key=lambda pair: stated_order(pair[0])))
        decisions = self.ledger.decisions()
        with Judgements(self.ledger, self.catalog, self.settings, in_order) as judge:
            standing = contested(
                lambda judge: choose(published, decisions, known_on, code(self.catalog), judge),
                judge,
                self._contest(),
            )
        edition = replace(standing.edition, merged=merged(decided(decisions)))
        return replace(standing, edition=edition, findings=(*standing.findings, *year_breaks(standing.coverage)))

    def _contest(self) -> Contest:
        parts = self.graph.parts.values()
        sources = tuple(tuple(derivation.inputs[0] for derivation in of) for of in parts)
        return Contest(self.ledger, self.catalog, self.settings, sources)

    def around(self, finding: Finding) -> Around:
        """The cells around a Finding's evidence, as they stood in its release. Raises `UnknownName`."""
        release = self.ledger.release(finding.release)
        if release is None:
            raise UnknownName("release", finding.release, [one.id for one in self.ledger.releases()])
        return around(finding, release, self.catalog.source(release.source), self.store)

    def days(self, sources: Collection[str]) -> Sequence[date]:
        """The days on which releases of these sources became known, in order."""
        return sorted({release.known_on for release in self.ledger.releases() if release.source in sources})

    def _was_known(self, release: Release, known_on: date | None) -> bool:
        always = self.catalog.source(release.source).always_known
        return always or known_on is None or release.known_on <= known_on

    def build(self, known_on: date | None = None) -> Edition:
        """Choose and build the Edition of a day."""
        position = self.ledger.position()
        edition = self.edition(known_on)
        self.built(edition)
        self.put_in_front(edition, position)
        return edition

    def built(self, edition: Edition) -> Path:
        """The database file of `edition`, made if it is not there; the ledger keeps what it is made of."""
        if not self.warehouse.edition(edition.id).exists():
            self.shelf.bring(_file(part) for part in edition.parts)
        settings = (self.settings.threads, self.settings.memory_limit)
        file = build(edition, self.graph, self.warehouse, settings, self._made_before)
        self.recorded(edition)
        return file

    def _made_before(self, edition: Edition) -> Iterator[Edition]:
        """The last Editions of this code whose database files are there: that of `edition` may be made from one."""
        for its_id in self.warehouse.made()[:_LOOKED_BACK]:
            built = self.ledger.edition(its_id)
            if built is not None and built.edition.code == edition.code:
                yield built.edition

    def bring_all(self) -> None:
        """Have the home hold every release and all that was published, where a bucket has them. Raises as it does."""
        for release in self.ledger.releases():
            self.store.path(release.sha256)
        self.shelf.bring(file for made in self.ledger.publications() for file in made.files)

    def keep_all(self) -> None:
        """Have the bucket, where there is one, hold every release and all that was published that lies here."""
        self.store.keep(release.sha256 for release in self.ledger.releases())
        self.shelf.keep_all(file for made in self.ledger.publications() for file in made.files)

    def put_in_front(self, edition: Edition, position: Position) -> None:
        """Have the bucket, where there is one, show an Edition that was built, with all that it names; the newest of
        the ledger as the one in force. `position` is how far that had come before the Edition was chosen. Raises
        `ArchiveError` where the bucket refuses, or is another ledger's.
        """
        if self._front is None:
            return
        self.keep_all()
        out = {table: self.shelf.keep_beside(path) for table, path in taken_out(edition, self.warehouse).items()}
        told = manifest(edition, lambda part: key(_file(part)), out, self._rows_of_files())
        self._front.put(edition.id, told, position if edition.known_on is None else None)

    def manifest(self, edition: Edition) -> Mapping[str, Any]:
        """The manifest of an Edition over the files of this machine; it is built if it is not yet."""
        self.built(edition)
        out = {table: str(path) for table, path in taken_out(edition, self.warehouse).items()}
        return manifest(edition, lambda part: str(self.warehouse.published(part)), out, self._rows_of_files())

    def _rows_of_files(self) -> Mapping[str, Mapping[str, int]]:
        """By the sha256 of each published file, how many rows it has of each stretch."""
        return {file["sha256"]: file["scopes"] for made in self.ledger.publications() for file in made.files}

    def recorded(self, edition: Edition) -> None:
        """Have the ledger keep what `edition` is made of: an id that was shown can then be asked about for ever."""
        if self.ledger.edition(edition.id) is None:
            self.ledger.record_edition(edition, clock.now())


def _file(part: Part) -> File:
    return {"table": part.table, "file": part.parquet, "sha256": part.sha256}


def is_held(settings: Settings) -> bool:
    """Whether there is a ledger: one in a database is taken to be there."""
    return bool(settings.storage.ledger) or (settings.home / "ledger.sqlite").is_file()


def compiled_before(file: Path, catalog: Catalog) -> Remembered:
    """What was compiled, into `file`, of the statements of a catalog by our own code and the libraries beneath it."""
    ours = f"{__version__}+{fingerprint()}.{catalog.statements}"
    made_by = f"{ours} {version('ibis-framework')} {version('sqlglot')}"
    return Remembered(file, made_by, Lately(0))


def code(catalog: Catalog) -> str:
    """Our own state: the package's version, the fingerprint of what computes, and the records' fingerprint.

    A checkout and a wheel made from it agree, since both hold the same sources.
    """
    return f"{__version__}+{fingerprint()}.{catalog.fingerprint}"
