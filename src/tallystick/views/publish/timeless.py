"""The bench of a published site: nothing that it tells depends on when or in what order a home took releases in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tallystick.bench import Bench
from tallystick.nouns.arrivals import Arrivals
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Release
from tallystick.tables.inforce import Standing

_OF_A_HOME = frozenset({"late_arrival"})
"""Findings that tell of a home and not of its releases: what it took in late."""


@dataclass(frozen=True)
class TimelessBench(Bench):
    """A bench of which two homes that hold the same Edition give the same answers."""

    @cached_property
    def _standing(self) -> Standing:
        standing = super()._standing
        findings = tuple(found for found in standing.findings if found.kind not in _OF_A_HOME)
        return replace(standing, findings=findings)

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
