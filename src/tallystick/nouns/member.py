"""Member: one plain file of a release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Member:
    """One plain file of a release: its `name` inside the release, and the `path` where it lies for the moment.

    A source's `read.py` is given one: `def read(member: Member) -> Iterator[dict[str, object]]` yields its rows
    keyed by the publisher's names.
    """

    name: str
    path: Path
