"""The audit of what is published: do all answers together, and the rule, leave every protected cell open?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from ibis.expr import operations as ops

from tallystick.auditing.book import Book, Places
from tallystick.auditing.heard import Heard
from tallystick.auditing.questions import questions
from tallystick.bench import Bench
from tallystick.disclosure.profile import OPEN, Profile
from tallystick.disclosure.rule import Rule
from tallystick.errors import UnknownName, UsageError
from tallystick.gate import Gate
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.protection import Protection
from tallystick.once import once

_NEAR = 1e-6


@dataclass(frozen=True)
class Leak:
    """What of `cell` of a `table` can be known: from `least` to `most` people; `how`, and `at` which address."""

    table: str
    cell: str
    least: float | None
    most: float | None
    how: str
    at: str = ""


@dataclass(frozen=True)
class Audited:
    """What an audit found: leaks, none when it holds, and how much was heard and held against the rule."""

    leaks: tuple[Leak, ...]
    answers: int
    figures: int
    cells: int
    protected: int
    told: int


@dataclass(frozen=True)
class Audit:
    """Holds what others hear against the counts of a home. `bench` is that of its owner, who sees everything.

    Every answer is a sum, or is made, of cells of the plans. What is told is put down in a book for each plan and
    Edition; then the reader's linear programs say what it leaves open. The pattern that hid the cells is not asked:
    only what was heard counts. Of a figure that is told rounded the count itself is taken to be known, which is more.
    """

    bench: Bench
    profile: Profile
    _books: dict[tuple[str, date | None], Book] = field(default_factory=dict, init=False, repr=False, compare=False)
    _leaks: list[Leak] = field(default_factory=list, init=False, repr=False, compare=False)
    _made_of: list[tuple[Book, Places, str]] = field(default_factory=list, init=False, repr=False, compare=False)

    @staticmethod
    def of(bench: Bench, profile: Profile) -> Audit:
        """The audit by the owner of a bench's home, whatever profile it has; `profile` is that of what is told."""
        pipeline = bench.pipeline
        opened = replace(pipeline, settings=replace(pipeline.settings, profile=OPEN))
        return Audit(Bench(opened, bench.known_on), profile)

    @property
    def rule(self) -> Rule:
        """What must not be told. Raises `UsageError` for a profile that hides nothing."""
        if self.profile.rule is None:
            raise UsageError(f"the profile '{self.profile.name}' hides nothing that could be attacked")
        return self.profile.rule

    @once
    def _gate(self) -> Gate:
        return Gate(self.profile, self.bench.metrics)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that count people and pass the gate."""
        return tuple(one for name, one in self.bench.metrics.by_name.items() if self._gate.guards(name))

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which releases behind the plans came, in order."""
        return tuple(self.bench.days_of([one.name for one in self._gate.protections.values()]))

    def questions(self, most: int, days: Sequence[date] = ()) -> Iterator[Question]:
        """What an attacker asks: at most `most` questions to each metric, now and as known on each of `days`."""
        for known_on in (None, *days):
            for one in self.metrics:
                plan = self._gate.plan(one)
                columns = self._columns(plan, known_on) if plan else dict.fromkeys(one.by, ())
                for asked in questions(one, columns, most):
                    yield replace(asked, as_known_on=known_on)

    def audited(self, answers: Iterable[Heard]) -> Audited:
        """What all answers together tell. Raises `TallystickError` where the solver gives up."""
        heard = figures = 0
        for one in answers:
            heard += 1
            figures += sum(row["value"] is not None for row in one.rows)
            self._put_down(one)
        self._carry()
        for name, book in self._named():
            self._leaks.extend(_told_small(name, book))
            self._leaks.extend(
                Leak(name, _named(book, told.place), told.least, told.most, "worked out of what was told")
                for told in book.narrow()
            )
        self._leaks.extend(
            Leak(book.plan.name, _named(book, place), None, None, "a figure is told that it goes into", at)
            for book, places, at in self._made_of
            for place in places
            if book.protected[place] and not book.told[place]
        )
        of = list(self._books.values())
        sizes = (len(book.cells) for book in of), (book.protected.sum() for book in of), (b.told.sum() for b in of)
        return Audited(tuple(dict.fromkeys(self._leaks)), heard, figures, *(int(sum(size)) for size in sizes))

    def _put_down(self, one: Heard) -> None:
        try:
            metric = self.bench.metrics.metric(one.question.metric)
        except UnknownName:
            return
        told = [row for row in one.rows if row["value"] is not None]
        if not self._gate.guards(metric.name):
            return
        plan = self._gate.plan(metric)
        if plan is None:
            self._leaks.extend(self._unplanned(metric, one, told, "no plan says how finely it may be told"))
            return
        question = self.bench.metrics.in_its_period(replace(one.question, as_known_on=None))
        table = self._gate.stands_in(question)
        if table is None:
            self._leaks.extend(self._unplanned(metric, one, told, "it is told more finely than planned"))
            return
        book = self._book(plan, one.question.as_known_on)
        groups = book.groups(question, table, metric.on, metric.stock)
        for row in one.rows:
            places = groups.get(tuple(row[name] for name in question.by), ())
            self._hold(metric, book, places, row, one.at)

    def _hold(self, metric: Metric, book: Book, places: Places, row: Mapping[str, Any], at: str) -> None:
        if row["value"] is None:
            if row["hidden"] and len(places) == 1:
                book.said_hidden[places[0]] = True
            return
        is_sum = abs(row["value"] - book.count(places, self.profile.base)) <= _NEAR
        if not is_sum and not self._is_plain(metric, book.plan):
            self._made_of.append((book, places, at))
            return
        if not is_sum:
            cells = ", ".join(_named(book, place) for place in places[:2])
            how = f"told as {row['value']:g} and counted as {book.count(places, self.profile.base)}"
            self._leaks.append(Leak(book.plan.name, cells, None, None, how, at))
        elif len(places) == 1:
            book.told[places[0]] = True
        elif places:
            book.sums.add(places)

    def _unplanned(self, metric: Metric, one: Heard, told: Sequence[Mapping[str, Any]], how: str) -> Iterator[Leak]:
        for row in told:
            cell = ", ".join(str(row[name]) for name in one.question.by) or "all"
            yield Leak(metric.name, cell, None, None, how, one.at)

    def _carry(self) -> None:
        """What one Edition tells of a count that another holds unchanged, it tells of both."""
        by_plan: dict[str, dict[Any, tuple[Book, int]]] = {}
        for book in self._books.values():
            known = by_plan.setdefault(book.plan.name, {})
            for place in np.flatnonzero(book.told).tolist():
                known[book.cells.keys[place], int(book.cells.counts[place])] = book, place
        for book in self._books.values():
            known = by_plan[book.plan.name]
            for place, key in enumerate(book.cells.keys):
                if (key, int(book.cells.counts[place])) in known:
                    book.told[place] = True

    def _book(self, plan: Protection, known_on: date | None) -> Book:
        key = plan.name, known_on
        if key not in self._books:
            bench = self.bench.at(known_on) if known_on else self.bench
            self._books[key] = Book.of(plan, bench.counted(plan), self.rule)
        return self._books[key]

    def _named(self) -> Iterator[tuple[str, Book]]:
        for (name, known_on), book in self._books.items():
            yield (f"{name} as known on {known_on}" if known_on else name), book

    def _columns(self, plan: Protection, known_on: date | None) -> dict[str, tuple[object, ...]]:
        columns = self._book(plan, known_on).columns
        found = {name: tuple(dict.fromkeys(columns[name])) for names in plan.dimensions for name in names}
        return {name: values for name, values in found.items() if set(values) - {None}}

    def _is_plain(self, metric: Metric, plan: Protection) -> bool:
        """Whether a metric is the sum of the plan's counts and of nothing else."""
        if metric.takes or len(metric.inputs) > 1:
            return False
        made = metric.function(self.bench.metrics.table(plan.name)).op()
        is_sum = isinstance(made, ops.Sum) and made.where is None and isinstance(made.arg, ops.Field)
        return bool(is_sum and made.arg.name == plan.count)


def _told_small(name: str, book: Book) -> Iterator[Leak]:
    for place in np.flatnonzero(book.told & (book.cells.counts < book.rule.threshold)):
        count = float(book.cells.counts[place])
        yield Leak(name, _named(book, int(place)), count, count, "told as it is")


def _named(book: Book, place: int) -> str:
    table = book.columns["of_table"][place]
    return ", ".join(f"{name}={book.columns[name][place]}" for name in table.split(",") if name) or "all"


def refuse_nothing_heard(found: Audited) -> None:
    """Refuse to say that nothing leaks where nothing was heard. Raises `UsageError`."""
    if not found.figures:
        raise UsageError(
            "no figure was heard that counts persons or anything else",
            next_step="name the folder of a published site, or the address of a server that runs",
        )
