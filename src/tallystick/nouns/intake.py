"""Intake: what came of taking in several files at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import TallystickError
from tallystick.nouns.release import Release


@dataclass(frozen=True)
class Refused:
    """A file of which no rows could be had, and why; whether its bytes stand as a release nevertheless."""

    name: str
    why: TallystickError
    is_kept: bool = False

    @property
    def became(self) -> str:
        """What became of it, as a sentence goes on after its name."""
        return "is kept, and cannot be read" if self.is_kept else "was refused"


@dataclass(frozen=True)
class Intake:
    """What taking in a folder gave, in the order of the work.

    `taken` are releases that stand now, whether they are new or stood before; `left_alone` are files that no
    source asks for.
    """

    taken: tuple[Release, ...] = ()
    refused: tuple[Refused, ...] = ()
    left_alone: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Refreshed:
    """What asking a publisher gave. While anything of a set was `refused`, nothing of it is new."""

    new: tuple[Release, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
