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
    spec,
    time_axis,
    two_names,
    unit_title,
    wraps,
)
from tallystick.views.charts.laid import Laid
from tallystick.views.charts.lines import along, timed
from tallystick.views.charts.paint import RULE, SERIES, SUNKEN
from tallystick.views.shown import Chart, Shown

MOST = 30
_HEIGHT = 260
_BAR, _LINES = 26, 36
_ADD_UP = ("USD", "count")
_FEW, _SHORT = 6, 9


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
    return spec(
        canvas, height, data={"values": rows}, mark=mark, encoding=encoding, title=unit_title(chart.unit, canvas)
    )


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
    parted = [row | {"up": row[field], "part": part} for row in rows for part, field in ((1, "up"), (0, "beside"))]
    legend = two_names(shown, chart, canvas)
    part = {"field": "part", "type": "ordinal", "sort": [1, 0]}
    return parted, encoding | {
        "fill": part | {"scale": {"domain": [1, 0], "range": [SERIES[0], SUNKEN]}, "legend": legend},
        "stroke": part | {"scale": {"domain": [1, 0], "range": [SERIES[0], RULE]}, "legend": legend},
    }
