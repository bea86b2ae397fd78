"""Judges what lies in the archive: do the bytes still hash to their names, and which came in twice?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tallystick.archive.ledger import Ledger
from tallystick.archive.shelf import File, Shelf
from tallystick.archive.store import Store
from tallystick.errors import ArchiveError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

Watch = Callable[[str, int, int], None]
"""Told before each file: its name, how many are done, how many there are."""


def unwatched(_name: str, _done: int, _of: int) -> None:
    """Nobody looks on."""


def verify(ledger: Ledger, store: Store, published: Shelf, watch: Watch = unwatched) -> Iterator[Finding]:
    """Hash every archived file and every published Parquet anew; a Finding for each that is damaged or missing.

    What is derived (Editions, row-mapped tables) is made again from these and is not looked at.
    """
    releases = {release.sha256: release for release in ledger.releases()}
    files = [(made.release, file) for made in ledger.publications() for file in made.files]
    of = len(releases) + len(files)
    for done, release in enumerate(releases.values()):
        watch(release.name, done, of)
        yield from _bytes(release, store)
    for done, (release_id, file) in enumerate(files, start=len(releases)):
        watch(file["file"], done, of)
        yield from _parquet(release_id, published, file)


def same_bytes(release: Release, earlier: tuple[Release, ...]) -> Iterator[Finding]:
    """A Finding when the bytes of `release` came in before: a warning if they claim to speak for another day."""
    if not earlier:
        return
    first = earlier[0]
    another_day = first.speaks_for != release.speaks_for and None not in (
        first.provenance.as_of or first.provenance.published,
        release.provenance.as_of or release.provenance.published,
    )
    yield Finding(
        release.id,
        "same_bytes",
        Severity.WARNING if another_day else Severity.NOTE,
        f"{release.name} holds the same bytes as {first.name}, release {first.id} of {first.source}",
        evidence=tuple(
            {
                "release": e.id,
                "source": e.source,
                "name": e.name,
                "as_of": _day(e),
            }
            for e in earlier
        ),
        count=len(earlier),
        next_step="see whether the publisher put out an old file under a new date" if another_day else "",
    )


def _bytes(release: Release, store: Store) -> Iterator[Finding]:
    try:
        found = store.sha256_of(release.sha256)
    except ArchiveError as error:
        yield _damage(release.id, "archive_missing_or_unreadable", f"{release.name}: {error.what}", error.where)
        return
    if found != release.sha256:
        says = f"the archived bytes of {release.name} are damaged: they hash to {found}, not {release.sha256}"
        yield _damage(release.id, "archive_damaged", says, str(store.path(release.sha256)))


def _parquet(release_id: str, published: Shelf, file: File) -> Iterator[Finding]:
    path, sha256, found = published.path(file), file["sha256"], published.sha256_of(file)
    if found is None:
        yield _damage(release_id, "published_missing", f"the published file {path.name} is missing", str(path))
        return
    if found != sha256:
        says = f"the published file {path.name} is damaged: it hashes to {found}, not {sha256}"
        yield _damage(release_id, "published_damaged", says, str(path))


def _damage(release_id: str, kind: str, says: str, where: str) -> Finding:
    return Finding(
        release_id,
        kind,
        Severity.SEVERE,
        says,
        evidence=({"file": where},),
        count=1,
        next_step="put the damaged file aside and add the release again"
        if kind.startswith("archive")
        else "put the damaged file aside; the next build reads the release again",
    )


def _day(release: Release) -> str | None:
    return release.provenance.as_of.isoformat() if release.provenance.as_of else None
