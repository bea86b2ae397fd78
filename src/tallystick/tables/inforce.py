"""Chooses the Edition: which releases are in force on a day, and for which stretches of their series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tallystick.archive.ledger import ACCEPT, Decision, Publication
from tallystick.nouns.coverage import Coverage, Held, Snapshot
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Restates

Published = tuple[Release, Publication]
Place = tuple[str, str]
"""A table and a scope."""
Judge = Callable[[Release, Publication, Mapping[Place, Published]], tuple[Finding, ...]]
"""Gives every Finding about a release, told which whole ones were in force before it came."""


Contest = Callable[[Edition, tuple[Coverage, ...]], tuple[Finding, ...]]
"""Gives the Findings about releases that would take the place of a fuller record of another source."""


@dataclass(frozen=True)
class Standing:
    """The Edition with what it rests on: every Finding about what was known, and the coverage of each scope."""

    edition: Edition
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]


def as_read(_release: Release, publication: Publication, _before: Mapping[Place, Published]) -> tuple[Finding, ...]:
    """The Findings of the reading, and no others."""
    return publication.findings


def choose(
    published: Iterable[Published],
    decisions: Mapping[str, Decision],
    known_on: date | None,
    code: str,
    judge: Judge = as_read,
) -> Standing:
    """The Edition of the releases that were known on `known_on` (now, if None), and what it rests on.

    Of releases that restate whole stretches, the one that speaks for the latest day holds each stretch; a
    stretch under a severe Finding that nobody accepted stays with the last good release, and one known to be
    incomplete gives way to a complete release. Releases that amend by key are in force whole or not at all.
    The order is one of stated facts; a Finding says where the time of retrieval had to decide.
    """
    known = sorted(published, key=lambda pair: stated_order(pair[0]))
    succession, found = _Succession(), list[Finding]()
    unstated = by_retrieval(known)
    for release, publication in known:
        findings = (*judge(release, publication, succession.whole()), *unstated.get(release.id, ()))
        found += findings
        succession.take((release, publication), standing_against(findings, decisions))
    edition = Edition(known_on, code, succession.parts())
    return Standing(edition, tuple(found), tuple(c for _, c in sorted(succession.covered.items())))


def contested(chosen: Callable[[Judge], Standing], judge: Judge, contest: Contest) -> Standing:
    """What `chosen` gives when the Findings of `contest` about it count too: chosen anew until it finds no more."""
    told: dict[str, Finding] = {}
    while True:
        standing = chosen(_and(judge, tuple(told.values())))
        more = {found.id: found for found in contest(standing.edition, standing.coverage) if found.id not in told}
        if not more:
            return standing
        told |= more


def _and(judge: Judge, told: tuple[Finding, ...]) -> Judge:
    def judged(release: Release, publication: Publication, before: Mapping[Place, Published]) -> tuple[Finding, ...]:
        return (*judge(release, publication, before), *(found for found in told if found.release == release.id))

    return judged


def standing_against(findings: Iterable[Finding], decisions: Mapping[str, Decision]) -> tuple[Finding, ...]:
    """The severe and incomplete Findings that nobody accepted; one without a scope is about the whole release."""
    return tuple(
        finding
        for finding in findings
        if finding.severity in (Severity.SEVERE, Severity.INCOMPLETE)
        and not (finding.id in decisions and decisions[finding.id].choice == ACCEPT)
    )


def stated_order(release: Release) -> tuple[Any, ...]:
    """What orders releases: the day spoken for, the day published, the name (`...am` before `...pm`).

    Only of two alike in all that does it matter which was retrieved later.
    """
    return (release.speaks_for, release.known_on, release.name, release.retrieved, release.sha256)


def by_retrieval(known: Sequence[Published]) -> Mapping[str, tuple[Finding, ...]]:
    """By release, the Finding that its place among others of its table rests on when it was retrieved.

    So it does where nobody stated a day of it, and where another file has its name and its days. `known` is sorted.
    """
    tables = Counter(file["table"] for _, publication in known for file in publication.files)
    alike = Counter(stated_order(release)[:3] for release, _ in known)
    found: dict[str, tuple[Finding, ...]] = {}
    for release, publication in known:
        others = any(tables[file["table"]] > 1 for file in publication.files)
        if others and (not release.is_dated or alike[stated_order(release)[:3]] > 1):
            because = "another file has its name and its days" if release.is_dated else "nobody stated a day of it"
            says = f"{release.name} is put in order by when it was retrieved: {because}"
            found[release.id] = (
                Finding(
                    release.id, "ordered_by_retrieval", Severity.NOTE, says, count=1,
                    next_step="state its day under releases.dated in source.yml, or with --as-of",
                ),
            )  # fmt: skip
    return found


@dataclass
class _Succession:
    """Who holds each stretch while the releases come in their order."""

    holder: dict[Place, Published] = field(default_factory=dict)
    yardstick: dict[Place, Published] = field(default_factory=dict)
    """The last release that held the whole of each stretch."""
    covered: dict[Place, Coverage] = field(default_factory=dict)
    files: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def take(self, published: Published, against: tuple[Finding, ...]) -> None:
        release, publication = published
        for file in publication.files:
            amends = file["restates"] == Restates.KEYS
            out = [f for f in against if f.severity is Severity.SEVERE and (amends or f.scope is None)]
            if not out:
                self.files[file["table"], release.id] = file
            for scope, rows in file["scopes"].items():
                its = tuple(out) or tuple(finding for finding in against if finding.scope in (None, scope))
                offered = Coverage(file["table"], scope, release.id, release.name, release.speaks_for, rows)
                if file["restates"] == Restates.SNAPSHOTS:
                    self._take_snapshot(offered, published, its)
                else:
                    self._take_scope(offered, published, its, amends)
        self._take_missing(published, against)

    def _take_snapshot(self, offered: Coverage, published: Published, against: tuple[Finding, ...]) -> None:
        """A snapshot speaks for its own day, whoever comes later, as a part if it is one: only what is severe keeps
        it out."""
        place, release = (offered.table, offered.scope), published[0]
        if any(finding.severity is Severity.SEVERE for finding in against):
            self._hold(place, release, against)
            return
        before = self.covered.get(place, Coverage(*place, None, None, None))
        taken = Snapshot(release.id, release.name, release.speaks_for, offered.rows, against)
        snapshots = (*before.snapshots, taken)
        self.covered[place] = replace(offered, incomplete=against, held=before.held, snapshots=snapshots)
        if not against:
            self.yardstick[place] = published

    def _hold(self, place: Place, release: Release, because: tuple[Finding, ...]) -> None:
        held = Held(release.id, release.name, release.speaks_for, because)
        before = self.covered.get(place, Coverage(*place, None, None, None))
        self.covered[place] = replace(before, held=(*before.held, held))

    def _take_missing(self, published: Published, against: tuple[Finding, ...]) -> None:
        """Scopes that the release should hold and does not: what was in force before stays, and is stale."""
        release, publication = published
        restated = [file for file in publication.files if file["restates"] != Restates.KEYS]
        there = {scope for file in publication.files for scope in file["scopes"]}
        for scope in dict.fromkeys(finding.scope for finding in against):
            if scope is None or scope in there:
                continue
            places = [(file["table"], scope) for file in restated]
            # of several tables those that knew the stretch before lack it now; a stretch that none knew, all lack
            for place in [place for place in places if place in self.covered] or places:
                self._hold(place, release, tuple(finding for finding in against if finding.scope == scope))

    def _take_scope(
        self, offered: Coverage, published: Published, against: tuple[Finding, ...], amends: bool
    ) -> None:
        place = (offered.table, offered.scope)
        before = self.covered.get(place, Coverage(*place, None, None, None))
        complete = before.release is not None and not before.incomplete
        if any(finding.severity is Severity.SEVERE for finding in against) or (against and complete and not amends):
            self._hold(place, published[0], against)
            return
        only_amends = amends and place not in self.holder
        # an amendment does not make whole what is a part
        missing = (*before.incomplete, *against) if amends else against
        self.covered[place] = replace(offered, incomplete=missing, held=before.held, only_amends=only_amends)
        if not amends:
            self.holder[place] = published
        if against:
            self.yardstick.pop(place, None)
        elif not amends:
            self.yardstick[place] = published

    def whole(self) -> dict[Place, Published]:
        """What later releases may be held against: a part is no yardstick for the whole."""
        return dict(self.yardstick)

    def parts(self) -> tuple[Part, ...]:
        made = (self._part(table, release, file) for (table, release), file in self.files.items())
        return in_order(part for part in made if part is not None)

    def _part(self, table: str, release: str, file: Mapping[str, Any]) -> Part | None:
        if file["restates"] == Restates.KEYS:
            return Part(table, release, file["file"], file["sha256"], ())
        if file["restates"] == Restates.SNAPSHOTS:
            return self._snapshot(table, release, file)
        held = (scope for scope in file["scopes"] if (table, scope) in self.holder)
        scopes = tuple(sorted(scope for scope in held if self.holder[table, scope][0].id == release))
        partial = tuple(scope for scope in scopes if self.covered[table, scope].incomplete)
        return Part(table, release, file["file"], file["sha256"], scopes, incomplete=partial) if scopes else None

    def _snapshot(self, table: str, release: str, file: Mapping[str, Any]) -> Part | None:
        its = [
            (scope, snapshot)
            for scope in sorted(file["scopes"])
            for snapshot in self.covered[table, scope].snapshots
            if snapshot.release == release
        ]
        if not its:
            return None
        partial = tuple(scope for scope, snapshot in its if snapshot.incomplete)
        scopes = tuple(scope for scope, _ in its)
        return Part(
            table, release, file["file"], file["sha256"], scopes, incomplete=partial, day=its[0][1].speaks_for
        )


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts, sorted, each with its place among its table's releases; they come in the order of knowledge."""
    seen: Counter[str] = Counter()
    placed = []
    for part in parts:
        placed.append(replace(part, order=seen[part.table]))
        seen[part.table] += 1
    return tuple(sorted(placed))
