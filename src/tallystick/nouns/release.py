"""Release: immutable bytes, and what is known about how they came to be public."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property


@dataclass(frozen=True)
class Provenance:
    """What is stated about a file before anyone reads it. `None` means *unknown*, never *today*.

    `name` is the file name as published; `published` the day the publisher put it out; `as_of` the day its
    data speak for; `tool` whatever captured it, if it was not a plain download.
    """

    source: str
    name: str
    origin: str | None = None
    published: date | None = None
    as_of: date | None = None
    tool: str | None = None


@dataclass(frozen=True)
class Release:
    """Bytes (`sha256`, `size` in bytes) with their provenance and the instant they were `retrieved`."""

    provenance: Provenance
    sha256: str
    size: int
    retrieved: datetime

    @cached_property
    def id(self) -> str:
        """Twelve hex digits of a hash over the source, the bytes, the name and the stated dates.

        The same bytes under another name or date are another release; the same again are the same release,
        whenever they are retrieved.
        """
        stated = self.provenance
        told = [stated.source, self.sha256, stated.name, _iso(stated.published), _iso(stated.as_of)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]

    @property
    def source(self) -> str:
        return self.provenance.source

    @property
    def name(self) -> str:
        return self.provenance.name

    @property
    def speaks_for(self) -> date:
        """The day that orders releases of one source: `as_of`, else `published`, else the day retrieved."""
        return self.provenance.as_of or self.provenance.published or self.retrieved.date()

    @property
    def is_dated(self) -> bool:
        """Whether anybody stated a day for it."""
        return bool(self.provenance.as_of or self.provenance.published)

    @property
    def known_on(self) -> date:
        """The first day on which a reader could have known it: `published`, else `as_of`, else retrieved."""
        return self.provenance.published or self.provenance.as_of or self.retrieved.date()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
