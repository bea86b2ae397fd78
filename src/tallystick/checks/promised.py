"""Does a release hold what its name promises, and enough of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from tallystick.checks.profile import Profile, fiscal_year
from tallystick.checks.subject import Subject
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Publication, Source

_DAYS = 365


def promised_scopes(release: Release, source: Source, publication: Publication) -> tuple[str, ...]:
    """The scopes that a release of this name must hold, as `expect.scopes` declares them."""
    name = PurePosixPath(release.name).name
    said = next(filter(None, (re.fullmatch(pattern, name) for pattern in source.releases.match)), None)
    groups = {group: text for group, text in said.groupdict().items() if text} if said else {}
    asked = ((scope, set(re.findall(r"\{(\w+)\}", scope))) for scope in publication.expect.scopes)
    return tuple(scope.format(**groups) for scope, needed in asked if needed <= set(groups))


def promised_scope(subject: Subject) -> Iterator[Finding]:
    """A scope that the file's name promises and no row is of: incomplete, so an earlier release goes on speaking."""
    if subject.restates != "scope":
        return
    for scope in subject.promised:
        if scope not in subject.profiles:
            yield subject.finding(
                "promised_scope",
                Severity.INCOMPLETE,
                f"{subject.release.name} has no row of {scope}, which its name promises",
                scope,
                evidence=[{"scope": other, "rows": seen.rows} for other, seen in subject.profiles.items()],
                count=1,
                next_step="capture this part again; until then an earlier good release speaks for it",
            )


def scope_row_count(subject: Subject) -> Iterator[Finding]:
    """A promised scope with fewer rows than its part of the year must have: incomplete."""
    floor = subject.publication.expect.scope_rows
    for scope in subject.promised if floor and subject.restates == "scope" else ():
        profile = subject.profiles.get(scope)
        if floor is None or profile is None:
            continue
        fewest = int(floor * _elapsed(subject, scope, profile))
        if profile.rows < fewest:
            yield subject.finding(
                "scope_row_count",
                Severity.INCOMPLETE,
                f"{scope} has {profile.rows:,} row(s) in {subject.release.name}, under the {fewest:,} that so much "
                "of the year has at the least",
                scope,
                evidence=[{"scope": scope, "rows": profile.rows, "fewest": fewest}],
                count=profile.rows,
                next_step="see whether the capture stopped early; capture this part again",
            )


def _elapsed(subject: Subject, scope: str, profile: Profile) -> float:
    """The share of the scope's fiscal year that was over on the day spoken for, or on the last day of any action."""
    year, day = fiscal_year(scope), subject.release.provenance.as_of or profile.last_day
    if year is None or day is None:
        return 1.0
    return min(max((day - date(year - 1, 10, 1)).days / _DAYS, 0.0), 1.0)
