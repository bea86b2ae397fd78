"""Lets packed members flow to the engine, unpacked and checked on the way.

A department's year unpacks to some gigabytes. Writing them to the disk, to be read from there once, costs several
times the seconds that unpacking does; a pipe costs the seconds of two copies and of waking who waits at its ends.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, BinaryIO

from fsspec import AbstractFileSystem

from tallystick.engines.duckdb import DuckDB
from tallystick.errors import TallystickError
from tallystick.nouns.member import PACKED, Member, Packed

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)  # asked for, and of no meaning: what lies in a release never changes


def opened(member: Member) -> BinaryIO:
    """The bytes of a member from the start. Raises `ReleaseError`, while read, when they are damaged."""
    if member.packed is None:
        return member.path.open("rb")
    return io.BufferedReader(_Unpacking(member.address, member.packed))


def read_through(member: Member) -> None:
    """Raise `ReleaseError` when anything in a packed member is damaged."""
    for _ in member.packed.unpack() if member.packed else ():
        pass


@contextmanager
def flowing(engine: DuckDB, members: Sequence[Member]) -> Iterator[None]:
    """Meanwhile the engine can read each packed member at its address, from the start.

    Raises `ReleaseError` when one is damaged, whatever the engine made of its bytes, and `TallystickError` when it
    was not read to its end. What was read is whole only once this is left without an error.
    """
    packed = {member.address: member.packed for member in members if member.packed}
    if not packed:
        yield
        return
    files = _PackedFiles(packed)
    with engine.reading(files):
        try:
            yield
        except TallystickError:
            _raise_faults(files.opened, members)
            raise
    _were_read(files.opened, packed)


def _raise_faults(opened: Sequence[_Unpacking], members: Sequence[Member]) -> None:
    """Raise what stopped the unpacking, where anything did: the engine's own error only follows from it."""
    for stream in opened:
        if stream.fault:
            raise stream.fault
    for member in members:
        read_through(member)


def _were_read(opened: Sequence[_Unpacking], packed: Mapping[str, Packed]) -> None:
    unread = set(packed) - {stream.address for stream in opened if not stream.read()}
    if unread:
        raise TallystickError("the engine did not read a packed file to its end", where=", ".join(sorted(unread)))


class _Unpacking(io.RawIOBase):
    """A packed member as a file that is read once, from its start, in the pieces in which it is unpacked."""

    def __init__(self, address: str, packed: Packed) -> None:
        self.address = address
        self.fault: BaseException | None = None
        self._pieces, self._left, self._done = packed.unpack(), b"", 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int = -1) -> bytes:
        """The next piece, cut to `size` bytes; none at the end, when the whole was checked."""
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return b""
        except BaseException as fault:
            self.fault = fault
            raise
        if 0 <= size < len(self._left):
            piece, self._left = self._left[:size], self._left[size:]
        else:
            piece, self._left = self._left, b""
        self._done += len(piece)
        return piece

    def tell(self) -> int:
        return self._done

    def seek(self, offset: int, whence: int = 0) -> int:
        """Nowhere else than where it is: the engine goes to the start before it begins."""
        if (offset, whence) != (self._done, 0):
            raise io.UnsupportedOperation("a packed file is read once, from its start")
        return self._done


class _PackedFiles(AbstractFileSystem):  # type: ignore[misc]
    """Packed members by their addresses, as the engine asks for files."""

    protocol = PACKED
    cachable = False

    def __init__(self, packed: Mapping[str, Packed]) -> None:
        super().__init__()
        self._packed = packed
        self.opened: list[_Unpacking] = []

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path

    def glob(self, path: str, **_: Any) -> list[str]:
        """A name may hold what a pattern does."""
        return [path]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": self._packed[path].size, "type": "file"}

    def modified(self, path: str) -> datetime:
        del path
        return _NO_TIME

    def open(self, path: str, mode: str = "rb", **_: Any) -> _Unpacking:
        del mode
        self.opened.append(_Unpacking(path, self._packed[path]))
        return self.opened[-1]
