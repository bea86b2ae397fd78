"""Targets beside what was observed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tallystick.nouns.metric import Question, Values
from tallystick.nouns.target import Standing, TargetShown
from tallystick.views.kinds.kind import Kind
from tallystick.views.kinds.labels import label, named
from tallystick.views.kinds.summary import summary
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.target import asks, times
from tallystick.views.visit import Visit
from tallystick.views.words import Words

_UNIT = "number"
_IN_FORCE = {
    "yes": "in all of each period",
    "partly": "in a part of each period",
    "before": "later",
    "after": "before",
}
"""What the days of a target have to do with the periods that were observed, in words."""


class Targets(Kind, frozen=True, kw_only=True):
    """The targets of the register beside what was observed of each, or one, by the name that `of` gives.

    `by` breaks them down (aor, quarter, month, fiscal_year); `series` keeps what one series observed; `everything`
    adds the days before and after a target was in force. `draw` draws what was observed, the target beside it: of
    one target and one series, by one breakdown, since series count differently.
    """

    of: str | None = None
    by: list[str] = msgspec.field(default_factory=list)
    series: str = ""
    everything: bool = False
    draw: Mark | None = None

    def __post_init__(self) -> None:
        if self.draw and not (self.of and self.series and self.by):
            raise ValueError("`draw` draws one target (`of`) by one series: name both, and `by`")

    def shown(self, visit: Visit) -> Shown:
        """A row for each series that observes a target; a target that none observes is unknown."""
        found = visit.bench.targets(self.of, tuple(self.by), self.everything)
        told = [pair for target in found for pair in self._rows(target)]
        rows = named(visit.bench, [*self.by, "series"], [_in_words(row, visit.words) for row, _ in told])
        if self.draw:
            rows = apart(rows, self._chart().along, visit.words)
        chart = self._chart() if any(row["actual"] is not None for row in rows) else None
        return Shown(
            self.title or "Targets beside what was observed",
            self._says(visit, found, rows),
            tuple(self._columns()),
            rows,
            chart if self.draw else None,
            tuple(dict.fromkeys(caveat for target in found for caveat in target.caveats)),
            tuple(question for _, question in told),
            visit.bench.edition.id,
            "targets",
        )

    def _rows(self, target: TargetShown) -> Iterator[tuple[dict[str, Any], Question]]:
        """Each row with the question that its `actual` answers."""
        stands = [one for one in target.standings if self.series in ("", one.series)]
        for one in stands:
            where: dict[str, Values] = {"target": target.name, "series": one.series, "in_force": one.in_force}
            grouped: dict[str, Values] = {name: str(cell) for name, cell in one.group.items() if cell is not None}
            yield {**_facts(target), **one.group, **_figures(one)}, Question("target_actual", where | grouped)
        if not stands:
            nobody = dict.fromkeys([*self.by, "series", "in_force", "actual", "gap", "met", "over"])
            yield {**_facts(target), **nobody}, Question("target_actual", {"target": target.name})

    def _columns(self) -> Iterator[Column]:
        if not self._is_of_one:
            yield Column("target", "target")
            yield Column("asks", "asks for")
        yield from (Column(label(name), dimension_title(name)) for name in self.by)
        yield Column(label("series"), "observed by")
        yield Column("in_force", "target in force")
        yield Column("actual", "observed, mean of the periods", _UNIT)
        yield Column("gap", "above or below", _UNIT)
        yield Column("met", "share of periods that met it", "share")
        yield Column("over", "observed over")

    @property
    def _is_of_one(self) -> bool:
        """Whether each row is of the one target that the words above name, and is told apart by what it is of."""
        return self.of is not None and bool(self.by)

    def _chart(self) -> Chart:
        along = label(self.by[0]) if self.by else "target"
        return Chart(self.draw or Mark.BARS, along, "actual", _UNIT, None, "asked")

    def _says(self, visit: Visit, found: tuple[TargetShown, ...], rows: tuple[Any, ...]) -> str:
        if self.of is not None and self.by and any(row["actual"] is not None for row in rows):
            called = _facts(found[0])["what"] or found[0].name
            what = visit.words("{target}: asked for are {asks}.", target=called, asks=asks(found[0]))
            return f"{what} {summary(self._chart(), rows, visit.words)}"
        observed = sum(bool(target.standings) for target in found)
        return visit.words(
            "Of {all} targets, {observed} are observed by something held.", all=len(found), observed=observed
        )


def apart(rows: tuple[Mapping[str, Any], ...], along: str, words: Words) -> tuple[Mapping[str, Any], ...]:
    """A period that was observed twice gets two names: one mark would be drawn upon the other."""
    held, partly = Counter(row[along] for row in rows), words(_IN_FORCE["partly"])
    return tuple(
        {**row, along: f"{row[along]}, {partly}"} if held[row[along]] > 1 and row["in_force"] == partly else row
        for row in rows
    )


def _facts(target: TargetShown) -> dict[str, Any]:
    facts = target.facts
    return {
        "target": target.name,
        "what": facts["what"],
        "asks": asks(target),
        "asked": facts["value_number"],
        "settled_by": facts["settled_by"],
    }


def _figures(one: Standing) -> dict[str, Any]:
    told = {"series": one.series, "in_force": one.in_force, "actual": one.actual, "gap": one.gap}
    return told | {"met": one.met, "over": times(one)}


def _in_words(row: dict[str, Any], words: Words) -> dict[str, Any]:
    """The row with what its codes mean: when a target was in force, the periods that were observed."""
    count, _, grain = (row["over"] or "").partition(" ")
    return row | {
        "in_force": words(_IN_FORCE.get(row["in_force"], row["in_force"])) if row["in_force"] else row["in_force"],
        "over": f"{count} {words(grain)}" if grain else None,
    }
