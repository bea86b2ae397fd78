"""Releases that later ones begin with: a log that is sealed again and again grows, and only its last file counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tallystick.nouns.release import Release
from tallystick.nouns.source import Source

_THROUGH = "(?P<through>"


def outgrown(releases: Iterable[Release], sources: Mapping[str, Source]) -> frozenset[str]:
    """The ids of releases all of which another holds too: the names differ in the group `through` of their pattern.

    Such a source promises that a file begins with all that one of its series with a smaller number holds. Leaving
    these out changes no table, for the later one restates their scope, and spares looking at each.
    """
    growing = {its_id: _patterns(source) for its_id, source in sources.items() if _patterns(source)}
    last: dict[tuple[str, str], tuple[int, str]] = {}
    found: set[str] = set()
    for release in releases:
        for pattern in growing.get(release.source, ()):
            if told := pattern.fullmatch(release.name):
                series = (release.source, release.name[: told.start("through")])
                mine = (int(told["through"]), release.id)
                before = last.setdefault(series, mine)
                last[series] = max(before, mine)
                found |= {min(before, mine)[1]} if before != mine else set()
    return frozenset(found)


def _patterns(source: Source) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in source.releases.match if _THROUGH in pattern)
