"""Member: one plain file of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKED = "packed"
"""The protocol of the addresses of packed members."""


@dataclass(frozen=True)
class Packed:
    """What lies packed: how many bytes it unpacks to, which unpacking holds it to, and what unpacks it anew, in
    pieces."""

    size: int
    unpack: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Member:
    """One plain file of a release: its `name` inside the release, and the `path` where it lies for the moment.

    Of a member that stays `packed` nothing lies there. A source's `read.py` is given one that lies there:
    `def read(member: Member) -> Iterator[dict[str, object]]` yields its rows keyed by the publisher's names.
    """

    name: str
    path: Path
    packed: Packed | None = None

    @property
    def address(self) -> str:
        """Where the engine reads it; of a packed one only while it flows (see `sources/flowing.py`)."""
        return f"{PACKED}://{self.path}" if self.packed else str(self.path)
