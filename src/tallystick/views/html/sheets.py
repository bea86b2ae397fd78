"""The pages of an area in a quarter and of a place: figures side by side, so that none stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tallystick.nouns.metric import Question
from tallystick.nouns.sheet import Filled, FilledSheet, Part
from tallystick.sheets.quarters import Quarter, quarter
from tallystick.views.asked import narrowed
from tallystick.views.hidden import HIDDEN, is_hidden
from tallystick.views.html.render import document
from tallystick.views.kinds.labels import worded
from tallystick.views.kinds.summary import asked_in_words, is_over_time
from tallystick.views.kinds.titles import dimension_title, unit_title
from tallystick.views.sheet import absent_in_words, all_rests_in_words, sheet_notes, spoken
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.visit import Document, Visit
from tallystick.views.words import Words

_MANY = 12


@dataclass(frozen=True)
class Line:
    """One figure of a sheet as it is read: of which group, what it says, and the question of its own.

    One that is not known is `absent`: unknown, or hidden.
    """

    of: str
    says: str
    is_known: bool
    question: Question | None = field(default=None)
    absent: str = "unknown"


@dataclass(frozen=True)
class Entry:
    """A figure with its lines, the period that it is over, what it rests on, and why it is unknown where it is.

    `drawn` is it as a chart, where it is drawn; the lines are the same as a table.
    """

    filled: Filled
    lines: tuple[Line, ...]
    rests_on: str
    period: str = ""
    unit: str = ""
    drawn: Shown | None = None

    @property
    def is_long(self) -> bool:
        """Whether its lines are folded away: few read so many down."""
        return len(self.lines) > _MANY


def area(visit: Visit, path: Mapping[str, str]) -> Document:
    """The area called `name`, in the `quarter` asked for. Raises `UnknownName`, `UsageError`."""
    asked = visit.one("quarter") or None
    return _page(visit, visit.bench.sheet("area", [path["name"]], asked), f"/area/{path['name']}")


def state(visit: Visit, path: Mapping[str, str]) -> Document:
    """The state that `state` names. Raises `UnknownName` with near names."""
    return _page(visit, visit.bench.sheet("state", [path["state"]]), f"/place/{path['state']}")


def county(visit: Visit, path: Mapping[str, str]) -> Document:
    """The county `county` of a state. Raises `UnknownName` with near names."""
    words = [path["state"], path["county"]]
    return _page(visit, visit.bench.sheet("county", words), f"/place/{'/'.join(words)}")


def _page(visit: Visit, sheet: FilledSheet, here: str) -> Document:
    of = quarter(sheet.quarter) if sheet.quarter else None
    return document(
        "sheet.html",
        visit,
        sheet=sheet,
        parts=parts_of(sheet, visit),
        of=of,
        here=here,
        notes=notes_of(sheet),
        before=_beside(of, -1),
        after=_beside(of, 1) if of and of.end < sheet.day else None,
        within=_within(visit, sheet),
    )


def parts_of(sheet: FilledSheet, visit: Visit) -> list[tuple[Part, list[Entry]]]:
    """The parts of a sheet, each figure with its lines."""
    return [(part, [_entry(one, visit) for one in figures]) for part, figures in sheet.parts]


def _within(visit: Visit, sheet: FilledSheet) -> list[tuple[str, str]]:
    """The counties of a state, each with the path of its own sheet; a published site has no sheets of counties.

    There are over 3,000 counties with some 20 figures each, and each figure would have a why of its own.
    """
    if sheet.sheet.name != "state" or not visit.links.live:
        return []
    rows = [row for row in visit.bench.table("county_areas") if row["state"] == sheet.subject["state"]]
    named = sorted((str(row["county_name"]), str(row["county_fips"])) for row in rows)
    return [(name, f"/place/{sheet.subject['state']}/{code}") for name, code in named]


def _entry(one: Filled, visit: Visit) -> Entry:
    lines = tuple(_line(one, row, visit.words) for row in one.rows) or (Line("", "", False, absent=_absent(one, {})),)
    sources = visit.bench.pipeline.catalog.sources
    titles = {rests.source: sources[rests.source].title for rests in one.rests_on if rests.source in sources}
    rests = all_rests_in_words(one.rests_on, titles)
    unit = unit_title(one.unit) if one.rows and one.unit != "ratio" else ""
    return Entry(one, lines, rests, _period(one, visit), unit, _drawn(one, visit))


def _drawn(one: Filled, visit: Visit) -> Shown | None:
    if not (one.asks.is_drawn and len(one.rows) > 1 and one.question):
        return None
    along = one.asks.by[0]
    columns = (Column(along, dimension_title(along)), Column("value", one.asks.name, one.unit, one.question))
    chart = Chart(Mark.LINE, along, "value", one.unit, stands=True)
    return Shown(one.asks.name, "", columns, one.rows, chart, edition=visit.bench.edition.id)


def _line(one: Filled, row: Mapping[str, Any], words: Words) -> Line:
    groups = {name: cell for name, cell in row.items() if name not in ("value", HIDDEN) and cell is not None}
    of = ", ".join(worded(name, cell, words) for name, cell in groups.items())
    is_said = one.question is not None and len(groups) == len(one.question.by)
    question = narrowed(one.question, row) if one.question and is_said else None
    return Line(of, spoken(row["value"], one.unit), row["value"] is not None, question, _absent(one, row))


def _absent(one: Filled, row: Mapping[str, Any]) -> str:
    """What a figure is said to be where it is none."""
    return HIDDEN if is_hidden(row, "value") else absent_in_words(one.because)


def _period(one: Filled, visit: Visit) -> str:
    """Over which days a known figure is; of a stock, of which snapshot; '' where its lines say so themselves."""
    asked = one.question
    if asked is None or not one.rows or any(is_over_time(name) for name in asked.by):
        return ""
    if visit.bench.metrics.metric(asked.metric).stock:
        until = asked.end or visit.bench.day
        return visit.words("newest list or snapshot until {day}", day=until)
    if asked.start or asked.end:
        return asked_in_words(replace(asked, where={}), visit.words).rstrip(".")
    if "fiscal_year" in asked.where:
        return visit.words("fiscal year {year}", year=asked.where["fiscal_year"])
    return visit.words("everything held")


def notes_of(sheet: FilledSheet) -> list[str]:
    """What stands under a sheet at the command line, but for how its parts read, which stands at each."""
    reads = {f"{part.heading}: {part.reads}" for part, _ in sheet.parts if part.reads}
    return [note for note in sheet_notes(sheet)[:-1] if note not in reads]


def _beside(of: Quarter | None, step: int) -> str | None:
    if of is None:
        return None
    months = of.year * 4 + of.number - 1 + step
    return Quarter(months // 4, months % 4 + 1).name
