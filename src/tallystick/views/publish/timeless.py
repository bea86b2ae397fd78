"""The bench of a published site: nothing that it tells depends on when or in what order a home took releases in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from tallystick.archive.verify import same_bytes
from tallystick.bench import Bench
from tallystick.nouns.arrivals import Arrivals
from tallystick.nouns.finding import Finding
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Release
from tallystick.tables.inforce import Standing

_OF_A_HOME = frozenset({"late_arrival", "same_bytes"})
"""Findings that tell what a home took in late, and which of two releases of the same bytes it took in first."""


@dataclass(frozen=True)
class TimelessBench(Bench):
    """A bench of which two homes that hold the same Edition give the same answers."""

    @cached_property
    def _standing(self) -> Standing:
        standing = super()._standing
        place = {release.id: place for place, release in enumerate(sorted(self._releases, key=_stated))}
        findings = [found for found in standing.findings if found.kind not in _OF_A_HOME]
        findings += self._repeats()
        return replace(standing, findings=tuple(sorted(findings, key=lambda found: place[found.release])))

    def _repeats(self) -> Iterator[Finding]:
        """Releases of the same bytes as another that was stated to be of an earlier day, or has an earlier name."""
        earlier: dict[str, tuple[Release, ...]] = {}
        for release in sorted(self._releases, key=_stated):
            if self.known_on is None or release.known_on <= self.known_on:
                yield from same_bytes(release, earlier.get(release.sha256, ()))
                earlier[release.sha256] = (*earlier.get(release.sha256, ()), release)

    @cached_property
    def _releases(self) -> tuple[Release, ...]:
        return tuple(sorted(super()._releases, key=lambda one: (one.source, one.name, one.id)))

    def arrivals(self, days: int = 7) -> Arrivals:
        """The releases that became known in the days; how many others were retrieved in them is not told."""
        return replace(super().arrivals(days), undated=0)

    def freeze(
        self, asked: Sequence[Question | str], folder: Path, everything: bool = False, originals: bool = False
    ) -> Path:
        """An evidence bundle that does not say when releases were retrieved, nor when something was decided."""
        return self._evidence(asked, everything, originals, instants=False).freeze(folder)


def _stated(release: Release) -> tuple[date, str, str]:
    """What orders releases by what was stated of them alone, those that nobody dated first."""
    day = release.provenance.as_of or release.provenance.published or date.min
    return day, release.name, release.id
