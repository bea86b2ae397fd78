"""Lets packed members flow to the engine through pipes, unpacked and checked on the way.

A department's year unpacks to some gigabytes. Writing them to the disk, to be read from there once, costs several
times the seconds that unpacking does.
"""

from __future__ import annotations

import fcntl
import io
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import BinaryIO

from tallystick.errors import TallystickError
from tallystick.nouns.member import Member

_PIPE = 1 << 20  # what the system allows anyone


def opened(member: Member) -> BinaryIO:
    """The bytes of a member from the start. Raises `ReleaseError`, while read, when they are damaged."""
    if member.packed is None:
        return member.path.open("rb")
    return io.BufferedReader(_Unpacking(member.packed()))


def read_through(member: Member) -> None:
    """Raise `ReleaseError` when anything in a packed member is damaged."""
    for _ in member.packed() if member.packed else ():
        pass


@contextmanager
def flowing(members: Sequence[Member]) -> Iterator[None]:
    """Meanwhile each member can be read at its `path`: a packed one once, from its start.

    Raises `ReleaseError` when a packed member is damaged, whatever the engine made of its bytes. What was read is
    whole only once this is left without an error.
    """
    packed = [member for member in members if member.packed]
    with ThreadPoolExecutor(max(1, len(packed))) as threads, ExitStack() as pipes:
        fed, ends = [], []
        for member in packed:
            end, feed = _pipe(member, pipes)
            ends.append(end)
            fed.append(threads.submit(feed))
        try:
            yield
        except TallystickError:
            for end in ends:
                _drain(end)
            _raise_faults(fed)
            raise
        pipes.close()  # who is not read to the end is told so, and fails
        _raise_faults(fed)


def _pipe(member: Member, pipes: ExitStack) -> tuple[int, Callable[[], None]]:
    """The end of a new pipe, which can be read at the member's path, and what fills it."""
    end, start = os.pipe()
    pipes.callback(os.close, end)
    if size := getattr(fcntl, "F_SETPIPE_SZ", None):
        with suppress(OSError):  # the system allows less; a smaller pipe holds the same bytes
            fcntl.fcntl(start, size, _PIPE)
    member.path.symlink_to(f"/dev/fd/{end}")
    pipes.callback(member.path.unlink)

    def feed() -> None:
        # The pipe ends after the last piece was checked: a reader that saw its end saw the checked whole.
        with os.fdopen(start, "wb", buffering=0) as out:
            for chunk in member.packed() if member.packed else ():
                left = memoryview(chunk)
                while left:
                    left = left[out.write(left) :]

    return end, feed


def _drain(end: int) -> None:
    while os.read(end, _PIPE):
        pass


def _raise_faults(fed: Sequence[Future[None]]) -> None:
    for future in fed:
        future.result()


class _Unpacking(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            if (chunk := next(self._chunks, None)) is None:
                return 0
            self._left = chunk
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size
