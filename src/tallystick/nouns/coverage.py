"""Coverage: which release speaks for a stretch of a series, and which releases were kept from doing so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tallystick.nouns.finding import Finding


@dataclass(frozen=True)
class Held:
    """A release kept out of a stretch by Findings that nobody accepted: it is false there, or only a part."""

    release: str
    name: str
    speaks_for: date
    because: tuple[Finding, ...]

    @property
    def says(self) -> str:
        return "; ".join(finding.says for finding in self.because)


@dataclass(frozen=True)
class Snapshot:
    """A release in force for its own day, whatever came later. `incomplete` are the Findings that make it a part."""

    release: str
    name: str
    speaks_for: date
    rows: int
    incomplete: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """One stretch (`scope`) of one table: the release in force, the day it speaks for, and what was held.

    `rows` counts its rows there. `release` is None when no release of the stretch was good enough: then figures
    over it are *unknown*.
    `incomplete` are the Findings that make the one in force a part only: then figures over it are a floor.
    `only_amends` says that no release restates the stretch, so that what is held are single rows of it.
    `snapshots` are all that are in force, each for its day, where the series is one of snapshots: then the release
    named here is the newest of them.
    `since` is the day from which a newer release was held back, None when nothing newer was: a snapshot that told a
    fiscal year to its end is not made stale by a later workbook that tells of that year again.
    """

    table: str
    scope: str
    release: str | None
    name: str | None
    speaks_for: date | None
    rows: int = 0
    incomplete: tuple[Finding, ...] = ()
    held: tuple[Held, ...] = ()
    only_amends: bool = False
    snapshots: tuple[Snapshot, ...] = ()

    @property
    def since(self) -> date | None:
        if self._is_told_to_its_end:
            return None
        newer = [
            held.speaks_for for held in self.held if self.speaks_for is None or held.speaks_for > self.speaks_for
        ]
        return min(newer, default=None)

    @property
    def _is_told_to_its_end(self) -> bool:
        """Whether the snapshot in force was made when the fiscal year of the stretch was over."""
        year = re.search(r"(?:^|/)FY(\d{4})(?:/|$)", self.scope)
        ended = date(int(year.group(1)), 9, 30) if year else None
        return bool(self.snapshots and ended and self.speaks_for and self.speaks_for >= ended)

    @property
    def is_stale(self) -> bool:
        """A newer release came and was held, so an older one stays in force."""
        return self.release is not None and self.since is not None

    @property
    def says(self) -> str:
        """A sentence to put beside a figure; empty when the newest release is in force and whole."""
        if self.release is None:
            return f"{self.scope} has no release good enough to count: {self.held[-1].says}" if self.held else ""
        if self.incomplete:
            return f"{self.scope} is incomplete: {'; '.join(finding.says for finding in self.incomplete)}"
        if not self.is_stale:
            return ""
        return f"{self.scope} is stale: {self.name} of {self.speaks_for} stays in force, because {self.held[-1].says}"
