"""Copies a home folder, while it is in use, to another that is whole at every instant.

The databases are copied first, to the side, and put in force last: what they name is on the disk by then. Files are
never changed once they are there, so one that the copy has is not read again. The copy is a home itself: it can be
verified, asked, and copied back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from tallystick.archive.durable import INCOMING, incoming, make_folder, on_disk, settle
from tallystick.archive.ledger import Ledger
from tallystick.errors import ArchiveError, UsageError

LEDGER = "ledger.sqlite"
_FETCHES = "fetches.sqlite"
_MADE_AGAIN = ("answers.sqlite", "compiled.sqlite")
_FOLDERS = ("archive", "published")
_RELEASES = "SELECT id FROM releases ORDER BY rowid"
Watch = Callable[[str, int, int], None]
"""Told before each file: its name, how many are done, how many there are."""


@dataclass(frozen=True)
class Copied:
    """How many releases are held, how many files were new, and their bytes."""

    releases: int
    files: int
    size: int


def back_up(home: Path, to: Path, watch: Watch, ledger: Ledger | None = None) -> Copied:
    """Bring the copy in `to` up to what `home` holds now. Killed in the middle, `to` is as it was before.

    The copy has the ledger as a file; `ledger` is the one to copy where it is none in the home. What can be made
    again (derived tables, Editions, answers) is not copied. Raises `UsageError` where `to` holds what `home` never
    did, `ArchiveError` for a full or faulty disk or a damaged database.
    """
    home, to = home.resolve(), to.resolve()
    if to == home or home in to.parents or to in home.parents:
        raise UsageError("a copy lies outside of what it copies", where=str(to), next_step="name another folder")
    with incoming(to) as temporary:
        # what was fetched must not be newer than the ledger, or it is not fetched again; all else must not be older
        names = _databases(home, ledger is not None)
        databases = {name: temporary.with_name(name) for name in sorted(names, key=_age)}
        for name, snapshot in databases.items():
            if name == LEDGER and ledger is not None:
                with Ledger(snapshot) as held:
                    held.take_over(ledger)
            else:
                _copy_database(home / name, snapshot)
        releases = _releases(databases[LEDGER])
        _refuse_another(to, releases)
        copied = list(_files(home, to, temporary, watch))
        for name in reversed(databases):
            _copy_database(databases[name], to / name)
    return Copied(len(releases), len(copied), sum(copied))


def bring_back(folder: Path, home: Path, ledger: Ledger, watch: Watch) -> Copied:
    """Add to `home`, whose ledger is `ledger`, what a copy or another home in `folder` holds; that may be `home` too.

    Files come before the ledger names them. Reports, forecasts and the like are copied where `home` has none of their
    kind. Raises `UsageError` where the ledger has what the copy never had, and `ArchiveError`.
    """
    folder, home = folder.resolve(), home.resolve()
    if not (folder / LEDGER).exists():
        raise ArchiveError("there is no ledger to bring back", where=str(folder), next_step="name a copy or a home")
    with Ledger(folder / LEDGER) as held:
        ledger.refuse_unless_it_began(held)
        copied = list[int]()
        if folder != home:
            with incoming(home) as temporary:
                copied += _files(folder, home, temporary, watch)
            for name in _databases(folder, True):
                if name != LEDGER and not (home / name).exists():
                    _copy_database(folder / name, home / name)
        ledger.take_over(held)
        return Copied(ledger.position().releases, len(copied), sum(copied))


def _databases(home: Path, elsewhere: bool) -> list[str]:
    """The names of the databases of a home, whose ledger may be `elsewhere`."""
    left = (*_MADE_AGAIN, LEDGER) if elsewhere else _MADE_AGAIN
    found = [path.name for path in sorted(home.glob("*.sqlite")) if path.name not in left]
    if elsewhere:
        return [*found, LEDGER]
    if LEDGER not in found:
        raise ArchiveError("there is no ledger to copy", where=str(home), next_step="name a home with --home")
    return found


def _age(name: str) -> int:
    """In which order the databases are looked at, the one that must be oldest first; they come in force backwards."""
    return 0 if name == _FETCHES else 1 if name == LEDGER else 2


def _copy_database(source: Path, to: Path) -> None:
    """The database as it is at one instant, written in one transaction."""
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=60)) as there,
            closing(sqlite3.connect(to, timeout=60)) as here,
        ):
            here.execute("PRAGMA synchronous = FULL")
            there.backup(here)
    except sqlite3.Error as error:
        raise ArchiveError(
            f"this database could not be copied: {error}",
            where=f"{source} to {to}",
            next_step="free some space, or see who may read and write there; the copy is as it was before",
        ) from error


def _releases(ledger: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True, timeout=60)) as held:
            return [release for (release,) in held.execute(_RELEASES)]
    except sqlite3.Error as error:
        raise ArchiveError(
            f"this is no ledger, or it is damaged: {error}", where=str(ledger), next_step="copy to another folder"
        ) from error


def _refuse_another(to: Path, releases: list[str]) -> None:
    """A copy only grows: what it holds must be the beginning of what is copied."""
    if not (to / LEDGER).exists():
        return
    held = _releases(to / LEDGER)
    if held != releases[: len(held)]:
        raise UsageError(
            "this folder holds releases that the home never held, or held in another order: it is no copy of it",
            where=str(to),
            next_step="copy to another folder",
        )


def _files(home: Path, to: Path, temporary: Path, watch: Watch) -> Iterator[int]:
    """Copy what the copy lacks; the size of each file copied."""
    found = [path for folder in _FOLDERS for path in sorted((home / folder).rglob("*")) if path.is_file()]
    kept = [path for path in found if INCOMING not in path.relative_to(home).parts]
    for done, path in enumerate(kept):
        watch(path.name, done, len(kept))
        final = to / path.relative_to(home)
        if final.exists():
            continue
        with on_disk(final):
            make_folder(final.parent)
            copyfile(path, temporary)
            size = temporary.stat().st_size
        settle(temporary, final)
        temporary.unlink()
        yield size
