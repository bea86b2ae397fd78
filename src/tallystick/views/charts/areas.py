"""Areas on top of one another, for figures that add up."""

from __future__ import annotations

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.grammar import Spec, colours, measure, spec, unit_title
from tallystick.views.charts.laid import Laid
from tallystick.views.charts.lines import HEIGHT, along, timed
from tallystick.views.charts.paint import GROUND, SERIES
from tallystick.views.shown import Chart, Shown


def areas(_: Shown, chart: Chart, laid: Laid, canvas: Canvas) -> Spec:
    """The series stacked along time. A step is a gap where nothing is told of it or one of its figures is unknown."""
    rows = _stacked(laid)
    encoding: Spec = {
        "x": along(laid, canvas),
        "y": {"field": "low", "type": "quantitative", "axis": measure(chart.unit, canvas)},
        "y2": {"field": "high"},
        "description": {"field": "says"},
    }
    if chart.series:
        encoding["color"] = colours(laid, canvas)
    mark = {"type": "area", "color": SERIES[0], "stroke": GROUND, "strokeWidth": 1}
    title = unit_title(chart.unit, canvas)
    return spec(canvas, HEIGHT, data={"values": rows}, mark=mark, encoding=encoding, title=title)


def _stacked(laid: Laid) -> list[Spec]:
    """A row for each step of each series with its `low` and `high` edge; both None where the step is a gap.

    A series without a row at a step where others have one adds nothing there: its group had no rows to add up.
    """
    held = {(row["series"], row["along"]): row for row in timed(laid)}
    places = sorted({place for _, place in held})
    steps = list(laid.labels) if laid.steps is not None else places
    series = range(len(laid.series) or 1)
    rows: list[Spec] = []
    for step in steps:
        found = [held.get((one, step)) for one in series]
        gap = not any(found) or any(row is not None and row["up"] is None for row in found)
        top = 0.0
        for one, row in zip(series, found, strict=True):
            low, top = top, top + (row["up"] or 0.0 if row is not None else 0.0)
            edges = {"low": None, "high": None} if gap else {"low": low, "high": top}
            rows.append({"along": step, "series": one, "says": laid.series[one] if laid.series else ""} | edges)
    return rows
