"""Which days do the rows speak for, and are they still being reported?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tallystick.checks.profile import fiscal_year
from tallystick.checks.subject import Subject
from tallystick.nouns.finding import Finding, Severity

_QUIET = timedelta(days=30)
_BUSY_ROWS = 100


def running_year(subject: Subject) -> Iterator[Finding]:
    """A fiscal year that had not ended on the day spoken for: a note, since its total is not the year's."""
    as_of = subject.release.provenance.as_of
    for scope, profile in subject.profiles.items():
        year = fiscal_year(scope)
        if as_of is None or year is None or profile.last_day is None or not as_of <= date(year, 9, 30):
            continue
        yield subject.finding(
            "running_year",
            Severity.NOTE,
            f"fiscal year {year} was still running on {as_of}: {scope} in {subject.release.name} ends with an action "
            f"of {profile.last_day}, and its last weeks were still being reported",
            scope,
        )


def stale_capture(subject: Subject) -> Iterator[Finding]:
    """No action for thirty days up to the end of the year, or to the day spoken for, where there are many before."""
    if subject.restates != "scope":
        return
    as_of = subject.release.provenance.as_of
    for scope, profile in subject.profiles.items():
        year = fiscal_year(scope)
        if year is None or profile.last_day is None or as_of is None or profile.rows < _BUSY_ROWS:
            continue
        end = min(as_of, date(year, 9, 30))
        if end - profile.last_day > _QUIET:
            yield subject.finding(
                "stale_capture",
                Severity.WARNING,
                f"{scope} in {subject.release.name} is said to speak for {as_of}, but its last action is of "
                f"{profile.last_day}, {(end - profile.last_day).days} days before {end}",
                scope,
                evidence=[{"last_day": profile.last_day, "expected_until": end}],
                count=1,
                next_step="see whether the capture is older than its name says, or stopped early",
            )


def unknown_day(subject: Subject) -> Iterator[Finding]:
    """Nobody stated what day the release speaks for: a note, with the earliest day that its rows allow."""
    stated = subject.release.provenance
    last = max((p.last_day for p in subject.profiles.values() if p.last_day), default=None)
    if stated.as_of is None and stated.published is None and last is not None:
        yield subject.finding(
            "unknown_day",
            Severity.NOTE,
            f"nobody stated the day that {subject.release.name} speaks for; its last action is of {last}, so "
            "it is of that day at the earliest",
            next_step="state it under releases.dated in source.yml",
        )


def undated_successor(subject: Subject, earlier: Subject, _scopes: tuple[str, ...]) -> Iterator[Finding]:
    """A release without a stated day takes the place of one that has a day, because it was retrieved later."""
    stated, before = subject.release.provenance, earlier.release.provenance
    if stated.as_of is None and stated.published is None and (before.as_of or before.published):
        yield subject.finding(
            "undated_successor",
            Severity.WARNING,
            f"{subject.release.name} has no stated day and takes the place of {earlier.release.name} "
            f"({earlier.release.speaks_for}) only because it was retrieved later",
            count=1,
            next_step="state its day under releases.dated in source.yml",
        )
