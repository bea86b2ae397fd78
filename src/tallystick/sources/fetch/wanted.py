"""What is to be had from a publisher, and what was had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tallystick.nouns.release import Provenance
from tallystick.sources.fetch.memory import Validators


@dataclass(frozen=True)
class Wanted:
    """A file at an address, the name it is published under, and the day it was published, if that is told."""

    name: str
    url: str
    published: date | None = None


@dataclass(frozen=True)
class Fetched:
    """A file that came whole and was judged, waiting at `path` to be archived.

    `validators` is None for what was captured from a search, which has no address to ask again.
    """

    name: str
    origin: str
    path: Path
    published: date | None = None
    as_of: date | None = None
    tool: str | None = None
    validators: Validators | None = None

    def provenance(self, source: str) -> Provenance:
        return Provenance(source, self.name, self.origin, self.published, self.as_of, self.tool)
