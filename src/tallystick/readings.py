"""What reading each release gave, or gives now: rows published, Findings kept in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tallystick import clock
from tallystick.archive.durable import on_disk
from tallystick.archive.ledger import Ledger, Publication
from tallystick.archive.shelf import Shelf
from tallystick.archive.store import Store
from tallystick.archive.verify import same_bytes
from tallystick.catalog import Catalog
from tallystick.checks.bytes import unreadable
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import ArchiveError, OutOfReach, ReleaseError
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source
from tallystick.settings import Settings
from tallystick.sources.publish import publish, reading
from tallystick.sources.readers import Readers


@dataclass(frozen=True)
class Readings:
    """The readings of the releases that a ledger has, published below one home folder.

    `ways` names how each source is read: records are looked at once, as in all else.
    """

    settings: Settings
    catalog: Catalog
    ledger: Ledger
    store: Store
    shelf: Shelf
    ways: dict[str, str]

    def of(self, release: Release, ahead: Readers | None = None) -> Publication:
        """What reading `release` gives; read now, if it was not yet read this way and nobody read it ahead."""
        source = self.catalog.source(release.source)
        known = self.ledger.publication(release.id, self._way_of(source))
        if known is not None and self._lies(known):
            return known
        made = (ahead.made(release) if ahead else None) or self._read(release, source)
        if known is None:
            twice = same_bytes(release, self.ledger.before(release))
            made = replace(made, findings=(*made.findings, *twice))
            self.shelf.keep(made.files)  # before anybody is told of them
            self.ledger.publish(made, clock.now())
            stands = self.ledger.publication(release.id, made.reading) or made
            if stands.files != made.files:
                self.shelf.replace(stands.files)
            return stands
        if made.files != known.files:
            raise ArchiveError(
                "a published file was missing, and reading its release again gave other bytes",
                where=f"release {release.id}, {release.name}",
                next_step="restore the published folder from a copy",
            )
        return known

    def or_why_not(self, release: Release, ahead: Readers) -> Publication:
        """What reading gives; of a release that cannot be read, a severe Finding that says so.

        So it is of one that nobody read before and whose rows could not be put in the bucket: what was in force
        stays.
        """
        try:
            return self.of(release, ahead)
        except OutOfReach as error:
            if self.ledger.is_read(release.id):
                raise
            return Publication(release.id, "unreadable", (), (unreadable(release, error),))
        except ReleaseError as error:
            return Publication(release.id, "unreadable", (), (unreadable(release, error),))

    def ask(self, ahead: Readers, releases: Iterable[Release]) -> None:
        """Have those read ahead that were not yet read this way."""
        each = list(releases)
        if self.shelf.bucket is not None:
            known = [self.ledger.publication(one.id, self._way_of(self.catalog.source(one.source))) for one in each]
            self.shelf.bring(file for its in known if its for file in its.files)
        ahead.ask([release for release in each if not self._is_read(release)])

    def _is_read(self, release: Release) -> bool:
        known = self.ledger.publication(release.id, self._way_of(self.catalog.source(release.source)))
        return known is not None and self._lies(known)

    def _read(self, release: Release, source: Source) -> Publication:
        engine = DuckDB(threads=self.settings.threads, memory=self.settings.memory_limit)
        with on_disk(self.settings.home), engine:
            return publish(release, source, self.store, self.shelf.root, engine, self.catalog.sources.values())

    def _lies(self, publication: Publication) -> bool:
        return self.shelf.has(publication.files)

    def _way_of(self, source: Source) -> str:
        if source.id not in self.ways:
            self.ways[source.id] = reading(source)
        return self.ways[source.id]
