"""What bears on an answer: of an Edition and all that is known of it, only what the answer can depend on.

Editions that differ in other tables answer a question alike. What was answered is remembered by what bears on it, so
that a release costs anew only what is asked of its own tables, and a past day only what no other day answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tallystick.answering import Known
from tallystick.metrics.caveats import DEFENCE_LAG
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.stock import TIMES
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.release import Release
from tallystick.remembered import Lately, Remembered

_ACTIONS = "contract_actions"
_JUDGED_BY_STRETCH = {"scope", "sub_agency_code"}
"""A table with these columns has the caveats of the stretches of contract actions (see `metrics.circumstances`)."""


@dataclass(frozen=True)
class Bearing:
    """What bears on the answers of one Edition. `path` is the file of what was answered.

    `profile` is what is told of counts of people, where not all is.
    """

    metrics: Metrics
    known: Known
    releases: tuple[Release, ...]
    path: Path
    lately: Lately = field(default_factory=Lately, hash=False, compare=False)
    profile: str = ""
    _told: dict[frozenset[str], str] = field(default_factory=dict, hash=False)

    def on(self, question: Question) -> Remembered:
        """What was answered to questions on which the same bears. Raises `UnknownName`."""
        metric = self.metrics.metric(question.metric)
        by_stretch = set(self.metrics.graph.unbound(metric.inputs[0]).columns) >= _JUDGED_BY_STRETCH
        names = (*metric.inputs, _ACTIONS) if by_stretch else metric.inputs
        day = self.known.day if _asks_the_day(metric, question, by_stretch, self.known.day) else None
        return self._remembered(self._of(self._behind(names)), self.metrics.told_of(metric.inputs), day)

    def on_tables(self, names: Collection[str]) -> Remembered:
        """What was answered about the rows of tables alone. Raises `UnknownName`."""
        return self._remembered(self._of(self._behind(names)), self.metrics.told_of(names))

    def on_claims(self, *told: Any) -> Remembered:
        """What was judged of claims: by all that is known now, their own wording, and what else was `told`."""
        everything = self._of(frozenset(self.metrics.graph.catalog.published))
        return self._remembered(everything, self.known.standing.edition.code, *told)

    def on_release(self, release: str) -> Remembered:
        """What was answered about the bytes of a release alone."""
        return self._remembered(self.known.standing.edition.code, release)

    def _behind(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(made for name in names for made in self.metrics.graph.published(name))

    def _of(self, tables: frozenset[str]) -> str:
        """All that is known of some published tables: parts, coverage, what is late and what was found."""
        if tables not in self._told:
            sources = {self.metrics.graph.catalog.published[table].id for table in tables}
            releases = {release.id: release for release in self.releases if release.source in sources}
            standing = self.known.standing
            edition = standing.edition
            self._told[tables] = _hashed(
                self._code,
                edition.merged,
                [part for part in edition.parts if part.table in tables],
                [one for one in standing.coverage if one.table in tables],
                [found for found in standing.findings if found.release in releases],
                [(one.source, one.last_day, one.says) for one in self.known.lateness if one.source in sources],
                sorted(id_ for id_, release in releases.items() if not release.is_dated),
            )
        return self._told[tables]

    @property
    def _code(self) -> str:
        """The Edition's code; of today's records only those that answers depend on, which claims are not."""
        catalog, code = self.metrics.graph.catalog, self.known.standing.edition.code
        return (
            code.removesuffix(catalog.fingerprint) + catalog.answering if code.endswith(catalog.fingerprint) else code
        )

    def _remembered(self, *told: Any) -> Remembered:
        return Remembered(self.path, _hashed(*told, *filter(None, [self.profile])), self.lately)


def _asks_the_day(metric: Metric, question: Question, by_stretch: bool, day: date) -> bool:
    """Whether the day that the Edition speaks for bears on the answer.

    Of a stretch of contract actions it does where actions may still arrive: not long after the end of the period.
    """
    if "day" in metric.takes and question.day is None:
        return True
    is_settled = question.end is not None and question.end + DEFENCE_LAG <= day and not set(question.by) & set(TIMES)
    return by_stretch and not is_settled


def _hashed(*told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()
