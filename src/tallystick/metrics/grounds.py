"""What a figure rests on, whatever table it is over: the releases behind it, the days they cover, what was held.

One rule for every table: a metric's tables are made from published ones, and of these the Edition knows for each
stretch which release is in force. A stretch that names a fiscal year is reached by the years of the question, any
other by all of it. Contract actions have rules of their own (`caveats`), by agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tallystick.metrics.circumstances import Asks
from tallystick.metrics.coverage import fiscal_year
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.stock import TIMES
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.lateness import Lateness
from tallystick.nouns.metric import Metric, Question

_YEAR = re.compile(r"(?<![^/])FY(\d{4})(?![^/])")
_MOST = 4
_LONGEST = timedelta(days=366)
"""How long after the newest snapshot it still answers for a stock: after that a newer one was due of any series."""
_JUDGED_BY_AGENCY = "contract_actions"


@dataclass(frozen=True)
class Rested:
    """The sentences about what a figure rests on, the gravest first, and whether nothing covers what was asked.

    `stated` is the newest day that the releases speak for, where each of them states one.
    """

    says: tuple[str, ...] = ()
    is_unknown: bool = False
    stated: date | None = None


@dataclass(frozen=True)
class Extent:
    """What a table has, whatever is asked of it: the kinds of its stretches (`FY/detention`; None where its rows name
    none), its `first` and `last` day, and the newest day that a release of it is stated to speak for."""

    kinds: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    stated: date | None = None

    @property
    def until(self) -> date | None:
        """The day up to which the table can be said to know: that of its newest release, else of its last row."""
        return self.stated or self.last


@dataclass(frozen=True)
class Grounds:
    """How an Edition covers the published tables behind any other.

    `asks` gives the rows of what a named expression makes of a question over it; `undated` are the releases of which
    nobody stated a day: that they were retrieved on one says nothing of what they tell.
    """

    metrics: Metrics
    coverage: tuple[Coverage, ...]
    lateness: tuple[Lateness, ...]
    asks: Asks
    undated: frozenset[str] = frozenset()
    _extents: dict[tuple[str, str | None], Extent] = field(default_factory=dict, hash=False)

    def of(self, question: Question, taken_on: date | None = None) -> Rested:
        """What the answer to `question` rests on; `taken_on` is the day of the snapshot that answers for a stock."""
        metric = self.metrics.metric(question.metric)
        behind = self._behind(metric)
        if not behind:
            return Rested()
        extent = self._extent(metric)
        asked = Asked(metric, question, extent, taken_on)
        of_it = [one for one in self.coverage if one.table in behind]
        reached = [one for one in of_it if asked.reaches(one.scope)]
        uncovered = [*asked.outside()] or [*asked.without(of_it)]
        late = self._overdue(behind, asked)
        resting = self._resting(question, of_it)
        dated = [told for release, told in resting.items() if release not in self.undated]
        rests = [rests_on(dated, sorted(resting.values()))] if resting else []
        says = (*uncovered, *_cut(_doubts(reached, asked)), *asked.beyond(), *late, *rests)
        stated = max(dated)[0] if dated and len(dated) == len(resting) else None
        return Rested(tuple(dict.fromkeys(says)), bool(uncovered), stated)

    def _behind(self, metric: Metric) -> set[str]:
        """The published tables behind a metric that say something of the world and not only how to read it."""
        graph = self.metrics.graph
        found = {name for table in metric.inputs for name in graph.published(table)}
        if _JUDGED_BY_AGENCY in graph.names and found & graph.published(_JUDGED_BY_AGENCY):
            return set()
        return {name for name in found if not graph.catalog.published[name].always_known}

    def _extent(self, metric: Metric) -> Extent:
        key = (metric.inputs[0], metric.on)
        if key not in self._extents:
            self._extents[key] = self._measured(metric)
        return self._extents[key]

    def _measured(self, metric: Metric) -> Extent:
        table, on = self.metrics.graph.unbound(metric.inputs[0]), metric.on
        measures: dict[str, Any] = {"rows": table.count()}
        if on is not None and table[on].type().is_date():
            measures |= {"first": table[on].min(), "last": table[on].max()}
        if "as_of" in table.columns:
            measures["stated"] = table.as_of.max()
        every = Question(metric.name)
        (told,) = self.asks("extent", every, lambda _: table.aggregate(**measures))
        kinds = None
        if "scope" in table.columns:
            scopes = self.asks("scopes", every, lambda _: table.select("scope").distinct())
            kinds = frozenset(_kind(row["scope"]) for row in scopes if row["scope"])
        return Extent(kinds, told.get("first"), told.get("last"), told.get("stated"))

    def _resting(self, question: Question, coverage: Iterable[Coverage]) -> Mapping[str, tuple[date, str]]:
        """The releases that the counted rows lie in, each with its day and name; of a table whose rows do not say so,
        those in force."""
        held = _named(coverage)
        metric = self.metrics.metric(question.metric)
        if "release_id" in self.metrics.graph.unbound(metric.inputs[0]).columns:

            def lying(question: Question) -> Any:
                return self.metrics.rows(question).select("release_id").distinct()

            ids = {row["release_id"] for row in self.asks("rests on", question, lying)}
            held = {release: told for release, told in held.items() if release in ids}
        return held

    def _overdue(self, behind: set[str], asked: Asked) -> Iterator[str]:
        """The graver of the promises that a source behind the figure broke, where its newest days are asked for."""
        published = self.metrics.graph.catalog.published
        by_source: dict[str, Lateness] = {}
        for told in self.lateness:
            if told.is_overdue and told.last_day is not None and asked.is_about_days_after(told.last_day):
                by_source[told.source] = told  # a law's deadline stands after the publisher's own promise
        for source in sorted({published[name].id for name in behind}):
            if source in by_source:
                yield by_source[source].says


@dataclass(frozen=True)
class Asked:
    """One question over a table of a known extent."""

    metric: Metric
    question: Question
    extent: Extent
    taken_on: date | None

    @property
    def years(self) -> tuple[int, ...] | None:
        """The fiscal years asked about, as far as the table knows; None for all."""
        named = self.question.where.get("fiscal_year", [])
        plain = {year for year in ([named] if isinstance(named, str) else named) if year.isdecimal()}
        if plain:
            return tuple(sorted(map(int, plain)))
        if self.is_of_one_day and self.taken_on is not None:
            return (fiscal_year(self.taken_on),)
        first, last = self.question.start or self.extent.first, self.question.end or self.extent.until
        if (self.question.start or self.question.end) is None or first is None or last is None:
            return None
        return tuple(range(fiscal_year(first), fiscal_year(min(last, self.extent.until or last)) + 1))

    @property
    def is_of_one_day(self) -> bool:
        """A stock not broken down by time is that of one snapshot."""
        return self.metric.stock and not {*TIMES, self.metric.on} & set(self.question.by)

    @property
    def _cuts(self) -> bool:
        return (self.question.start or self.question.end) is not None and not self.is_of_one_day

    def reaches(self, scope: str) -> bool:
        year, kinds = _year(scope), self.extent.kinds
        is_kind = kinds is None or _kind(scope) in kinds or not any("FY" in kind for kind in kinds)
        return is_kind and (year is None or self.years is None or year in self.years)

    def is_about_days_after(self, day: date) -> bool:
        end = self.question.end
        return (end is None or end > day) and (self.years is None or max(self.years, default=0) >= fiscal_year(day))

    def outside(self) -> Iterator[str]:
        """A period that no day of the table lies in: nothing was counted because nothing is held."""
        first, until = self.extent.first, self.extent.until
        start, end = self.question.start, self.question.end
        if first is None or until is None:
            return
        if self.is_of_one_day and self.taken_on is None:
            yield f"the first snapshot of this Edition is of {first}: the figure asked for is unknown"
        if self.is_of_one_day and self._is_long_after(newest := max(until, self.extent.last or until)):
            yield (
                f"the newest snapshot of this Edition is of {newest}, and nothing is held of the days asked about: "
                "the figure asked for is unknown"
            )
        if not self._cuts:
            return
        if (end is not None and end < first) or (start is not None and start > max(until, self.extent.last or until)):
            yield f"the releases of this Edition cover {first} to {until}: the figure asked for is unknown"

    def _is_long_after(self, newest: date) -> bool:
        """Whether a stock is asked of days that its newest snapshot cannot speak for.

        A snapshot stands for the days after it until the next one. The newest of all stands for a period that begins
        on its day or before, and for a day up to a year later: a later one, or a period that begins after it, is of
        days of which nothing is held.
        """
        start, end = self.question.start, self.question.end
        return (start is not None and start > newest) or (end is not None and end > newest + _LONGEST)

    def without(self, coverage: Iterable[Coverage]) -> Iterator[str]:
        """Fiscal years asked about of which no good release holds the stretch that the table is made from."""
        kinds = {kind for kind in self.extent.kinds or () if "FY" in kind}
        if not kinds or self.years is None:
            return
        told = {one.scope: one for one in coverage}
        good = {(_kind(one.scope), _year(one.scope)) for one in told.values() if one.release is not None}
        for year in self.years:
            if any((kind, year) in good for kind in kinds):
                continue
            says = [told[scope].says for kind in sorted(kinds) if (scope := _of_year(kind, year)) in told]
            known = next(filter(None, says), f"fiscal year {year} is in no release of this Edition")
            yield f"{known}: the figure asked for is unknown"

    def beyond(self) -> Iterator[str]:
        """The days of the period that lie before the first or after the last that is covered."""
        first, until = self.extent.first, self.extent.until
        start, end = self.question.start, self.question.end
        if not self._cuts or first is None or until is None or any(self.outside()):
            return
        if start is not None and start < first:
            yield f"days before {first} are in no release of this Edition"
        if end is not None and end > until:
            newest = "the newest release speaks for" if self.extent.stated else "the last row is of"
            yield f"the period asked about ends on {end}; {newest} {until}"


def _doubts(reached: Iterable[Coverage], asked: Asked) -> Iterator[str]:
    """How the stretches reached are covered, where there is anything to say, and the snapshots held or cut short."""
    for one in reached:
        if one.says:
            yield one.says
    for one in reached:
        for snapshot in one.snapshots:
            if snapshot.incomplete and snapshot.speaks_for == asked.taken_on and snapshot.release != one.release:
                told = "; ".join(finding.says for finding in snapshot.incomplete)
                yield f"{one.scope} in {snapshot.name} is incomplete: {told}"
        for held in one.held if one.snapshots else ():
            if _lies_between(held.speaks_for, one, asked):
                yield f"{held.name} of {held.speaks_for} is held for {one.scope}: {held.says}"


def _lies_between(day: date, one: Coverage, asked: Asked) -> bool:
    """Whether a snapshot of that day, older than the newest in force, would have had a part in the answer."""
    if one.speaks_for is None or day > one.speaks_for:
        return False
    start, end = asked.question.start, asked.question.end
    if asked.taken_on is not None and asked.is_of_one_day:
        return asked.taken_on < day and (end is None or day <= end)
    return (start or end) is not None and (start or day) <= day <= (end or day)


def rests_on(dated: Sequence[tuple[date, str]], every: Sequence[tuple[date, str]]) -> str:
    """Of which releases a figure is made, the newest by name: one of no stated day is never called the newest."""
    undated = len(every) - len(dated)
    if len(every) == 1:
        ((day, name),) = every
        return f"rests on one release, {name} of {'no stated day' if undated else day}"
    if not dated:
        return f"rests on {len(every)} releases of no stated day"
    day, name = max(dated)
    without = f", and {undated} of no stated day" if undated else ""
    return f"rests on {len(every)} releases, the newest {name} of {day}{without}"


def _cut(says: Iterable[str]) -> Iterator[str]:
    told = list(dict.fromkeys(says))
    yield from told[:_MOST]
    if len(told) > _MOST:
        yield f"{len(told) - _MOST} more stretches or releases that this reaches are stale, held or incomplete"


def _named(coverage: Iterable[Coverage]) -> Mapping[str, tuple[date, str]]:
    """By release in force, the day that it speaks for and its name."""
    found: dict[str, tuple[date, str]] = {}
    for one in coverage:
        for its in one.snapshots or (one,):
            if its.release is not None and its.speaks_for is not None and its.name is not None:
                found[its.release] = (its.speaks_for, its.name)
    return found


def _kind(scope: str) -> str:
    return _YEAR.sub("FY", scope)


def _of_year(kind: str, year: int) -> str:
    return re.sub(r"(?<![^/])FY(?![^/])", f"FY{year}", kind)


def _year(scope: str) -> int | None:
    found = _YEAR.search(scope)
    return int(found[1]) if found else None
