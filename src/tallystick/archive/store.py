"""Keeps every file's bytes once, under their sha256, compressed at rest. Nothing is overwritten or deleted."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import zstandard

from tallystick.archive.bucket import Bucket
from tallystick.archive.durable import incoming, on_disk, settle
from tallystick.errors import ArchiveError

_CHUNK = 1 << 18  # larger pieces come fresh from the system each time: four times the seconds of copying
_AT_ONCE = 1 << 30
_SEE_VERIFY = "run 'tallystick verify' to see what else is damaged or missing"
_ALREADY_COMPRESSED = (b"PK\x03\x04", b"\x1f\x8b", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"BZh")


@dataclass(frozen=True)
class Stored:
    """Bytes in the store: their hash and their size before compression."""

    sha256: str
    size: int


class Store:
    """A folder of immutable files named by the sha256 of their contents.

    A file gets its name after its bytes are on the disk, so a killed process or a full disk leaves at most
    a temporary file that nothing refers to.
    """

    def __init__(self, root: Path, bucket: Bucket | None = None) -> None:
        """With a `bucket` that has the files, the folder is its cache: each file's name tells what is in it."""
        self._root = root
        self._bucket = bucket

    def add(self, path: Path) -> Stored:
        """Copy the file in; once this returns its bytes are on the disk. Bytes that are there stay as they are.

        Raises `ArchiveError` when the disk is full or the file cannot be read.
        """
        with on_disk(path), path.open("rb") as source, incoming(self._root) as temporary:
            stored, packed = _copy(source, temporary)
            settle(temporary, self._file(stored.sha256, packed))
        if self._bucket is not None:
            self._bucket.put(self._key(stored.sha256, packed), self._file(stored.sha256, packed))
        return stored

    @contextmanager
    def open(self, sha256: str) -> Iterator[BinaryIO]:
        """The bytes as they were added.

        Raises `ArchiveError` when the store has none under that hash, or cannot be unpacked any more.
        """
        path = self.path(sha256)
        with _unpacked(path, path.suffix == ".zst") as file:
            yield file

    def path(self, sha256: str) -> Path:
        """The file that holds these bytes. Raises `ArchiveError` when there is none."""
        for packed in (False, True):
            if (path := self._file(sha256, packed)).exists():
                return path
        for packed in (True, False) if self._bucket else ():
            if self._brought(sha256, packed):
                return self._file(sha256, packed)
        raise ArchiveError("the archive does not hold these bytes", where=f"sha256 {sha256}", next_step=_SEE_VERIFY)

    def sha256_of(self, sha256: str) -> str:
        """Hash the stored bytes anew: equal to `sha256` unless the disk damaged them. Raises `ArchiveError`."""
        if self._bucket is None:
            with self.open(sha256) as file:
                return _hashed(file).sha256
        with incoming(self._root) as temporary:
            for packed in (True, False):
                if self._bucket.get(self._key(sha256, packed), temporary):
                    with _unpacked(temporary, packed) as file:
                        return _hashed(file).sha256
        raise ArchiveError("the bucket does not hold these bytes", where=f"sha256 {sha256}", next_step=_SEE_VERIFY)

    def keep(self, sha256s: Iterable[str]) -> None:
        """Have the bucket hold what the folder does of these. Raises `OutOfReach`."""
        if self._bucket is None:
            return
        there, lacking = self._bucket.keys("archive/"), dict[str, Path]()
        for sha256 in sha256s:
            keys = {self._key(sha256, packed): self._file(sha256, packed) for packed in (True, False)}
            if not there & keys.keys():
                lacking |= {key: path for key, path in keys.items() if path.exists()}
        self._bucket.put_all(lacking)

    def _brought(self, sha256: str, packed: bool) -> bool:
        """Bring a file from the bucket to the folder. Raises `ArchiveError` when its bytes are others."""
        with incoming(self._root) as temporary:
            if self._bucket is None or not self._bucket.get(self._key(sha256, packed), temporary):
                return False
            with _unpacked(temporary, packed) as file:
                found = _hashed(file).sha256
            if found != sha256:
                raise ArchiveError(
                    f"what the bucket gave is damaged: it hashes to {found}",
                    where=f"{self._bucket.address}/{self._key(sha256, packed)}",
                    next_step=_SEE_VERIFY,
                )
            settle(temporary, self._file(sha256, packed))
        return True

    def _key(self, sha256: str, packed: bool) -> str:
        return f"archive/{self._file(sha256, packed).relative_to(self._root).as_posix()}"

    def _file(self, sha256: str, packed: bool) -> Path:
        return self._root / sha256[:2] / (sha256 + (".zst" if packed else ""))


@contextmanager
def _unpacked(path: Path, packed: bool) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            if not packed:
                yield file
                return
            with zstandard.ZstdDecompressor().stream_reader(file) as reader:
                yield reader
    except zstandard.ZstdError as error:
        raise ArchiveError(
            f"the archived bytes are damaged: {error}", where=str(path), next_step=_SEE_VERIFY
        ) from error


def _copy(source: BinaryIO, temporary: Path) -> tuple[Stored, bool]:
    """Copy and hash; returns what was stored and whether it was compressed on the way."""
    packed = not source.read(8).startswith(_ALREADY_COMPRESSED)
    source.seek(0)
    if not packed:
        _copy_as_it_is(source, temporary)
        with temporary.open("rb") as copy:
            return _hashed(copy), packed
    with temporary.open("wb") as out:
        sink = zstandard.ZstdCompressor(level=6).stream_writer(out, closefd=False)
        stored = _hashed(source, sink.write)
        sink.close()  # type: ignore[no-untyped-call]
    return stored, packed


def _copy_as_it_is(source: BinaryIO, temporary: Path) -> None:
    """By the system where it can: a fifth of the seconds that it takes to have the bytes pass through here."""
    done = 0
    with temporary.open("wb") as out:
        if hasattr(os, "copy_file_range"):
            with suppress(OSError):  # not between these file systems; what stops a plain copy too is told by it
                while copied := os.copy_file_range(source.fileno(), out.fileno(), _AT_ONCE, done, done):
                    done += copied
        source.seek(done)
        out.seek(done)
        shutil.copyfileobj(source, out, _CHUNK)


def _hashed(source: BinaryIO, sink: Callable[[bytes], object] = len) -> Stored:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        sink(chunk)
    return Stored(digest.hexdigest(), size)
