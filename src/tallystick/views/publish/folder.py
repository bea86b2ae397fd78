"""A folder that appears whole in the place of an earlier one, or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EXCHANGE = 2
_AT_CWD = -100


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A new folder next to `folder` to write to, removed in the end unless it took its place.

    What an earlier run left behind that was killed is cleared away. Raises `OSError`.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}-publishing-"
    for left in folder.parent.glob(f"{prefix}*"):
        _clear_if_dead(left)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    handle = os.open(made, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def take_place(made: Path, folder: Path) -> None:
    """Give `made` the name `folder`; what lay there then lies at `made`. At no moment is nothing there."""
    made.chmod(0o755)
    if folder.exists():
        _exchange(made, folder)
    else:
        made.rename(folder)


def _exchange(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2") and libc.renameat2(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE) == 0:
        return
    # a system without such an exchange: for a moment there is nothing
    aside = one.with_name(f"{one.name}-before")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def _clear_if_dead(folder: Path) -> None:
    with suppress(OSError):  # its maker is at work, or it is gone: either way it is not ours to clear
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
