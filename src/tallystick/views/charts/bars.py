"""Bars: upright along time, lying beside names; those of a year before stand hollow next to each."""

from __future__ import annotations

from typing import Any

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.grammar import (
    Spec,
    colours,
    lying_axis,
    lying_scale,
    measure,
    name_axis,
    paler,
    spec,
    time_axis,
    two_names,
    unit_title,
    wraps,
)
from tallystick.views.charts.laid import Laid
from tallystick.views.charts.lines import along, timed
from tallystick.views.charts.paint import INK, MUTED, RULE, SERIES, SUNKEN
from tallystick.views.shown import Chart, Shown

MOST = 30
_HEIGHT = 260
_BAR, _LINES = 26, 36
_ADD_UP = ("USD", "count")
_FEW, _SHORT = 6, 9
_FAINT = 0.4
_WORD, _WIDE, _UPRIGHT = 11, 56, 11


def bars(shown: Shown, chart: Chart, laid: Laid, canvas: Canvas) -> Spec:
    """A bar from zero for each row; series are stacked where they add up, else they stand side by side."""
    lying = lies(laid, canvas)
    across, up = ("y", "x") if lying else ("x", "y")
    encoding: dict[str, Any] = {
        up: {"field": "up", "type": "quantitative", "axis": measure(chart.unit, canvas), "stack": None},
        "description": {"field": "says"},
    }
    rows = timed(laid)
    parts = 1
    if any(row["partly"] for row in rows):
        encoding["fillOpacity"] = paler(_FAINT)
    if chart.beside:
        rows, encoding = _with_beside(shown, chart, rows, encoding, canvas)
        parts = 2 if not laid.days else 1
    elif chart.series:
        encoding["color"] = colours(laid, canvas)
        if chart.adds_up and chart.unit in _ADD_UP:
            encoding[up]["stack"] = "zero"
        else:
            parts = len(laid.series)
    if parts > 1 and not laid.days:
        encoding[f"{across}Offset"] = {"field": "part" if chart.beside else "series", "type": "ordinal"}
        if chart.beside:
            encoding[f"{across}Offset"]["sort"] = [1, 0]
    step = max(_LINES if wraps(laid, canvas) else _BAR, 14 * parts + 6) + (20 if canvas.narrow else 0)
    encoding[across] = _along(laid, canvas, step if lying else None)
    height: Any = {"step": step, "for": "position"} if lying else _HEIGHT
    mark: Any = {"type": "bar", "color": SERIES[0]}
    if laid.days:
        mark |= {"size": max(1, min(24, canvas.width // (2 * len(laid.labels))))}
    room = canvas.width * 0.85 / (len(laid.labels) * parts)
    stacked = encoding[up]["stack"] is not None
    layer = [{"mark": mark, "encoding": encoding}, *_absent(_ends(rows, stacked), encoding, lying, room)]
    layer += _intervals(laid, encoding, up, across)
    return spec(canvas, height, data={"values": rows}, layer=layer, title=unit_title(chart.unit, canvas))


def _absent(rows: list[Spec], encoding: Spec, lying: bool, room: float) -> list[Spec]:
    """In the place of each bar that there is none of, the word for what it is instead: no bar of nothing says it.

    A word has `room` pixels beside it where bars stand upright: it stands upright too where that is little, and is a
    question mark where it is none.
    """
    untold = [row for row in rows if row["up"] is None]
    if not untold:
        return []
    across, up = ("y", "x") if lying else ("x", "y")
    mark: Any = {"type": "text", "fontStyle": "italic", "fontSize": _WORD, "color": MUTED}
    mark |= {"align": "left", "baseline": "middle", "dx": 4} if lying or room < _WIDE else {"dy": -8}
    if not lying and room < _WIDE:
        mark |= {"angle": -90, "dy": 0}
    if not lying and room < _UPRIGHT:
        untold = [row | {"absent": "?"} for row in untold]
        mark |= {"angle": 0, "align": "center", "dx": 0, "dy": -8}
    told = {name: part for name, part in encoding.items() if name in (across, f"{across}Offset", "description")}
    told |= {up: encoding[up] | {"field": "ends", "stack": None}, "text": {"field": "absent"}}
    return [{"data": {"values": untold}, "mark": mark, "encoding": told}]


def _ends(rows: list[Spec], stacked: bool) -> list[Spec]:
    """Each row with where a word in its place begins: at zero, or at the end of the bars that it would lie on."""
    ends: dict[Any, float] = {}
    for row in rows:
        ends[row["along"]] = ends.get(row["along"], 0.0) + max(row["up"] or 0.0, 0.0)
    return [row | {"ends": ends[row["along"]] if stacked else 0.0} for row in rows]


def _intervals(laid: Laid, encoding: Spec, up: str, across: str) -> list[Spec]:
    """A thin line between the two ends of each figure's interval, with a stroke at each end."""
    rows = [
        {"along": point.along, "part": 1 - place // 2, "low": point.ends[place], "high": point.ends[place + 1]}
        for point in laid.points
        for place in range(0, len(point.ends), 2)
        if point.ends[place] is not None and point.ends[place + 1] is not None
    ]
    if not rows:
        return []
    told = {name: part for name, part in encoding.items() if name in (across, f"{across}Offset")}
    drawn: list[Spec] = []
    for mark, ends in (("rule", ("low", "high")), ("tick", ("low",)), ("tick", ("high",))):
        at = {up: encoding[up] | {"field": ends[0]}}
        at |= {f"{up}2": {"field": ends[1]}} if len(ends) > 1 else {}
        look: Spec = {"type": mark, "color": INK, "aria": False}
        look |= {"thickness": 1, "size": 7} if mark == "tick" else {"strokeWidth": 1}
        drawn.append({"data": {"values": rows}, "mark": look, "encoding": told | at})
    return drawn


def lies(laid: Laid, canvas: Canvas) -> bool:
    """Whether the bars lie: beside names that are many or long."""
    if laid.in_time:
        return False
    few = len(laid.labels) <= (_FEW // 2 if canvas.narrow else _FEW)
    return not few or any(len(label) > _SHORT for label in laid.labels.values())


def _along(laid: Laid, canvas: Canvas, step: int | None) -> Spec:
    scale: Spec = {"domain": list(laid.labels)}
    axis: Spec
    if laid.days:
        return along(laid, canvas)
    if laid.steps is not None:
        axis = time_axis(laid, 4 if canvas.narrow else 9)
    elif step is not None:
        axis, scale = lying_axis(laid, canvas, step), lying_scale(laid, canvas)
    else:
        axis = name_axis(laid, _SHORT)
    return {"field": "along", "type": "ordinal", "axis": axis, "scale": scale}


def _with_beside(
    shown: Shown, chart: Chart, rows: list[Spec], encoding: Spec, canvas: Canvas
) -> tuple[list[Spec], Spec]:
    """Each row twice: its own figure, and the one beside it as a hollow bar; with a legend of the two."""
    parted = [
        row | {"up": row[field], "absent": row[absent], "part": part}
        for row in rows
        for part, field, absent in ((1, "up", "absent"), (0, "beside", "beside_absent"))
    ]
    legend = two_names(shown, chart, canvas)
    part = {"field": "part", "type": "ordinal", "sort": [1, 0]}
    return parted, encoding | {
        "fill": part | {"scale": {"domain": [1, 0], "range": [SERIES[0], SUNKEN]}, "legend": legend},
        "stroke": part | {"scale": {"domain": [1, 0], "range": [SERIES[0], RULE]}, "legend": legend},
    }
