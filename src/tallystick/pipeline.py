"""The only file that knows the order: bytes in the archive, rows published, an Edition chosen and built."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from tallystick import clock
from tallystick.archive.durable import at_work, is_at_work, on_disk
from tallystick.archive.ledger import ACCEPT, UNDO, Decision, Ledger, Publication
from tallystick.archive.store import Store
from tallystick.archive.told import Told
from tallystick.archive.verify import Watch, same_bytes, unwatched, verify
from tallystick.catalog import Catalog
from tallystick.checks.bytes import unreadable
from tallystick.checks.contested import Contest
from tallystick.checks.judgements import Judgements
from tallystick.checks.series import year_breaks
from tallystick.clock import Clock
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import ArchiveError, ReleaseError, UnknownName, UsageError
from tallystick.nouns.edition import Edition, listed
from tallystick.nouns.finding import Finding
from tallystick.nouns.intake import Intake, Refreshed, Refused
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Source
from tallystick.nouns.stood import Around
from tallystick.ourselves import __version__, fingerprint
from tallystick.remembered import Lately, Remembered
from tallystick.settings import Settings
from tallystick.sources.ahead import FEWEST, Ahead
from tallystick.sources.archives import names_in
from tallystick.sources.around import around
from tallystick.sources.dating import stated_of
from tallystick.sources.fetch.refresh import Fetching
from tallystick.sources.growing import outgrown
from tallystick.sources.intimate import refuse_identified_people
from tallystick.sources.matching import matched
from tallystick.sources.packing import asks_for
from tallystick.sources.publish import publish, reading
from tallystick.sources.starter import provenance_of, starter_files
from tallystick.tables.build import Warehouse, build
from tallystick.tables.entries import Kept
from tallystick.tables.graph import Graph
from tallystick.tables.inforce import Standing, choose, contested, stated_order
from tallystick.tables.review import decided, known_recipients, match_decision, merged

Progress = Callable[[str, int, int], None]
"""Told before each piece of work: its name, how many pieces are done, how many there are (0 if unknown)."""


_LOOKED_BACK = 8


def _silent(name: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Pipeline:
    """The whole line over one home folder and one set of records."""

    settings: Settings

    @cached_property
    def catalog(self) -> Catalog:
        return Catalog(self.settings.records)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.settings.home / "ledger.sqlite", self._told)

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.home / "archive")

    @cached_property
    def warehouse(self) -> Warehouse:
        return Warehouse(self.settings.home)

    @cached_property
    def graph(self) -> Graph:
        """The tables; what is compiled of them is kept in the home folder, where there is one."""
        home, kept = self.settings.home, self.settings.compiled
        if kept is None and not (home / "ledger.sqlite").is_file():
            return Graph(self.catalog)
        return Graph(self.catalog, compiled_before(kept or home / "compiled.sqlite", self.catalog).recall)

    def again(self) -> Pipeline:
        """The same line with a ledger connection of its own, for another thread; the records are not read anew."""
        made = Pipeline(self.settings)
        vars(made).update(
            catalog=self.catalog, graph=self.graph, _readings=self._readings, _told=self._told,
            lately=self.lately,
        )  # fmt: skip
        return made

    def over(self, registers: Mapping[str, Kept]) -> Pipeline:
        """The same line with the registers of entries as they are given, whatever is wrong with their files."""
        made = Pipeline(self.settings)
        graph = Graph(self.catalog)
        vars(graph)["entries"] = registers
        vars(made).update(catalog=self.catalog, graph=graph)
        return made

    def add(self, source: Source, path: Path, stated: Provenance) -> tuple[Release, Publication]:
        """Archive the file, record the release, read it. The release stands even when reading finds faults.

        Raises `ReleaseError` when the file is not there, is about identified people (then nothing of it is kept) or
        is no such release, `ArchiveError` when it could
        not be kept.
        """
        if not path.is_file():
            raise ReleaseError("there is no such file", where=str(path), next_step="correct the path")
        with self.taking_in():
            release = self._archived(source, path, stated)
            return release, self.published(release)

    def taking_in(self) -> AbstractContextManager[None]:
        """While releases are recorded and read, others leave the reading to us."""
        return at_work(self._taking)

    def is_taking_in(self) -> bool:
        """Whether some process is taking releases in just now, and reads what it recorded."""
        return is_at_work(self._taking)

    @property
    def _taking(self) -> Path:
        return self.settings.home / ".taking"

    def _archived(self, source: Source, path: Path, stated: Provenance) -> Release:
        refuse_identified_people(path)
        stored = self.store.add(path)
        with path.open("rb") as file:
            inside = [name for name in names_in(file) if asks_for(source, name)]
        known = stated_of(source, stored.sha256, stated, inside)
        return self.ledger.record(Release(known, stored.sha256, stored.size, clock.now()))

    def take_in(self, folder: Path, progress: Progress = _silent) -> Intake:
        """Add every file below `folder` whose name a source asks for, code lists first.

        A file that cannot become a release is refused and the others go on. Raises `ReleaseError` when there is
        no such folder, `RecordError` when two sources ask for one file.
        """
        found = matched(folder, self.catalog.sources.values())
        stated = [(source, path, Provenance(source.id, path.name)) for source, path in found.releases]
        return replace(self._add_all(stated, progress), left_alone=found.left_alone)

    def take_in_starter(self, progress: Progress = _silent) -> Intake:
        """Add the releases that the project carries, each with the citation that it states."""
        return self._add_all(
            [
                (self.catalog.source(stated.source), path, provenance_of(stated))
                for stated, path in starter_files(self.catalog)
            ],
            progress,
        )

    def is_starter_only(self) -> bool:
        """Whether the archive holds nothing but releases that the project carries, all of them or not yet."""
        carried = {stated.sha256 for stated, _ in starter_files(self.catalog)}
        return all(release.sha256 in carried for release in self.ledger.releases())

    def refresh(self, source_id: str, progress: Progress = _silent, timing: Clock | None = None) -> Refreshed:
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
            intake = self._add_all([(source, file.path, file.provenance(source.id)) for file in had.files], progress)
            fetching.archived(had)
        return Refreshed(intake.taken, tuple(had.unchanged), intake.refused)

    def _add_all(self, stated: Sequence[tuple[Source, Path, Provenance]], progress: Progress) -> Intake:
        taken, refused = [], []
        if not stated:  # then nothing is kept, and no folder made to keep it in
            progress("", 0, 0)
            return Intake((), ())
        with self.taking_in(), Ahead(self.settings, self.catalog) as ahead:
            archived = self._all_archived(stated, progress) if len(stated) >= FEWEST else {}
            self._ask(ahead, archived.values())
            for done, (source, path, provenance) in enumerate(stated):
                progress(path.name, done, len(stated))
                try:
                    release = archived.get(done) or self._archived(source, path, provenance)
                    self.published(release, ahead)
                    taken.append(release)
                except ReleaseError as error:
                    refused.append(Refused(path.name, error))
        progress("", len(stated), len(stated))
        return Intake(tuple(taken), tuple(refused))

    def _all_archived(
        self, stated: Sequence[tuple[Source, Path, Provenance]], progress: Progress
    ) -> Mapping[int, Release]:
        """The release of each file by its place. One that is refused is not among them: why is told in its turn."""
        archived: dict[int, Release] = {}
        for place, (source, path, provenance) in enumerate(stated):
            progress(path.name, 0, len(stated))
            with suppress(ReleaseError):
                archived[place] = self._archived(source, path, provenance)
        return archived

    def _ask(self, ahead: Ahead, releases: Iterable[Release]) -> None:
        """Have those read ahead that were not yet read this way."""
        ahead.ask([release for release in releases if self._known(release) is None])

    def _reading(self, source: Source) -> str:
        if source.id not in self._readings:
            self._readings[source.id] = reading(source)
        return self._readings[source.id]

    @cached_property
    def _readings(self) -> dict[str, str]:
        """How each source is read: records are looked at once, as in all else."""
        return {}

    @cached_property
    def lately(self) -> Lately:
        """What was answered lately, by any bench over this line."""
        return Lately()

    @cached_property
    def _told(self) -> Told:
        return Told()

    def _known(self, release: Release) -> Publication | None:
        known = self.ledger.publication(release.id, self._reading(self.catalog.source(release.source)))
        return known if known is not None and self._lies(known) else None

    def published(self, release: Release, ahead: Ahead | None = None) -> Publication:
        """What reading `release` gives; read now, if it was not yet read this way and nobody read it ahead."""
        source = self.catalog.source(release.source)
        known = self.ledger.publication(release.id, self._reading(source))
        if known is not None and self._lies(known):
            return known
        made = (ahead.made(release) if ahead else None) or self._read(release, source)
        if known is None:
            twice = same_bytes(release, self.ledger.before(release))
            made = replace(made, findings=(*made.findings, *twice))
            self.ledger.publish(made, clock.now())
        elif made.files != known.files:
            raise ArchiveError(
                "a published file was missing, and reading its release again gave other bytes",
                where=f"release {release.id}, {release.name}",
                next_step="restore the published folder from a copy",
            )
        return self.ledger.publication(release.id, made.reading) or made

    def _read(self, release: Release, source: Source) -> Publication:
        engine = DuckDB(threads=self.settings.threads, memory=self.settings.memory_limit)
        with on_disk(self.settings.home), engine:
            return publish(release, source, self.store, self._published, engine, self.catalog.sources.values())

    def verify(self, watch: Watch = unwatched) -> Iterator[Finding]:
        """Hash everything archived and published anew: a Finding for each file that is damaged or missing."""
        return verify(self.ledger, self.store, self._published, watch)

    @property
    def _published(self) -> Path:
        return self.settings.home / "published"

    def _lies(self, publication: Publication) -> bool:
        return all((self._published / file["table"] / file["file"]).exists() for file in publication.files)

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
        with Ahead(self.settings, self.catalog) as ahead:
            self._ask(ahead, releases)
            published = [(release, self._readable(release, ahead)) for release in releases]
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

    def _readable(self, release: Release, ahead: Ahead) -> Publication:
        """What reading gives; of a release that cannot be read, a severe Finding that says so."""
        try:
            return self.published(release, ahead)
        except ReleaseError as error:
            return Publication(release.id, "unreadable", (), (unreadable(release, error),))

    def around(self, finding: Finding) -> Around:
        """The cells around a Finding's evidence, as they stood in its release. Raises `UnknownName`."""
        release = self.ledger.release(finding.release)
        if release is None:
            raise UnknownName("release", finding.release, [one.id for one in self.ledger.releases()])
        return around(finding, release, self.catalog.source(release.source), self.store)

    def accept(self, finding: str, because: str, by: str) -> Finding:
        """Accept a severe Finding, so that what it kept out comes in force; `undo` takes that back.

        `finding` is its id. Raises `UnknownName` when there is none, `UsageError` without a reason and a name.
        """
        return self._decide(finding, ACCEPT, because, by)

    def undo(self, finding: str, because: str, by: str) -> Finding:
        """Take an acceptance back: the Finding keeps its release or scope out again."""
        return self._decide(finding, UNDO, because, by)

    def _decide(self, finding: str, choice: str, because: str, by: str) -> Finding:
        known = {found.id: found for found in self.standing().findings}
        if finding not in known:
            raise UnknownName("finding", finding, known)
        if not because.strip() or not by.strip():
            raise UsageError("a decision needs a reason and a name", next_step="say why, and who decides")
        self.ledger.decide(Decision(finding, choice, because.strip(), by.strip(), clock.now()))
        return known[finding]

    def days(self, sources: Collection[str]) -> Sequence[date]:
        """The days on which releases of these sources became known, in order."""
        return sorted({release.known_on for release in self.ledger.releases() if release.source in sources})

    def decide_match(self, recipient: str, other: str, choice: str, because: str, by: str) -> None:
        """Record whether two recipients are one: `yes`, `no` or `unsure`. The last decision on a pair counts.

        Raises `UsageError` for another choice, for one recipient twice, and without a reason and a name;
        `UnknownName` with near names for a recipient that nobody has.
        """
        decision = match_decision((recipient, other), choice, because, by, clock.now())
        with DuckDB(self.built(self.edition()), read_only=True) as engine:
            known = known_recipients(engine)
        for name in (recipient, other):
            if name not in known:
                raise UnknownName("recipient", name, known)
        self.ledger.decide(decision)

    def _was_known(self, release: Release, known_on: date | None) -> bool:
        always = self.catalog.source(release.source).always_known
        return always or known_on is None or release.known_on <= known_on

    def build(self, known_on: date | None = None) -> Edition:
        """Choose and build the Edition of a day."""
        edition = self.edition(known_on)
        self.built(edition)
        return edition

    def built(self, edition: Edition) -> Path:
        """The database file of `edition`, made if it is not there; the ledger keeps what it is made of."""
        settings = (self.settings.threads, self.settings.memory_limit)
        file = build(edition, self.graph, self.warehouse, settings, self._made_before)
        self.recorded(edition)
        return file

    def _made_before(self, edition: Edition) -> Iterator[Edition]:
        """The last Editions of this code whose database files are there: that of `edition` may be made from one."""
        for its_id in self.warehouse.made()[:_LOOKED_BACK]:
            found = self.ledger.edition(its_id)
            if found is not None and found[2] == edition.code:
                yield listed(*found[1:4])

    def recorded(self, edition: Edition) -> None:
        """Have the ledger keep what `edition` is made of: an id that was shown can then be asked about for ever."""
        if self.ledger.edition(edition.id) is None:
            self.ledger.record_edition(edition.id, edition.known_on, edition.code, edition.listing, clock.now())


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
