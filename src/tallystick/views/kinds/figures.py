"""Figures, each by itself, beside the same one of a year before or of what was known before the last change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tallystick.bench import Bench
from tallystick.nouns.metric import Answer, Question
from tallystick.views.kinds.beside import by_figure, flat
from tallystick.views.kinds.held import without
from tallystick.views.kinds.kind import Asking, Kind, last_day
from tallystick.views.kinds.labels import called
from tallystick.views.kinds.periods import fiscal_year
from tallystick.views.kinds.summary import asked_in_words, change_in_words
from tallystick.views.kinds.titles import unit_title
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit
from tallystick.views.words import Words

_ABOUT_A_YEAR = 7
"""Days by which a snapshot may be further back than a year and still be of a year before."""


class Beside(StrEnum):
    """What a figure is laid beside."""

    NOTHING = ""
    YEAR_BEFORE = "a year before"
    LAST_CHANGE = "what was known before"


@dataclass(frozen=True)
class Laid:
    """One figure, what it is `of`, and the earlier one beside it, if any: which that is, and how far it moved."""

    title: str
    of: str
    now: Answer
    before: Answer | None
    told_before: str
    change: str
    caveats: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return unit_title(self.now.unit)


class Told(Asking, frozen=True, kw_only=True):
    """One figure of several: its `title` says what it is."""


class Figures(Kind, frozen=True, kw_only=True):
    """`of` are the figures: each a title, a metric, and its filters and period.

    `beside` lays each beside that of the same period `a year before`, or beside `what was known before`: a week ago,
    or before the last change when nothing came since.
    """

    of: list[Told]
    beside: Beside = Beside.NOTHING

    def __post_init__(self) -> None:
        if not self.of:
            raise ValueError("`of` names at least one figure")
        if not all(one.title for one in self.of):
            raise ValueError("each figure of `of` has a `title`")

    def shown(self, visit: Visit) -> Shown:
        """Each figure that anything held answers; what answers none is named."""
        earlier = visit.bench.at(visit.bench.arrivals().before) if self.beside is Beside.LAST_CHANGE else None
        laid = [self._laid(one, visit, earlier) for one in self.of]
        answers = tuple(one.now for one in laid)
        if all(one.value is None for one in answers):
            return without(visit, self.title or self.of[0].title, answers)
        beside = by_figure([(visit.words(one.title), one.caveats) for one in laid], visit.words)
        return Shown(
            self.title,
            "",
            tuple(_columns(self.beside)),
            tuple(_row(one) for one in laid),
            None,
            flat(beside),
            tuple(one.question for one in answers),
            answers[0].edition,
            "figures",
            tuple(laid),
            beside,
        )

    def _laid(self, told: Told, visit: Visit, earlier: Bench | None) -> Laid:
        bench, words = visit.bench, visit.words
        now, before, asked_of = bench.ask(told.question(bench)), None, earlier or bench
        if earlier is not None:
            before = earlier.ask(replace(told.question(earlier), as_known_on=earlier.known_on))
        elif self.beside is Beside.YEAR_BEFORE:
            before = bench.ask(a_year_before(now.question, last_day(bench, now.question)))
        of = _of(now.question, bench, words)
        if before is None:
            return Laid(told.title, of, now, None, "", "", now.caveats)
        known = now.value is not None and before.value is not None
        moved = change_in_words(before.value, now.value, now.unit, words) if known else ""
        told_before = _told_before(before.question, asked_of, words)
        if self.beside is Beside.YEAR_BEFORE:
            far = how_far(taken_on(before.question, bench), taken_on(now.question, bench), words)
            told_before = f"{told_before} {far}".strip()
        caveats = tuple(dict.fromkeys((*now.caveats, *before.caveats)))
        return Laid(told.title, of, now, before, told_before, moved, caveats)


def _of(question: Question, bench: Bench, words: Words) -> str:
    """What a figure is of: its filters, and its period or, of a stock, the day of the snapshot that answers."""
    day = taken_on(question, bench)
    if day is None:
        return asked_in_words(called(bench, question), words)
    filtered = asked_in_words(replace(called(bench, question), start=None, end=None), words)
    if "fiscal_year" in bench.metrics.metric(question.metric).by:
        on = words("On {day}, fiscal year {year}.", day=day, year=fiscal_year(day))
    else:
        on = words("On {day}.", day=day)
    return f"{filtered} {on}".strip()


def taken_on(question: Question, bench: Bench) -> date | None:
    """The day of the snapshot that answers for a stock; None of any other metric, or where none answers."""
    metric = bench.metrics.metric(question.metric)
    if not metric.stock or metric.on is None or metric.on not in metric.by:
        return None
    rows = bench.ask(replace(question, by=(metric.on,), start=None)).rows
    days = [row[metric.on] for row in rows if row["value"] is not None]
    return max((day for day in days if question.end is None or day <= question.end), default=None)


def _told_before(question: Question, bench: Bench, words: Words) -> str:
    """What the earlier figure is: of which days, as known on which."""
    of = _of(replace(question, where={}), bench, words).rstrip(".")
    if question.as_known_on is None:
        return of
    known = words("As known on {day}", day=question.as_known_on)
    return f"{known}: {of}" if of else known


def how_far(then: date | None, now: date | None, words: Words) -> str:
    """How far back the earlier snapshot is, where that is not about a year: else '' (it is then what it says)."""
    if then is None or now is None or abs((_earlier(now) - then).days) <= _ABOUT_A_YEAR:
        return ""
    days = (now - then).days
    return words("({days} days earlier, not a year: the newest one held that is at least a year older)", days=days)


def a_year_before(question: Question, last: date) -> Question:
    """The same question of the same days one year earlier; without a period, of the day a year before `last`."""
    if question.start is None and question.end is None:
        return replace(question, end=_earlier(last))
    start, end = (day and _earlier(day) for day in (question.start, question.end))
    return replace(question, start=start, end=end)


def _earlier(day: date) -> date:
    """The same day of the year before; of a 29 February the 28th."""
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def _columns(beside: Beside) -> list[Column]:
    heads = [Column("figure", "figure"), Column("value", "value"), Column("unit", "unit"), Column("of", "of")]
    return [*heads, Column("before", beside.value), Column("change", "change")] if beside else heads


def _row(one: Laid) -> dict[str, Any]:
    told = {"figure": one.title, "value": one.now.seen, "unit": one.unit, "of": one.of}
    return told | ({"before": one.before.seen, "change": one.change} if one.before else {})
