"""The lateness clock: what each source promises against what arrived, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from tallystick.nouns.lateness import Gap, Lateness
from tallystick.nouns.release import Release
from tallystick.nouns.source import Cadence, Source

PUBLISHER = "its publisher"
# The longest that a release may be behind the one before it and still keep the promise: the longest month has 31
# days, the longest half of one 16, the longest quarter 92.
INTERVAL = {
    Cadence.DAILY: 1,
    Cadence.WEEKLY: 7,
    Cadence.EVERY_TWO_WEEKS: 14,
    Cadence.TWICE_A_MONTH: 16,
    Cadence.MONTHLY: 31,
    Cadence.QUARTERLY: 92,
    Cadence.YEARLY: 366,
    Cadence.EVERY_FIVE_YEARS: 1827,
}
# A release half a period late is late; only what is later still was left out.
_LEFT_OUT = 1.5


def lateness(source: Source, releases: Iterable[Release], day: date) -> tuple[Lateness, ...]:
    """What came of each promise about `source`, as of `day`: the publisher's own, and the law's where there is one.

    `releases` are all that were known on that day; those that nobody dated say nothing of when they came. A source
    that promises nothing, or nothing ever again, is never late.
    """
    dated = sorted((_came(release), release.name) for release in releases if release.is_dated)
    arrived = [(came, name) for came, name in dated if came <= day]
    told = [_of(source.id, PUBLISHER, source.cadence, arrived, day)]
    if (law := source.deadline) is not None:
        since = [(came, name) for came, name in arrived if law.since is None or came >= law.since]
        told.append(_of(source.id, law.says, law.every, since, day))
    return tuple(replace(one, title=source.title) for one in told)


def lateness_of_all(sources: Mapping[str, Source], releases: Iterable[Release], day: date) -> tuple[Lateness, ...]:
    """The promises of every source, by source, held against what had become known by `day`."""
    came: dict[str, list[Release]] = {}
    for release in releases:
        if release.known_on <= day:
            came.setdefault(release.source, []).append(release)
    return tuple(
        told for name, source in sorted(sources.items()) for told in lateness(source, came.get(name, ()), day)
    )


def _came(release: Release) -> date:
    return release.provenance.published or release.speaks_for


def _of(source: str, whose: str, every: Cadence, arrived: list[tuple[date, str]], day: date) -> Lateness:
    interval = INTERVAL.get(every)
    if not arrived:
        return Lateness(source, whose, every, day)
    last_day, last = arrived[-1]
    if interval is None:
        return Lateness(source, whose, every, day, last, last_day)
    gaps = tuple(_gaps(sorted({came for came, _ in arrived}), interval))
    return Lateness(source, whose, every, day, last, last_day, last_day + timedelta(days=interval), gaps)


def _gaps(days: list[date], interval: int) -> Iterator[Gap]:
    for after, before in pairwise(days):
        apart = (before - after).days
        if apart > interval * _LEFT_OUT:
            yield Gap(after, before, max(1, round(apart / interval) - 1))
