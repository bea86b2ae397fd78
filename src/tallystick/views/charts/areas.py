"""Areas on top of one another, for figures that add up."""

from __future__ import annotations

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.grammar import Spec, colours, measure, paler, spec, unit_title
from tallystick.views.charts.laid import Laid, silent
from tallystick.views.charts.lines import HEIGHT, along, timed
from tallystick.views.charts.paint import GROUND, MUTED, SERIES
from tallystick.views.shown import Chart, Shown

_THIN = 5
_LETTER = 6.5
_FAINT = 0.45


def areas(_: Shown, chart: Chart, laid: Laid, canvas: Canvas) -> Spec:
    """The series stacked along time. A step is a gap where nothing is told of it or one of its figures is unknown.

    What is not whole is no part of the areas, which would fall to it: it stands beside them as bars.
    """
    every = _stacked(laid)
    rows = [row | ({"low": None, "high": None} if row["partly"] else {}) for row in every]
    encoding: Spec = {
        "x": along(laid, canvas),
        "y": {"field": "low", "type": "quantitative", "axis": measure(chart.unit, canvas)},
        "y2": {"field": "high"},
        "description": {"field": "says"},
    }
    if chart.series:
        encoding["color"] = colours(laid, canvas)
    mark = {"type": "area", "color": SERIES[0], "stroke": GROUND, "strokeWidth": 1}
    layer = [{"mark": mark}, *_alone(every, rows), *_gaps(laid, canvas)]
    title = unit_title(chart.unit, canvas)
    return spec(canvas, HEIGHT, data={"values": rows}, layer=layer, encoding=encoding, title=title)


def _alone(every: list[Spec], rows: list[Spec]) -> list[Spec]:
    """Thin bars for the steps that no area reaches: those with a gap on either side, and those not whole."""
    told = {row["along"]: row["high"] is not None for row in rows}
    steps = list(told)
    alone = {
        step
        for place, step in enumerate(steps)
        if told[step] and not any(told[steps[other]] for other in (place - 1, place + 1) if 0 <= other < len(steps))
    }
    kept = [row for row in every if row["along"] in alone or (row["partly"] and row["high"] is not None)]
    if not kept:
        return []
    mark = {"type": "bar", "size": _THIN, "color": SERIES[0]}
    encoding: Spec = {"description": {"field": "told"}}
    if any(row["partly"] for row in kept):
        encoding["fillOpacity"] = paler(_FAINT)
    return [{"data": {"values": kept}, "mark": mark, "encoding": encoding}]


def _gaps(laid: Laid, canvas: Canvas) -> list[Spec]:
    """In a gap with room for it, that nothing is held of it."""
    runs = silent(laid.labels, {point.along for point in laid.points}) if laid.steps is not None else []
    says = canvas.words("nothing held")
    step = canvas.width * 0.9 / len(laid.labels)
    rows = [{"along": (first + last) // 2} for first, last in runs if (last - first) * step > len(says) * _LETTER]
    if not rows:
        return []
    mark = {"type": "text", "fontStyle": "italic", "fontSize": 11, "color": MUTED, "aria": False}
    none = dict.fromkeys(("y2", "description", "color"))
    told = {**none, "x": along(laid, canvas), "y": {"value": HEIGHT - 10}, "text": {"value": says}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": told}]


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
            says = {"says": laid.series[one] if laid.series else "", "told": row["says"] if row is not None else ""}
            part = any(row is not None and row["partly"] for row in found)
            rows.append({"along": step, "series": one, "partly": part} | says | edges)
    return rows
