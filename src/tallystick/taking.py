"""Takes files in: each archived, recorded as a release and read, many of them ahead of their turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from tallystick import clock
from tallystick.archive.front import Front
from tallystick.archive.ledger import Publication
from tallystick.errors import ReleaseError
from tallystick.nouns.intake import Intake, Refused
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Source
from tallystick.readings import Readings
from tallystick.sources.ahead import are_worth_it
from tallystick.sources.archives import names_in
from tallystick.sources.dating import stated_of
from tallystick.sources.intimate import declared_by, refuse_identified_people
from tallystick.sources.packing import asks_for
from tallystick.sources.readers import readers

Progress = Callable[[str, int, int], None]
"""Told before each piece of work: its name, how many pieces are done, how many there are (0 if unknown)."""

Stated = tuple[Source, Path, Provenance]
"""A file, the source that it is a release of, and what is said of it."""


def silent(name: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Taking:
    """Takes files into the archive and ledger that its readings are over."""

    readings: Readings
    front: Front | None = None

    def one(self, source: Source, path: Path, stated: Provenance) -> tuple[Release, Publication]:
        """Archive and read one file. Raises `ReleaseError` where it cannot be; the release may stand nevertheless."""
        with self.at_work():
            release = self.archived(source, path, stated)
            return release, self.readings.of(release)

    def all(self, stated: Sequence[Stated], progress: Progress) -> Intake:
        """Archive and read the files in their order; one that cannot be is refused, and the others go on."""
        taken, refused = [], []
        if not stated:  # then nothing is kept, and no folder made to keep it in
            progress("", 0, 0)
            return Intake((), ())
        with self.at_work(), readers(self.readings.settings, self.readings.catalog) as ahead:
            archived = self._all_archived(stated, progress) if self._are_many(stated) else {}
            self.readings.ask(ahead, archived.values())
            for done, (source, path, provenance) in enumerate(stated):
                progress(path.name, done, len(stated))
                release = archived.get(done)
                try:
                    release = release or self.archived(source, path, provenance)
                    self.readings.of(release, ahead)
                    taken.append(release)
                except ReleaseError as error:
                    refused.append(Refused(path.name, error, is_kept=release is not None))
        progress("", len(stated), len(stated))
        return Intake(tuple(taken), tuple(refused))

    def archived(self, source: Source, path: Path, stated: Provenance) -> Release:
        """Keep the file's bytes and record the release; nothing of it is read yet. Raises as `one` does."""
        refuse_identified_people(path, declared_by(source))
        stored = self.readings.store.add(path)
        with path.open("rb") as file:
            inside = [name for name in names_in(file) if asks_for(source, name)]
        known = stated_of(source, stored.sha256, stated, inside)
        return self.readings.ledger.record(Release(known, stored.sha256, stored.size, clock.now()))

    def at_work(self) -> AbstractContextManager[None]:
        """While releases are recorded and read, others leave the reading to us.

        Raises `ArchiveError` where the bucket is another ledger's.
        """
        if self.front is not None:
            self.front.refuse_another()
        return self.readings.ledger.at_work()

    def is_at_work(self) -> bool:
        """Whether some process is taking releases in just now, and reads what it recorded."""
        return self.readings.ledger.is_at_work()

    def _all_archived(self, stated: Sequence[Stated], progress: Progress) -> Mapping[int, Release]:
        """The release of each file by its place. One that is refused is not among them: why is told in its turn."""
        archived: dict[int, Release] = {}
        for place, (source, path, provenance) in enumerate(stated):
            progress(path.name, 0, len(stated))
            with suppress(ReleaseError):  # it is archived again in its turn, and refused there
                archived[place] = self.archived(source, path, provenance)
        return archived

    def _are_many(self, stated: Sequence[Stated]) -> bool:
        """Whether the files are worth to be archived all before the first is read, so that others read them ahead."""
        sizes = [path.stat().st_size for _, path, _ in stated if path.is_file()]
        return are_worth_it(sizes) or (len(sizes) > 1 and bool(self.readings.settings.readers))
