"""Target: a number that somebody said was to be reached, and how what was observed stands to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Standing:
    """What one series says of a target, over the days on which the target was in force, or partly, before, after.

    `group` are the breakdowns asked for. `actual`, `gap` and `trend` (over 30 days) are in the target's own measure,
    `met` is the share of `periods` (of the length `grain`) that met it.
    """

    series: str
    grain: str
    in_force: str
    group: dict[str, Any] = field(hash=False)
    actual: float | None
    gap: float | None
    reached: float | None
    trend: float | None
    met: float | None
    periods: int | None


@dataclass(frozen=True)
class TargetShown:
    """A target with its register row (`facts`), its standings in one Edition, and what must be read with them.

    Without a standing it is unknown, and `facts['settled_by']` says what would settle it.
    """

    facts: dict[str, Any] = field(hash=False)
    standings: tuple[Standing, ...]
    edition: str
    caveats: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.facts["target"])

    @property
    def is_contested(self) -> bool:
        return bool(self.facts["contested"] == "yes")
