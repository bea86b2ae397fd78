"""Says a chart's rows in words: what a reader who does not see the chart must know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.nouns.metric import Question, Values
from tallystick.views.cells import cell, spaced, told
from tallystick.views.hidden import is_hidden
from tallystick.views.kinds.periods import FISCAL_YEAR_BEGINS, fiscal_year
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.shown import Chart
from tallystick.views.words import Words

_MOST_SERIES = 6
BLANK = ""
"""A cell of a row where nothing was counted and nobody said zero."""
_MANY_TIMES = 3
TIMES = {
    "year",
    "fiscal_year",
    "quarter",
    "month",
    "ended_month",
    "day",
    "as_of",
    "action_date",
    "period",
    "inspected_date",
}
"""Breakdowns whose rows follow each other in time."""

Rows = Sequence[Mapping[str, Any]]


def summary(chart: Chart, rows: Rows, words: Words) -> str:
    """The highest and the lowest figure, and over time the last and its change since the first, of each series.

    Figures that are unknown are counted and not ranked; those of months or years that their rows fill only in part
    are named and not ranked: a month that is not over is no fall.
    """
    if chart.series is None:
        return " ".join(_told(_Series(chart, rows, words)))
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[chart.series], []).append(row)
    told = []
    for name, its in list(found.items())[:_MOST_SERIES]:
        told.append(f"{cell(name, '', words)}: {' '.join(_told(_Series(chart, its, words)))}")
    rest = len(found) - len(told)
    return " ".join([*told, *([words("{count} more are in the table.", count=rest)] if rest else [])])


def asked_in_words(question: Question, words: Words) -> str:
    """The filters and the period of a question as the beginning of a sentence; '' where there are none."""
    told = [f"{words(dimension_title(name))} {_any_of(wanted, words)}" for name, wanted in question.where.items()]
    if question.start and question.end and _lie_in_a_fiscal_year(question.start, question.end):
        year = fiscal_year(question.end)
        told.append(words("{start} to {end} (fiscal year {year})", start=question.start, end=question.end, year=year))
    elif question.start and question.end:
        told.append(words("{start} to {end}", start=question.start, end=question.end))
    elif question.start:
        told.append(words("since {start}", start=question.start))
    elif question.end:
        told.append(words("until {end}", end=question.end))
    said = ", ".join(told)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _lie_in_a_fiscal_year(start: date, end: date) -> bool:
    """Whether a period begins with a fiscal year and goes no further than it."""
    return (start.month, start.day) == (FISCAL_YEAR_BEGINS, 1) and fiscal_year(start) == fiscal_year(end)


def _any_of(wanted: Values, words: Words) -> str:
    return words(" or ").join(map(spaced, [wanted] if isinstance(wanted, str) else wanted))


def is_over_time(dimension: str) -> bool:
    """Whether rows by this dimension follow each other in time."""
    return dimension in TIMES


@dataclass(frozen=True)
class _Series:
    chart: Chart
    rows: Rows
    words: Words

    @property
    def known(self) -> list[Mapping[str, Any]]:
        told = [row for row in self.rows if row[self.chart.up] not in (None, BLANK)]
        return [row for row in told if not self.is_in_part(row)] or told

    @property
    def in_part(self) -> list[Mapping[str, Any]]:
        """The rows of stretches that are not whole, where there are others."""
        found = [row for row in self.rows if self.is_in_part(row)]
        return found if len(found) < len(self.rows) else []

    def is_in_part(self, row: Mapping[str, Any]) -> bool:
        return str(row[self.chart.along]) in self.chart.not_whole

    @property
    def hidden(self) -> int:
        return sum(is_hidden(row, self.chart.up) for row in self.rows)

    @property
    def unknown(self) -> int:
        return sum(row[self.chart.up] is None for row in self.rows) - self.hidden

    def value(self, row: Mapping[str, Any]) -> Any:
        return row[self.chart.up]

    def place(self, row: Mapping[str, Any]) -> str:
        return cell(told(row, self.chart.along), "", self.words)

    def said(self, row: Mapping[str, Any]) -> str:
        return cell(self.value(row), self.chart.unit, self.words)


def _told(its: _Series) -> Iterator[str]:
    known, words = its.known, its.words
    if not known:
        yield words("Every figure is hidden." if its.hidden and not its.unknown else "Every figure is unknown.")
        return
    if len(known) == 1:
        yield words("{place}: {value}.", place=its.place(known[0]), value=its.said(known[0]))
    else:
        low, high = min(known, key=its.value), max(known, key=its.value)
        if its.value(low) == its.value(high):
            yield words("Every figure is {value}.", value=its.said(low))
        else:
            yield from _both_ends(its, high, low)
        if is_over_time(its.chart.along):
            yield from _ends(its, known[0], known[-1])
    if its.in_part:
        places = ", ".join(dict.fromkeys(its.place(row) for row in its.in_part))
        yield words("Not whole, and not compared: {places}.", places=places)
    if its.unknown:
        yield words("{count} of {all} are unknown.", count=its.unknown, all=len(its.rows))
    if its.hidden:
        yield words("{count} of {all} are hidden.", count=its.hidden, all=len(its.rows))


def _both_ends(its: _Series, high: Mapping[str, Any], low: Mapping[str, Any]) -> Iterator[str]:
    """The highest and the lowest; of the whole ones where some are not, since one that is not may lie above them."""
    above = {"value": its.said(high), "place": its.place(high)}
    below = {"value": its.said(low), "place": its.place(low)}
    if its.in_part:
        yield its.words("Highest of those that are whole: {value} ({place}).", **above)
        yield its.words("Lowest of those that are whole: {value} ({place}).", **below)
    else:
        yield its.words("Highest: {value} ({place}).", **above)
        yield its.words("Lowest: {value} ({place}).", **below)


def _ends(its: _Series, first: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[str]:
    change = change_in_words(its.value(first), its.value(last), its.chart.unit, its.words)
    told = {"value": its.said(last), "place": its.place(last), "change": change}
    yield its.words(
        "Last: {value} ({place}); first: {first} ({begin}); {change}.",
        first=its.said(first),
        begin=its.place(first),
        **told,
    )


def change_in_words(before: Any, now: Any, unit: str, words: Words) -> str:
    """`up 12.0%`, `down 3.1 points`, `4.2 times as much`, `no change`: how one figure stands to an earlier one.

    Shares differ by points, those of the shares as they are shown, not by per cent of themselves; from nothing, or
    across zero, a share of it says nothing, and the difference itself is told. Money below zero was taken back: of
    two such sums, more or less was.
    """
    if before is None or now is None:
        return words("unknown")
    difference = now - before
    if difference == 0:
        return words("no change")
    up = difference > 0
    if unit == "share":
        size = f"{abs(_points(now) - _points(before))}"
        return words("up {size} points" if up else "down {size} points", size=size)
    if unit == "USD" and before < 0 and now <= 0:
        size = cell(abs(difference), unit, words)
        return words("{size} less was taken back" if up else "{size} more was taken back", size=size)
    if before <= 0 or now < 0:
        size = cell(abs(difference), unit, words)
        return words("up {size}" if up else "down {size}", size=size)
    times = Decimal(str(now)) / Decimal(str(before))
    if times >= _MANY_TIMES:
        return words("{times} times as much", times=f"{times:,.1f}")
    size = f"{abs(times - 1):.1%}"
    return words("up {size}" if up else "down {size}", size=size)


def _points(share: Any) -> Decimal:
    """A share in per cent as a cell shows it."""
    return Decimal(f"{share:.1%}".removesuffix("%"))
