"""Lines over time, with a point for each row: a step of which nothing is known is a gap, never a zero."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.grammar import (
    Spec,
    colours,
    dashes,
    measure,
    name_axis,
    paler,
    shapes,
    spec,
    time_axis,
    two_names,
    unit_title,
    values,
)
from tallystick.views.charts.laid import Laid
from tallystick.views.charts.paint import MUTED, SERIES
from tallystick.views.shown import Chart, Shown

HEIGHT = 280
_POINTS = 400
"""Up to so many rows get a point each, which says its figure to whoever points at it."""
_DAY = 86_400_000
_BEFORE = [5, 4]
_DOTS = [2, 3]


def line(shown: Shown, chart: Chart, laid: Laid, canvas: Canvas) -> Spec:
    """A line for each series, with a point for each row; the figures beside as a dashed line without points."""
    rows = _unbroken(laid)
    up = {"field": "up", "type": "quantitative", "axis": measure(chart.unit, canvas)}
    encoding: Spec = {"x": along(laid, canvas), "y": up}
    if chart.series:
        encoding |= {"color": colours(laid, canvas)}
    drawn: list[Spec] = []
    if chart.beside:
        before = {"type": "line", "strokeDash": _BEFORE, "strokeWidth": 1.5, "aria": False}
        told = {"detail": {"field": "series"}} if chart.series else _one_of_two(shown, chart, 0, canvas)
        drawn.append({"mark": before, "encoding": {"y": up | {"field": "beside"}} | told})
    whole = {"type": "line", "color": SERIES[0], "strokeWidth": 2, "aria": False}
    whole |= {"interpolate": "step-after"} if chart.stands else {}
    told = {"strokeDash": dashes(laid, canvas)} if chart.series else {}
    if chart.beside and not chart.series:
        told = _one_of_two(shown, chart, 1, canvas)
    drawn += [{"mark": whole, "encoding": told}, *_to_what_is_not_whole(rows), *_points(rows, chart, laid, canvas)]
    title = unit_title(chart.unit, canvas)
    solid = [row | ({"up": None} if row["partly"] else {}) for row in rows]
    return spec(canvas, HEIGHT, data={"values": solid}, layer=drawn, encoding=encoding, title=title)


def along(laid: Laid, canvas: Canvas) -> Spec:
    """The axis of time: even steps, or days as far apart as they are."""
    room = 4 if canvas.narrow else 9
    if laid.days:
        return {"field": "along", "type": "temporal", "scale": {"type": "utc"}, "axis": _days_axis(laid, room)}
    axis = time_axis(laid, room) if laid.steps is not None else name_axis(laid, 10)
    return {
        "field": "along",
        "type": "ordinal",
        "axis": axis,
        "scale": {"type": "point", "domain": list(laid.labels)},
    }


def timed(laid: Laid) -> list[Spec]:
    """The points as rows in the order of time, days as the milliseconds that the grammar counts in."""
    rows = values(laid)
    if laid.days:
        rows = [row | {"along": row["along"] * _DAY} for row in rows]
    return sorted(rows, key=lambda row: (row["series"], row["along"]))


def _days_axis(laid: Laid, room: int) -> Spec:
    first, last = min(laid.labels), max(laid.labels)
    days = range(first, last + 1, max((last - first) // max(room - 1, 1), 1))
    labels = {"format": "%Y-%m-%d", "labelFlush": True, "labelPadding": 6}
    return {"title": None, "values": [day * _DAY for day in days], "grid": False, "ticks": True} | labels


def _unbroken(laid: Laid) -> list[Spec]:
    """A row for each step of each series: one without a figure breaks the line; what is `alone` no line reaches."""
    rows = timed(laid)
    if laid.steps is not None:
        held = {(row["series"], row["along"]) for row in rows}
        rows += [
            {"along": step, "up": None, "beside": None, "series": series, "says": "", "verdict": "", "partly": False}
            for series in sorted({row["series"] for row in rows})
            for step in laid.labels
            if (series, step) not in held
        ]
        rows.sort(key=lambda row: (row["series"], row["along"]))
    for place, row in enumerate(rows):
        beside = [rows[other] for other in (place - 1, place + 1) if 0 <= other < len(rows)]
        near = any(one["series"] == row["series"] and one["up"] is not None for one in beside)
        row["alone"] = row["up"] is not None and not near
    return rows


def _to_what_is_not_whole(rows: list[Spec]) -> list[Spec]:
    """A faint dotted line from the last figure that is whole to each that is not, and on from there."""
    reached = [
        {**rows[end], "of": place}
        for place, (one, other) in enumerate(pairwise(rows))
        if one["series"] == other["series"] and (one["partly"] or other["partly"])
        for end in (place, place + 1)
    ]
    if not reached:
        return []
    mark = {
        "type": "line",
        "color": SERIES[0],
        "strokeDash": _DOTS,
        "strokeWidth": 1.5,
        "opacity": 0.6,
        "aria": False,
    }
    return [{"data": {"values": reached}, "mark": mark, "encoding": {"detail": {"field": "of"}}}]


def _points(rows: list[Spec], chart: Chart, laid: Laid, canvas: Canvas) -> list[Spec]:
    """A point for each row; where they are too many, only for those that no line reaches."""
    wanted = "up" if len(rows) <= _POINTS else "alone"
    kept = [row for row in rows if row["alone"] or (wanted == "up" and row["up"] is not None)]
    if not kept:
        return []
    mark: Any = {"type": "point", "filled": True, "opacity": 1, "size": 36, "color": SERIES[0]}
    told: Spec = {"description": {"field": "says"}}
    if any(row["partly"] for row in kept):
        told["fillOpacity"] = paler(0)
        mark |= {"stroke": SERIES[0], "strokeWidth": 1} if not chart.series else {}
    if chart.series:
        told |= {"shape": shapes(laid, canvas)}
    return [{"data": {"values": kept}, "mark": mark, "encoding": told}]


def _one_of_two(shown: Shown, chart: Chart, part: int, canvas: Canvas) -> Spec:
    legend = two_names(shown, chart, canvas)
    told = {"datum": part, "type": "nominal"}
    return {
        "color": told | {"scale": {"domain": [1, 0], "range": [SERIES[0], MUTED]}, "legend": legend},
        "strokeDash": told | {"scale": {"domain": [1, 0], "range": [[], _BEFORE]}, "legend": legend},
    }
