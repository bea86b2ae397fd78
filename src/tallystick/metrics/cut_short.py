"""Stretches of time that the rows held fill only in part: a fiscal year of two months reads like a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Self

from tallystick.metrics.coverage import fiscal_year
from tallystick.metrics.stock import TIMES
from tallystick.nouns.metric import Metric, Question

_MONTHS = {"month": 1, "quarter": 3, "fiscal_year": 12, "year": 12}


@dataclass(frozen=True)
class Stretch:
    """One month, quarter, fiscal year or year: its `label` as tables write it, its `first` and its `last` day."""

    time: str
    label: str
    first: date
    last: date

    @classmethod
    def around(cls, day: date, time: str) -> Self:
        """The stretch that holds the day. The federal fiscal year begins in October."""
        months, begins = _MONTHS[time], 10 if time == "fiscal_year" else 1
        opens = 12 * day.year + day.month - 1 - (day.month - begins) % months
        first = _first_of(opens)
        labels = {
            "month": str(first),
            "quarter": f"{first.year}Q{first.month // 3 + 1}",
            "fiscal_year": str(fiscal_year(first)),
        }
        return cls(time, labels.get(time, str(first.year)), first, _first_of(opens + months) - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.time.replace('_', ' ')} {self.label}"


def cut_short(metric: Metric, question: Question, first: date, last: date, stated: date | None = None) -> list[str]:
    """A sentence for the first and for the last stretch that a question breaks down or filters by, where not whole.

    `first` and `last` are the days of the earliest and the latest row held, or their months for a metric by the
    month; `stated` is the newest day that the releases counted are stated to speak for. An end that the question sets
    itself needs no words.
    """
    by_month = metric.on == "month"
    begins, ends = (f"with {day:%B %Y}" if by_month else f"on {day}" for day in (first, last))
    until = last_day(metric, last)
    known = stated if stated is not None and first <= stated < until else until
    told = []
    if question.start is None:
        early = [stretch for stretch in _asked(question, first) if stretch.first < first]
        told += [f"{stretch} may not be whole: the rows held begin {begins}" for stretch in early[:1]]
    if question.end is None:
        for stretch in [stretch for stretch in _asked(question, until) if stretch.last > known][:1]:
            because = (
                f"the rows held end {ends}" if stretch.last > until else f"the newest release speaks for {stated}"
            )
            told.append(f"{stretch} may not be whole: {because}")
    return told


def last_day(metric: Metric, last: date) -> date:
    """The day to which rows go whose last is of `last`: of a metric by the month, the end of that month."""
    return Stretch.around(last, "month").last if metric.on == "month" else last


def not_whole(metric: Metric, question: Question, first: date, last: date, whole_until: date) -> tuple[str, ...]:
    """The labels of the stretches of a breakdown over time that the rows asked about fill only in part.

    `first` and `last` are the days of the earliest and the latest row held; after `whole_until` rows still arrive. A
    stock is of a day and fills no stretch, unless it grows through the fiscal year.
    """
    if metric.to_date:
        year = Stretch.around(whole_until, "fiscal_year")
        return (year.label,) if "fiscal_year" in question.by and year.last > whole_until else ()
    if metric.stock or "baseline" in metric.takes:
        return ()
    begins, ends = max(first, question.start or first), min(whole_until, question.end or whole_until)
    found = []
    for time in [time for time in TIMES if time in question.by]:
        early, late = Stretch.around(begins, time), Stretch.around(ends, time)
        found += [early.label] if early.first < begins else []
        while late.first <= last:
            found += [late.label] if late.last > ends else []
            late = Stretch.around(late.last + timedelta(days=1), time)
    return tuple(dict.fromkeys(found))


def _first_of(month: int) -> date:
    """The first day of a month that is counted from the year nought."""
    return date(month // 12, month % 12 + 1, 1)


def _asked(question: Question, day: date) -> list[Stretch]:
    """The stretches around `day` that are asked about, the longest first; none if a filter leaves the day out."""
    around = [Stretch.around(day, time) for time in reversed(TIMES)]
    if not all(_is_let_through(stretch, question) for stretch in around):
        return []
    return [stretch for stretch in around if stretch.time in (*question.by, *question.where)]


def _is_let_through(stretch: Stretch, question: Question) -> bool:
    wanted = question.where.get(stretch.time, "*")
    return any(fnmatchcase(stretch.label, one) for one in ([wanted] if isinstance(wanted, str) else wanted))
