"""Member: one plain file of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Member:
    """One plain file of a release: its `name` inside the release, and the `path` where it lies for the moment.

    Of a member that stays `packed` nothing lies there yet: `packed()` unpacks it anew, in pieces. A source's
    `read.py` is given one that lies there: `def read(member: Member) -> Iterator[dict[str, object]]` yields its rows
    keyed by the publisher's names.
    """

    name: str
    path: Path
    packed: Callable[[], Iterator[bytes]] | None = None
