"""State: what documents are a function of, beside their address; and the news that tells of another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tallystick.archive.ledger import Position
from tallystick.nouns.release import Release


@dataclass(frozen=True)
class State:
    """An Edition, how far the ledger had come when it was chosen, and the day it was chosen on.

    Decisions change what is held back without changing the Edition, and lateness changes with the day.
    """

    edition: str
    position: Position
    day: date

    @property
    def tag(self) -> str:
        """One word for all of it."""
        return f"{self.edition}-{self.position.releases}.{self.position.decisions}-{self.day}"


@dataclass(frozen=True)
class News:
    """What happened: `landed` when a release is in the ledger, else another Edition is in force.

    `position` is how far the ledger had come then, `edition` what was in force once this had happened.
    """

    position: Position
    edition: str
    landed: Release | None = None
