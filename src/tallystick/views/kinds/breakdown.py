"""A metric broken down: a table, and bars, a line or areas of it."""

from __future__ import annotations

from tallystick.views.answer import in_words
from tallystick.views.kinds.kind import Asking
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.visit import Visit


class Breakdown(Asking, frozen=True, kw_only=True):
    """`draw` is how: bars, line or areas. The first of `by` is along, a second tells the series apart.

    `top` leaves the largest N of a breakdown that is not over time.
    """

    draw: Mark | None = None
    top: int | None = None

    def shown(self, visit: Visit) -> Shown:
        """The rows of the answer with their chart."""
        answer = visit.bench.ask(self.question(visit.bench.day))
        rows = answer.rows
        if self.top is not None:
            rows = tuple(sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0))))[: self.top]
        columns = (
            *(Column(name, name.replace("_", " ")) for name in self.by),
            Column("value", answer.unit, answer.unit),
        )
        chart = None
        if self.draw is not None and rows:
            series = self.by[1] if len(self.by) > 1 else None
            chart = Chart(self.draw, self.by[0], "value", answer.unit, series)
        return Shown(
            self.title or answer.definition.split("\n", 1)[0],
            f"{answer.question.metric}, {in_words(answer)}",
            columns,
            rows,
            chart,
            answer.caveats,
            (answer.question,),
            answer.edition,
        )
