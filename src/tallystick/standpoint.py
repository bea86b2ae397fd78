"""What is held and what is known of it on a day: all that nobody needs an Edition's tables for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallystick import clock
from tallystick.archive.ledger import Position
from tallystick.checks.lateness import lateness_of_all
from tallystick.errors import NotYetError
from tallystick.nouns.arrivals import Arrivals, arrivals
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.edition import Edition
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.lateness import Lateness
from tallystick.nouns.release import Release
from tallystick.once import once
from tallystick.pipeline import Pipeline
from tallystick.tables.coverage import coverage_of
from tallystick.tables.inforce import Standing, standing_against


@dataclass(frozen=True)
class Standpoint:
    """The releases of one home folder as seen from a day: `known_on`, or now.

    `today` is the day to which releases may be overdue where no day known on is asked about; None: that of the clock.
    One that is `hurried` gives what was worked out before and raises `NotYetError` for all else.
    """

    pipeline: Pipeline
    known_on: date | None = None
    today: date | None = None
    hurried: bool = False

    @once
    def edition(self) -> Edition:
        """What its answers are a function of. Its tables are made once something must be worked out of them."""
        self.pipeline.recorded(self._standing.edition)
        return self._standing.edition

    @once
    def day(self) -> date:
        """The day this Edition speaks for: the one asked about, else the latest stated day of a release in it.

        Code lists say nothing of when anything was bought, and a day of retrieval is none that anyone stated: these
        count only where there is nothing else.
        """
        if self.known_on is not None:
            return self.known_on
        parts = {part.release for part in self.edition.parts}
        held = [release for release in self.pipeline.ledger.releases() if release.id in parts]
        sources = self.pipeline.catalog.sources
        dated = [one.speaks_for for one in held if one.is_dated and not sources[one.source].always_known]
        return max(dated or [one.speaks_for for one in held], default=clock.now().date())

    @property
    def _now(self) -> date:
        return self.known_on or self.today or clock.now().date()

    @once
    def _position(self) -> Position:
        """How far the ledger had come before anything of it was looked at."""
        return self.pipeline.ledger.position()

    @once
    def _standing(self) -> Standing:
        assert self._position, "it is read before what it stands for"
        if self.known_on is None:
            return self.pipeline.standing()
        last = max((day for day in self._days_of_releases if day <= self.known_on), default=self.known_on)
        if last not in self._standings:
            if self.hurried:
                raise NotYetError
            self._standings[last] = self.pipeline.standing(last)
        known = self._standings[last]
        return replace(known, edition=replace(known.edition, known_on=self.known_on))

    @once
    def _days_of_releases(self) -> frozenset[date]:
        return frozenset(release.known_on for release in self._releases)

    @once
    def _standings(self) -> dict[date, Standing]:
        """What was known on past days on which a release came: nothing else changes what is known."""
        return {}

    def findings(self) -> tuple[Finding, ...]:
        """Every Finding about the releases known, by release, the earliest spoken for first."""
        return self.told_of(self._standing.findings)

    def told_of(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The Findings as they may be told."""
        return tuple(findings)

    @once
    def lateness(self) -> tuple[Lateness, ...]:
        """What each source promises against what came, by source: as of the day known on, else of `today`."""
        day = self._now
        return lateness_of_all(self.pipeline.catalog.sources, self._releases, day)

    def arrivals(self, days: int = 7) -> Arrivals:
        """The releases that became known in the days to that known on, else to `today`; else the last that did."""
        return arrivals(self._releases, self._now, days)

    def held_back(self) -> tuple[Finding, ...]:
        """The severe Findings that nobody accepted: each keeps its release, or one stretch of it, out."""
        against = standing_against(self._standing.findings, self.pipeline.ledger.decisions())
        return self.told_of([finding for finding in against if finding.severity is Severity.SEVERE])

    def coverage(self, table: str) -> tuple[Coverage, ...]:
        """For each scope of `table` the release in force, the day it speaks for, and the releases held and why.

        Of a table made from several sources, the most believed source with a good release speaks for a scope.
        Raises `UnknownName`.
        """
        self.pipeline.graph.unbound(table)
        return coverage_of(table, self.pipeline.graph, self._standing.coverage)

    def days_of(self, tables: Sequence[str]) -> Sequence[date]:
        """The days on which the releases behind some tables became known, in order."""
        graph, catalog = self.pipeline.graph, self.pipeline.catalog
        names = {name for table in tables for name in graph.published(table)}
        sources = {catalog.published[name].id for name in names if not catalog.published[name].always_known}
        return sorted({one.known_on for one in self._releases if one.source in sources})

    @once
    def days_told(self) -> Mapping[str, date]:
        """The day on which each release held became known, by its id."""
        return {release.id: release.known_on for release in self._releases}

    @once
    def _releases(self) -> tuple[Release, ...]:
        return tuple(self.pipeline.ledger.releases())
