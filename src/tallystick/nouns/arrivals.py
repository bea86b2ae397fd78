"""Arrivals: the releases that became known in the last days, and the day that now is best laid beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tallystick.nouns.release import Release


@dataclass(frozen=True)
class Arrivals:
    """The `releases` that became known in the `days` days to `day`, the newest first.

    Only releases of which somebody stated a day are in it: that others were retrieved on one says nothing of when
    they became known. `undated` counts such that were retrieved in these days. When none came, `releases` are those
    of the last day on which any did, and `is_quiet`.
    """

    day: date
    days: int
    releases: tuple[Release, ...]
    undated: int = 0

    @property
    def is_quiet(self) -> bool:
        return not self.releases or self.last <= self.since

    @property
    def since(self) -> date:
        """The day before the first of these days."""
        return self.day - timedelta(days=self.days)

    @property
    def last(self) -> date:
        """The day on which the newest became known; `day` itself where nothing is held."""
        return max((release.known_on for release in self.releases), default=self.day)

    @property
    def before(self) -> date:
        """The day whose Edition shows what these changed: that before the days, or before the last change."""
        return self.last - timedelta(days=1) if self.is_quiet else self.since


def arrivals(releases: Iterable[Release], day: date, days: int) -> Arrivals:
    """What became known in the `days` days to `day`, or else on the last day before on which anything did."""
    since = day - timedelta(days=days)
    held = tuple(release for release in releases if release.known_on <= day)
    known = [release for release in held if release.is_dated]
    first = min(since + timedelta(days=1), max((release.known_on for release in known), default=day))
    came = [release for release in known if release.known_on >= first]
    came.sort(key=lambda release: (release.source, release.name))
    came.sort(key=lambda release: release.known_on, reverse=True)
    undated = sum(not release.is_dated and release.known_on > since for release in held)
    return Arrivals(day, days, tuple(came), undated)
