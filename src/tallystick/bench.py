"""The one deep door: every answer anyone gets comes through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from msgspec import convert, to_builtins

from tallystick import clock
from tallystick.answering import Answering, Known
from tallystick.archive.verify import Watch, unwatched
from tallystick.bearing import Bearing
from tallystick.checking import Checking
from tallystick.claims.judge import judge, reading
from tallystick.crosschecks import crosschecks
from tallystick.disclosure.profile import profile
from tallystick.engines.duckdb import DuckDB
from tallystick.entries import Entries
from tallystick.errors import UnknownName, UsageError
from tallystick.evidence import Evidence
from tallystick.forecasting import Forecasting
from tallystick.gate import Gate
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.claim import Claim
from tallystick.nouns.crosscheck import Crosscheck
from tallystick.nouns.days import refuse_to_come
from tallystick.nouns.difference import Difference
from tallystick.nouns.finding import Finding
from tallystick.nouns.judgement import Judgement, Reading
from tallystick.nouns.metric import Answer, Question, Values
from tallystick.nouns.protection import Protection
from tallystick.nouns.register import TOLD
from tallystick.nouns.release import Release
from tallystick.nouns.sheet import FilledSheet, Sheet
from tallystick.nouns.stood import Around
from tallystick.nouns.target import TargetShown
from tallystick.once import given, once
from tallystick.origins import Origins
from tallystick.pipeline import Pipeline
from tallystick.proposals import Proposals
from tallystick.remembered import Remembered
from tallystick.revisions import Named, Revisions
from tallystick.settings import Settings, from_environment
from tallystick.sheets.fill import Span, filled
from tallystick.sheets.quarters import last_whole, quarter
from tallystick.sheets.targets import targets
from tallystick.standpoint import Standpoint

_LISTED = ("rows", "caveats", "not_whole", "hidden")
# What benches over the same records have in common, those over the same ledger besides, and those of one day.
_OF_RECORDS = ("_crosschecks", "_claims", "sheets")
_OF_ANY_DAY = ("_position", *_OF_RECORDS, "_releases", "_days_of_releases", "_days_behind", "_standings")
_OF_ONE_DAY = ("metrics", "_standing", "edition", "lateness", "_known", "_bearing", "_judged")


@dataclass(frozen=True)
class Bench(Standpoint):
    """Answers questions over the Edition of one standpoint."""

    def sheet_around(self, finding: Finding) -> Around:
        """The cells around a Finding's evidence as they stood in the publisher's file, or why none can be shown."""
        told = self._bearing.on_release(finding.release).recall(
            f"around {finding.id}", lambda: to_builtins(self.pipeline.around(finding))
        )
        return convert(told, Around)

    @once
    def metrics(self) -> Metrics:
        return Metrics(self.pipeline.catalog, self.pipeline.graph, self.known_on)

    def built(self) -> Path:
        """The database file of the Edition, made if it is not there."""
        return self._answering.built()

    @property
    def engine(self) -> DuckDB:
        return self._answering.engine

    @once
    def _answering(self) -> Answering:
        return Answering(self.pipeline, self.metrics, self._known, self.gate, self.hurried)

    @once
    def gate(self) -> Gate:
        """What is told of counts of people, and what is not."""
        settings = self.pipeline.settings
        return Gate(profile(settings.profile, settings.people), self.metrics)

    def told_of(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The Findings as they may be told: beyond the own machine, of counts of persons nothing but their kind."""
        return self.gate.veiled(findings, {release.id: release.source for release in self._releases})

    @once
    def _known(self) -> Known:
        undated = frozenset(release.id for release in self._releases if not release.is_dated)
        standing = replace(self._standing, edition=self.edition)
        return Known(standing, self.day, self.lateness, undated)

    def at(self, known_on: date) -> Self:
        """The same bench as of what was known on a day. Raises `UsageError` for one that is still to come."""
        refuse_to_come(known_on, max(self._now, clock.now().date()))
        if known_on not in self._others:
            kept = {name: getattr(self, name) for name in _OF_ANY_DAY}
            made = replace(self, known_on=known_on)
            self._others[known_on] = given(made, **kept, metrics=self.metrics.as_told_by(known_on))
        found: Self = self._others[known_on]
        return found

    def again(self, hurried: bool | None = None) -> Self:
        """The same bench with connections of its own, for another thread; what was worked out of it is shared.

        `hurried` says whether it waits for what nobody worked out yet; as this one does, if None.
        """
        list(self.metrics.by_name)  # the records are loaded before threads share them
        made = replace(self, pipeline=self.pipeline.again(), hurried=self.hurried if hurried is None else hurried)
        return given(made, **{name: getattr(self, name) for name in (*_OF_ANY_DAY, *_OF_ONE_DAY)})

    def anew(self) -> Self:
        """The bench of now over what the ledger holds now: the records are not read again."""
        made = replace(self, pipeline=self.pipeline.again(), known_on=None)
        return given(made, **{name: getattr(self, name) for name in ("metrics", *_OF_RECORDS)})

    def give_up(self, after: float) -> None:
        """End what the engine works on for another thread, which gets a `BusyError`, if it takes over `after` s."""
        for bench in (self, *tuple(self._others.values())):
            if "_answering" in vars(bench):
                bench._answering.give_up(after)

    def close(self) -> None:
        """Give back the connections; the bench is not asked any more."""
        for bench in (self, *self._others.values()):
            if "_answering" in vars(bench):
                bench._answering.close()
        self.pipeline.ledger.close()

    @once
    def _others(self) -> dict[date, Self]:
        return {}

    def resolved(self, question: Question) -> Question:
        """The question with states, areas and counties, named in any way, spelt as the metric's table spells them."""
        return self._answering.resolved(question)

    def ask(self, question: Question) -> Answer:
        """The answer to a question, with its unit, definition, Edition, SQL and caveats.

        Where the question reaches a stretch that no good release covers, the figure is unknown, not a short sum.
        """
        if question.as_known_on and question.as_known_on != self.known_on:
            return self.at(question.as_known_on).ask(question)
        self.metrics.check(question)
        its = self.metrics.in_its_period(replace(question, as_known_on=None))
        told = self._bearing.on(its).recall(f"ask {its}", lambda: self._answering.worked_out(its))
        asked = replace(its, where=told.pop("where"), as_known_on=question.as_known_on)
        return Answer(asked, edition=self.edition.id, **{**told, **{name: tuple(told[name]) for name in _LISTED}})

    @once
    def _bearing(self) -> Bearing:
        path = self.pipeline.settings.home / "answers.sqlite"
        return Bearing(self.metrics, self._known, self._releases, path, self.pipeline.lately, self._answering.told)

    def days(self, metric: str) -> Sequence[date]:
        """The days on which the releases behind a metric, or rows of registers, became known, in order."""
        if metric not in self._days_behind:
            came = set(self.days_of(self.metrics.metric(metric).inputs))
            self._days_behind[metric] = sorted(came | self.metrics.told_on(metric))
        return self._days_behind[metric]

    def apart(self, metric: str) -> Sequence[str]:
        """The dimensions by which figures of a metric are kept apart. Raises `UnknownName`."""
        return self.metrics.metric(metric).apart

    @once
    def _days_behind(self) -> dict[str, Sequence[date]]:
        return {}

    @once
    def _claims(self) -> Mapping[str, Claim]:
        return self.pipeline.catalog.written("claims", Claim)

    @property
    def claim_names(self) -> tuple[str, ...]:
        """The names of the claims said by the day known on, in the order in which `claims` judges them."""
        return tuple(self.claims_said)

    @property
    def claims_said(self) -> Mapping[str, Claim]:
        """The claims said by the day known on, by name."""
        until = self.known_on or date.max
        return {name: claim for name, claim in self._claims.items() if claim.on <= until}

    def claim(self, name: str) -> Judgement:
        """The judgement of one claim. Raises `UnknownName` with near names, `UsageError` before it was said."""
        said = self._claim(name).on
        if self.known_on is not None and said > self.known_on:
            raise UsageError(
                f"'{name}' was said on {said}, after {self.known_on}", next_step=f"ask as known on {said} or later"
            )
        told = self._judged.recall(f"claim {name}", lambda: to_builtins(judge(self._claims[name], self)))
        return convert(told, Judgement)

    @once
    def _judged(self) -> Remembered:
        # a judgement speaks of past days too, which every release and decision bears on, and of what is late today
        return self._bearing.on_claims(type(self).__name__, self.known_on, self._now, self._position)

    def reading(self, name: str) -> Reading:
        """One claim in this Edition alone. Raises `UnknownName` with near names."""
        return reading(self._claim(name), self)

    def _claim(self, name: str) -> Claim:
        if name not in self._claims:
            raise UnknownName("claim", name, self._claims)
        return self._claims[name]

    def read_now(self, claim: Claim) -> Reading:
        """A claim, of the register or made of an article, in this Edition alone."""
        return reading(claim, self)

    def read_then(self, claim: Claim) -> Reading:
        """The same by what was known on the day it was said."""
        return reading(claim, self.at(min(claim.on, self._now)))

    @once
    def articles(self) -> Checking:
        """Articles held against the claims and metrics of this day."""
        return Checking(self)

    def claims(self) -> Iterator[Judgement]:
        """Every claim said by the day known on, judged one after the other."""
        return map(self.claim, self.claim_names)

    @once
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets that people wrote, by name."""
        return self.pipeline.catalog.written("sheets", Sheet)

    def sheet(self, name: str, words: Sequence[str], of: str | None = None) -> FilledSheet:
        """The sheet `name` about what `words` name, of the quarter `of` (2025Q3; the last whole one if None).

        Raises `UnknownName` with near names, `UsageError` for a quarter that is none.
        """
        if name not in self.sheets:
            raise UnknownName("sheet", name, self.sheets)
        asked = quarter(of) if of else last_whole(self.day)
        return filled(self.sheets[name], words, asked if self.sheets[name].quarterly else None, self)

    @once
    def kept(self) -> Entries:
        """The registers that people keep, an entry a file, and what was found between them and releases."""
        schemas = {name: kept.schema for name, kept in self.pipeline.graph.entries.items()}
        told = {
            (name, entry.name): date.fromisoformat(str(entry.fields[TOLD]))
            for name, kept in self.pipeline.graph.entries.items()
            for entry in kept.entries
            if entry.fields.get(TOLD)
        }
        return Entries(self, schemas, self._crosschecks, self.claims_said, told)

    @once
    def _crosschecks(self) -> Mapping[str, Crosscheck]:
        return crosschecks(self.pipeline.catalog)

    def not_as(self, check: Crosscheck) -> list[dict[str, Any]]:
        """The rows of which a crosscheck does not hold; beyond the own machine none that would tell of persons."""
        if any(map(self.gate.guards_table, check.inputs)):
            return []
        remembered = self.remembered_of(check.inputs)
        return list(remembered.recall(f"crosscheck {check.name}", lambda: self._answering.not_as(check)))

    def targets(
        self, name: str | None = None, by: Sequence[str] = (), everything: bool = False
    ) -> tuple[TargetShown, ...]:
        """The targets of the register, or one, beside what was observed; `everything` adds other days."""
        return targets(self, name, by, everything)

    def table(self, name: str) -> list[dict[str, Any]]:
        """Every row of a small table. Raises `UnknownName`."""
        self.gate.refuse((name,))
        remembered = self.remembered_of((name,))
        return list(remembered.recall(f"table {name}", lambda: self._answering.rows(self.metrics.table(name))))

    def choose_shown_cells(self) -> None:
        """Choose what is shown of counts of people, once for the Edition, so that no question waits for it."""
        self._answering.choose_shown_cells()

    def counted(self, plan: Protection) -> Any:
        """The rows of the table of a plan, as a table of Arrow. Raises `UsageError` beyond the own machine."""
        self.gate.refuse((plan.name,))
        return self._answering.counted(plan)

    def those(self, table: str, column: str, cells: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of a table whose `column` holds one of some cells. Raises `UnknownName`."""
        self.gate.refuse((table,))
        return self._answering.those(table, column, cells)

    def distinct(self, table: str, column: str) -> Sequence[Any]:
        """The values of a column of a table, each once. Raises `UnknownName`."""
        self.gate.refuse((table,))
        rows = self.metrics.table(table).select(column).distinct().order_by(column)
        return [row[column] for row in self._answering.rows(rows)]

    def span(self, question: Question) -> Span | None:
        """The first and last day of the rows that a question's filters let through; None when there are none."""
        return self._origins.span(question) if self.gate.shows_rows(question.metric) else None

    def values(self, metric: str, dimension: str) -> Sequence[str]:
        """The values of a dimension that most rows of a metric's table have, those first. Raises `UnknownName`."""
        first = self.metrics.metric(metric).inputs[0]
        remembered, asked = self._bearing.on_tables((first,)), f"values {first} {dimension}"
        return [row["value"] for row in remembered.recall(asked, lambda: self._answering.frequent(metric, dimension))]

    def refuse_unheard(self, question: Question) -> None:
        """Refuse a wanted value that no row of this Edition has. Raises `UnknownName` with the nearest that exist."""
        self._answering.refuse_unheard(question)

    def releases_behind(self, question: Question) -> tuple[Release, ...]:
        """The releases that the rows behind an answer lie in; where no row says where it lies, all in force."""
        found = self._origins.releases(question, not self.gate.shows_rows(question.metric))
        return tuple(release for release in self._releases if release.id in found)

    def why(self, question: Question, limit: int = 20) -> Sequence[dict[str, Any]]:
        """The rows behind an answer, each with its release and its row there; `limit` of each of its tables."""
        return self._origins.rows(question, limit) if self.gate.shows_rows(question.metric) else ()

    def counts_behind(self, question: Question) -> Mapping[str, int]:
        """How many rows of each table `why` has to give, in its order."""
        return self._origins.counts(question) if self.gate.shows_rows(question.metric) else {}

    def only_counted(self, question: Question) -> tuple[str, ...]:
        """The published tables behind an answer of which a row is about one person: `why` never shows these."""
        return self._origins.only_counted(question)

    @once
    def _origins(self) -> Origins:
        its = self._answering
        return Origins(self.metrics, self.edition, its.prepared, its.asking, self._bearing.on)

    def diff(
        self, before: Named, after: Named, table: str | None = None, where: Mapping[str, Values] | None = None
    ) -> tuple[Difference, ...]:
        """What changed, row by row, between two releases (by id) or Editions (by id, or as known on two days).

        One Difference for `table`, or for each table that both fill; of the rows that `where` lets through.
        """
        self.gate.refuse([table] if table else [])
        found = Revisions(self.pipeline).between(before, after, table, where)
        return tuple(one for one in found if not self.gate.guards_table(one.table))

    def freeze(
        self, asked: Sequence[Question | str], folder: Path, everything: bool = False, originals: bool = False
    ) -> Path:
        """Write an evidence bundle for questions, or those that claims (by name) ask, to a new folder.

        A stranger can rerun it to the same bytes. It holds the releases that the questions' rows reach, or
        `everything`; files with what is withheld of persons only if `originals`. Raises `UsageError` if it is there.
        """
        return self._evidence(asked, everything, originals).freeze(folder)

    def _evidence(
        self, asked: Sequence[Question | str], everything: bool, originals: bool, instants: bool = True
    ) -> Evidence:
        questions = [question for one in asked for question in self._questions(one)]
        self.gate.refuse(name for one in questions for name in self.metrics.metric(one.metric).inputs)
        return Evidence(self, tuple(map(self.ask, dict.fromkeys(questions))), everything, originals, instants)

    def _questions(self, asked: Question | str) -> Sequence[Question]:
        if isinstance(asked, Question):
            return [asked]
        figures = [figure for outcome in self.reading(asked).outcomes for figure in outcome.figures]
        return [figure.question for figure in figures if figure.question and figure.counted is not None]

    @property
    def proposals(self) -> Proposals:
        """What waits for a person to decide."""
        return Proposals(self)

    @property
    def forecasting(self) -> Forecasting:
        """What is said of units under way, and how what was said before turned out."""
        return Forecasting(self)

    def remembered_of(self, tables: Sequence[str]) -> Remembered:
        """What was answered of some tables alone."""
        return self._bearing.on_tables(tables)

    def verify(self, watch: Watch = unwatched) -> Sequence[Finding]:
        """A Finding for each archived or published file that is damaged or missing; none when all is well."""
        return list(self.pipeline.verify(watch))


def open_bench(settings: Settings | None = None) -> Bench:
    """A bench over the home folder and records that the environment names."""
    return Bench(Pipeline(settings or from_environment()))
