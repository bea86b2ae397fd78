"""A metric by place, drawn on a map: of one day or period, or of several days beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import msgspec

from tallystick.bench import Bench
from tallystick.nouns.metric import Answer, Question
from tallystick.views.cells import cell
from tallystick.views.hidden import HIDDEN, is_hidden
from tallystick.views.kinds.beside import by_figure, flat
from tallystick.views.kinds.held import answers_nothing, nothing
from tallystick.views.kinds.kind import Asking
from tallystick.views.kinds.labels import label, named
from tallystick.views.kinds.summary import BLANK, asked_in_words, summary
from tallystick.views.kinds.titles import dimension_title, metric_title
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.visit import Visit

_DIMENSIONS = {"state": "state", "county": "county_fips", "area": "aor"}
_NOW = "value"
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Sheet:
    """One of the maps of a view: the day it is of, in words, and its shown rows."""

    of: str
    shown: Shown


class Map(Asking, frozen=True, kw_only=True):
    """`of` is the kind of place: state, county or area.

    `days` are days of which the metric is mapped too, each up to and with that day, all maps on one scale: of a
    stock, what was in force on it. None that the Edition does not speak of yet is mapped.
    `unlisted_is_zero` says that a place without a row has none; else it is unknown.
    """

    of: Literal["state", "county", "area"] = "state"
    days: list[date] = msgspec.field(default_factory=list)
    unlisted_is_zero: bool = False

    def shown(self, visit: Visit) -> Shown:
        """The places with their figures, the largest first; a row that names no place is on no map."""
        bench, dimension = visit.bench, _DIMENSIONS[self.of]
        now = bench.ask(self.question(bench, (dimension,)))
        if answers_nothing(now):
            return nothing(visit, now, self.title)
        earlier = [bench.ask(_until(now.question, day)) for day in sorted(self.days) if day < bench.day]
        columns = [*((str(one.question.end), one) for one in earlier), (_NOW, now)]
        missing = 0 if self.unlisted_is_zero else BLANK
        rows = named(bench, (dimension,), _together(dimension, columns, bench, missing))
        most = max(row[name] for row in rows for name, _ in columns if row[name] not in (None, BLANK))
        heads = [Column(label(dimension), dimension_title(dimension))]
        figures = [Column(name, self._head(name, one), one.unit, one.question) for name, one in columns]
        chart = self._chart(bench, now.unit, most)
        told = _told(replace(chart, along=label(dimension)), rows, visit)
        days = [(_day(name, visit), one.caveats) for name, one in columns]
        notes = by_figure(days, visit.words)
        whole = Shown(
            self.title or now.definition.split("\n", 1)[0].rstrip("."),
            " ".join(filter(None, [asked_in_words(now.question, visit.words), told])),
            (*heads, *figures),
            rows,
            chart,
            flat(notes),
            (now.question,),
            now.edition,
            "maps" if earlier else "shown",
            beside=notes if earlier else (),
        )
        return replace(whole, about=tuple(_sheets(whole, chart, figures, visit))) if earlier else whole

    def _chart(self, bench: Bench, unit: str, most: Any) -> Chart:
        places = {row["county_fips"]: row["aor"] for row in bench.table("county_areas")} if self.of == "area" else {}
        along = label("state") if self.of == "state" else _DIMENSIONS[self.of]
        zero = self.unlisted_is_zero
        return Chart(Mark.MAP, along, _NOW, unit, of=self.of, places=places, unlisted_is_zero=zero, most=most)

    def _head(self, name: str, answer: Answer) -> str:
        return metric_title(answer.question.metric, answer.unit) if name == _NOW else name


def _told(chart: Chart, rows: Rows, visit: Visit) -> str:
    """The summary of the rows that name a place, and what the others come to."""
    said = summary(chart, [row for row in rows if row[chart.along] is not None], visit.words)
    nowhere = [row for row in rows if row[chart.along] is None and row[chart.up] not in (None, BLANK, 0)]
    also = [
        visit.words("{value} name no place.", value=cell(row[chart.up], chart.unit, visit.words)) for row in nowhere
    ]
    return " ".join([said, *also])


def _day(name: str, visit: Visit) -> str:
    """What a column of figures is of: its day, or now, which of a past day is that day."""
    return name if name != _NOW else str(visit.bench.known_on or visit.words("now"))


def _until(question: Question, day: date) -> Question:
    return replace(question, start=None, end=day)


def _together(dimension: str, columns: Sequence[tuple[str, Answer]], bench: Bench, missing: Any) -> Rows:
    """One row a place, whatever the spelling of its state: a figure for each column, the largest of the last first.

    Of a place that an answer has no row of the cell is `missing`.
    """
    spelt = _states(bench) if dimension == "state" else {}
    found: dict[Any, dict[str, Any]] = {}
    for name, answer in columns:
        for row in answer.rows:
            place = spelt.get(str(row[dimension]).upper(), row[dimension])
            its = found.setdefault(place, {dimension: place, **dict.fromkeys((one for one, _ in columns), missing)})
            its[name] = row["value"]
            if is_hidden(row, "value"):
                its[HIDDEN] = (*its.get(HIDDEN, ()), name)
    return sorted(found.values(), key=lambda row: (row[_NOW] is None, row[_NOW] == BLANK, -(row[_NOW] or 0)))


def _states(bench: Bench) -> Mapping[str, str]:
    """The code of each state by its name and its code."""
    told = bench.table("states")
    return {row[name].upper(): row["state"] for row in told for name in ("state", "state_name")}


def _sheets(whole: Shown, drawn: Chart, figures: Sequence[Column], visit: Visit) -> Sequence[Sheet]:
    """A map for each column of figures, all on the scale of the whole."""
    made = []
    for column in figures:
        title = _day(column.name, visit)
        chart = replace(drawn, up=column.name)
        along = replace(chart, along=whole.columns[0].name)
        one = replace(whole, title=title, chart=chart, says=_told(along, whole.rows, visit), template="shown")
        made.append(Sheet(title, one))
    return made
