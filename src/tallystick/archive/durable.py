"""Files that appear whole or not at all, and stay once they appeared.

A file is written under `.incoming`, brought to the disk, then linked to its name: a link never replaces what is
there. Every writer holds a shared lock on `.incoming`, which the system takes back when the process dies; whoever
gets the lock alone knows that all that lies there was left behind by the dead, and clears it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tallystick.errors import ArchiveError

INCOMING = ".incoming"


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Turn what the system says about a full or faulty disk into an `ArchiveError` about `path`."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"this could not be kept: {error.strerror or error}",
            where=str(error.filename or path),
            next_step="free some space or correct the path, then do it again; nothing was recorded",
        ) from error


@contextmanager
def incoming(root: Path) -> Iterator[Path]:
    """A path below `root` that nobody else writes to; what is left of it is removed afterwards.

    Raises `ArchiveError` when the folder cannot be made.
    """
    with ExitStack() as stack:
        with on_disk(root):
            make_folder(root / INCOMING)
            stack.enter_context(_sharing(root))
            folder = Path(tempfile.mkdtemp(dir=root / INCOMING))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder / "file"


def settle(temporary: Path, final: Path) -> bool:
    """Give the whole file `temporary` its name; False when a file of that name was there, which then stays.

    Once this returns, the file survives a power cut. Both must lie on one file system. Raises `ArchiveError`.
    """
    with on_disk(final):
        _sync(temporary)
        make_folder(final.parent)
        try:
            os.link(temporary, final)
            is_new = True
        except FileExistsError:
            is_new = False
        _sync(final.parent)
    return is_new


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it that are not there, each on the disk before the next one. Raises `OSError`."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def leftovers(root: Path) -> list[Path]:
    """What lies under `.incoming` now: being written, or left behind by a process that died."""
    folder = root / INCOMING
    return sorted(folder.iterdir()) if folder.is_dir() else []


@contextmanager
def _sharing(root: Path) -> Iterator[None]:
    handle = os.open(root / INCOMING, os.O_RDONLY)
    try:
        with suppress(BlockingIOError):  # others are writing, and what lies there may be theirs
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in leftovers(root):
                shutil.rmtree(path, ignore_errors=True)
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def at_work(file: Path) -> Iterator[None]:
    """Have others see (`is_at_work`) that somebody is at work, until the block or the process ends somehow."""
    with on_disk(file):
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def is_at_work(file: Path) -> bool:
    """Whether somebody, in this process or another, is `at_work`."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
