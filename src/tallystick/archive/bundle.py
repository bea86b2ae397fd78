"""Writes an evidence bundle: a BagIt bag (RFC 8493) that appears whole, the same bytes for the same contents."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import bagit

from tallystick.errors import ArchiveError, UsageError


def bundle(folder: Path, fill: Callable[[Path], None], info: dict[str, str]) -> Path:
    """Make the bag `folder` of what `fill` writes into the folder it is given; `info` goes into bag-info.txt.

    No date is written, so the same payload makes the same bag. Raises `UsageError` when `folder` is there already,
    `ArchiveError` when it cannot be written; then nothing of it is there.
    """
    if folder.exists():
        raise UsageError("this folder is there already", where=str(folder), next_step="name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            fill(temporary)
            _make_bag(temporary, info)
            temporary.chmod(0o755)
            temporary.rename(folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise ArchiveError(
            f"the bundle could not be written: {error.strerror}",
            where=str(error.filename or folder),
            next_step="free some space or name another folder; nothing was left behind",
        ) from error
    return folder


def damage(folder: Path) -> str | None:
    """What is wrong with a bag, in the words of the reference implementation of BagIt; None when it is whole."""
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        return str(error)
    return None


def _make_bag(folder: Path, info: dict[str, str]) -> None:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bag = bagit.make_bag(str(folder), dict(info), checksums=["sha256"])
        # The day of bagging would make two bags of one Edition differ.
        del bag.info["Bagging-Date"]
        bag.save()
        # The library parts hash and name by one space, which sha256sum does not read.
        tags = folder / "tagmanifest-sha256.txt"
        lines = [line.split(maxsplit=1) for line in tags.read_text(encoding="utf-8").splitlines()]
        tags.write_text("".join(f"{digest}  {name}\n" for digest, name in lines), encoding="utf-8")
    except bagit.BagError as error:
        raise ArchiveError(f"the bundle could not be written: {error}", where=str(folder)) from error
