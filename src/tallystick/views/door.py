"""The door from Python: a bench that takes plain words and whose answers turn into frames."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from tallystick.archive.verify import Watch, unwatched
from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.nouns.difference import Difference
from tallystick.nouns.finding import Finding
from tallystick.nouns.metric import Question, Values
from tallystick.nouns.release import Release
from tallystick.once import once
from tallystick.pipeline import Pipeline
from tallystick.reporting.seal import seal_what_waits
from tallystick.revisions import Named
from tallystick.settings import from_environment
from tallystick.tables.inforce import Standing
from tallystick.views.answer import ShownAnswer
from tallystick.views.archived import refuse_no_archive
from tallystick.views.judgement import ShownJudgement

if TYPE_CHECKING:
    from tallystick.auditing.audit import Audited

Folder = str | os.PathLike[str]
Day = date | str


@dataclass(frozen=True)
class Door(Bench):
    """The bench as a person at a prompt or in a notebook meets it: words and days may be plain text."""

    @once
    def _standing(self) -> Standing:
        seal_what_waits(self.pipeline)
        refuse_no_archive(self.pipeline.settings)
        return super()._standing

    @once
    def _releases(self) -> tuple[Release, ...]:
        seal_what_waits(self.pipeline)
        refuse_no_archive(self.pipeline.settings)
        return super()._releases

    def at(self, known_on: Day) -> Self:
        """The same bench as of what was known on a day."""
        return super().at(day(known_on))

    def audit_disclosure(self, where: str | None = None, most: int = 60) -> Audited:
        """What a published folder, or the server at an address, tells of small counts of people, as `leaks`.

        Without `where`, what this bench would answer to others; at most `most` questions are asked of each metric.
        """
        # loads the solver and a client of the network, which no other question should wait for
        from tallystick.auditing.published import audit_disclosure

        return audit_disclosure(self, where, most)

    def ask(
        self,
        question: Question | str,
        where: Mapping[str, Values] | None = None,
        by: str | Sequence[str] = (),
        start: Day | None = None,
        end: Day | None = None,
    ) -> ShownAnswer:
        """The answer to a question, or to a metric's name with its filters, breakdowns and period.

        `start` and `end` are both inside the period. Raises `UnknownName` with near names, `UsageError` for a day
        that is none.
        """
        if isinstance(question, str):
            dimensions = (by,) if isinstance(by, str) else tuple(by)
            question = Question(question, dict(where or {}), dimensions, _day(start), _day(end))
        return ShownAnswer.of(super().ask(question))

    def diff(
        self, before: Named, after: Named, table: str | None = None, where: Mapping[str, Values] | None = None
    ) -> tuple[Difference, ...]:
        """What changed, row by row, between two releases or Editions. Raises `EditionError` without an archive."""
        refuse_no_archive(self.pipeline.settings)
        return super().diff(before, after, table, where)

    def verify(self, watch: Watch = unwatched) -> Sequence[Finding]:
        """A Finding for each file damaged or missing. Raises `EditionError` without an archive: none is not whole."""
        refuse_no_archive(self.pipeline.settings)
        return super().verify(watch)

    def claim(self, name: str) -> ShownJudgement:
        """The judgement of one claim. Raises `UnknownName` with near names."""
        return ShownJudgement.of(super().claim(name))

    def claims(self) -> Iterator[ShownJudgement]:
        """Every claim, judged one after the other."""
        return map(ShownJudgement.of, super().claims())


def open_door(home: Folder | None = None, records: Folder | None = None) -> Door:
    """The door over a home folder and records; what is not named is read from the environment."""
    named = [os.fspath(folder) if folder is not None else None for folder in (home, records)]
    return Door(Pipeline(from_environment(home=named[0], records=named[1])))


def day(written: Day) -> date:
    """A day as written, `2025-01-20`. Raises `UsageError` when it is none."""
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"'{written}' is not a day", next_step="write the day as year-month-day, for example 2025-01-20"
        ) from error


def _day(written: Day | None) -> date | None:
    return None if written is None else day(written)
