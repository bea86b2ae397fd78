"""Opens a release: the plain files inside it, each on disk for the engine to read."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.archive.store import Store
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release


@contextmanager
def members(release: Release, store: Store) -> Iterator[tuple[Member, ...]]:
    """The files of `release`, unpacked into a folder that is gone afterwards.

    Raises `ReleaseError` when the archive is truncated, damaged or not what its name says.
    """
    with TemporaryDirectory(prefix="tallystick-") as folder:
        yield tuple(_unpack(release, store, Path(folder)))


def _unpack(release: Release, store: Store, folder: Path) -> Iterator[Member]:
    plain = folder / Path(release.name).name.removesuffix(".gz")
    with store.open(release.sha256) as packed, plain.open("wb") as out:
        try:
            if release.name.endswith(".gz"):
                with gzip.open(packed) as unpacked:
                    shutil.copyfileobj(unpacked, out)
            else:
                shutil.copyfileobj(packed, out)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ReleaseError(
                f"the gzip file is damaged: {error}", where=release.name, next_step="download it again"
            ) from error
    yield Member(plain.name, plain)
