"""A figure under every definition beside what was said: verdicts by shape and colour, earlier figures thin."""

from __future__ import annotations

import json
from typing import Any

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.grammar import Spec, lying_axis, lying_scale, measure, spec, unit_title, values, wraps
from tallystick.views.charts.laid import Laid, number, sayable
from tallystick.views.charts.paint import INK, MUTED, TINT, VERDICTS
from tallystick.views.shown import Chart, Said, Shown

_SHAPES = {"holds": "circle", "fails": "M-.8,-.8L.8,.8M.8,-.8L-.8,.8", "unknown": "diamond"}
_OTHER = "square"
_ROW, _TALL, _ABOVE = 28, 38, 46
_WORDS = 20


def specification(_: Shown, chart: Chart, laid: Laid, canvas: Canvas) -> Spec:
    """A row for each definition: a mark at its figure, a thin one at its earlier figure; the bounds are ruled."""
    rows = values(laid)
    step = _ABOVE if canvas.narrow else _TALL if wraps(laid, canvas) else _ROW
    scale = {"domain": _domain(rows, chart.said), "zero": False, "nice": False}
    x = {"type": "quantitative", "scale": scale, "axis": measure(chart.unit, canvas)}
    y = {
        "field": "along",
        "type": "ordinal",
        "axis": lying_axis(laid, canvas, step) | {"grid": not canvas.narrow},
        "scale": lying_scale(laid, canvas),
    }
    layers = [
        *(layer for place, said in enumerate(chart.said) for layer in _bounds(said, x, place)),
        *(_earlier(rows, x, y) if chart.beside else []),
        _marks(rows, x, y, canvas),
        _unknown(rows, y, canvas),
    ]
    title = unit_title(chart.unit, canvas)
    made = spec(canvas, {"step": step}, data={"values": rows}, layer=layers, title=title)
    made["config"]["legend"]["offset"] = 12 + _WORDS * len(chart.said)
    return made


def _domain(rows: list[Spec], said: tuple[Said, ...]) -> list[float]:
    """From the lowest figure or bound to the highest with some room; from zero where that is not far."""
    bounds = [number(bound) for one in said for bound in (one.low, one.high)]
    figures = [row[name] for row in rows for name in ("up", "beside")]
    found = [value for value in (*bounds, *figures) if value is not None]
    low, high = min(found), max(found)
    low = 0.0 if 0 < low <= 0.7 * high else low
    high = 0.0 if 0.7 * low <= high < 0 else high
    room = (high - low or abs(high) or 1.0) * 0.06
    return [low - room if low else 0.0, high + room if high else 0.0]


def _bounds(said: Said, x: Spec, place: int) -> list[Spec]:
    """Where the figure would lie if it were as was said: a tint from bound to bound, a rule at each, the words."""
    nothing: Spec = {"data": {"values": [{}]}}
    low, high = number(said.low), number(said.high)
    within: Spec = {
        "x": {"datum": low} | x if low is not None else {"value": 0},
        "x2": {"datum": high} if high is not None else {"value": "width"},
    }
    if low is None and high is not None:
        within = {"x": {"datum": high} | x, "x2": {"value": 0}}
    rule: Any = {"type": "rule", "color": INK, "strokeDash": [5, 3], "strokeWidth": 1.5, "aria": False}
    words: Any = {"type": "text", "align": "left", "baseline": "bottom", "color": INK, "fontStyle": "italic"}
    told = {"x": {"value": 0}, "y": {"value": -4 - _WORDS * place}, "text": {"value": sayable(said.words)}}
    bounds = [bound for bound in dict.fromkeys((low, high)) if bound is not None]
    return [
        *([nothing | {"mark": {"type": "rect", "color": TINT, "aria": False}, "encoding": within}] if bounds else []),
        *(nothing | {"mark": rule, "encoding": {"x": {"datum": bound} | x}} for bound in bounds),
        nothing | {"mark": words, "encoding": told},
    ]


def _earlier(rows: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    """A small ring at each figure that was another before, and a line from it to the one of now."""
    held = [row for row in rows if row["beside"] is not None and row["beside"] != row["up"]]
    both = [row for row in held if row["up"] is not None]
    at = {"x": {"field": "beside"} | x, "y": y}
    ring: Any = {"type": "point", "filled": False, "size": 50, "stroke": MUTED, "strokeWidth": 1.5, "opacity": 1}
    rule: Any = {"type": "rule", "color": MUTED, "aria": False}
    return [
        {"data": {"values": both}, "mark": rule, "encoding": at | {"x2": {"field": "up"}}},
        {"data": {"values": held}, "mark": ring, "encoding": at | {"description": {"field": "says"}}},
    ]


def _marks(rows: list[Spec], x: Spec, y: Spec, canvas: Canvas) -> Spec:
    held = [row for row in rows if row["up"] is not None]
    verdicts = sorted({row["verdict"] for row in held}, key=lambda verdict: (verdict not in _SHAPES, verdict))
    texts = json.dumps([sayable(canvas.words(verdict)) for verdict in verdicts])
    legend = {
        "title": None,
        "labelExpr": f"{texts}[indexof({json.dumps(verdicts)}, datum.value)]",
        "columns": 3 if canvas.narrow else 5,
        "symbolFillColor": "transparent",
        "symbolStrokeWidth": 2.5,
    }
    told = {"field": "verdict", "type": "nominal", "legend": legend if any(verdicts) else None}
    colours = [VERDICTS.get(verdict, MUTED) for verdict in verdicts]
    shapes = [_SHAPES.get(verdict, _OTHER) for verdict in verdicts]
    return {
        "data": {"values": held},
        "mark": {"type": "point", "filled": False, "size": 110, "strokeWidth": 2.5, "opacity": 1},
        "encoding": {
            "x": {"field": "up"} | x,
            "y": y,
            "stroke": told | {"scale": {"domain": verdicts, "range": colours}},
            "shape": told | {"scale": {"domain": verdicts, "range": shapes}},
            "description": {"field": "says"},
        },
    }


def _unknown(rows: list[Spec], y: Spec, canvas: Canvas) -> Spec:
    untold = [row for row in rows if row["up"] is None]
    mark: Any = {"type": "text", "align": "left", "dx": 4, "fontStyle": "italic", "color": MUTED}
    says = {"value": canvas.words("unknown")}
    return {
        "data": {"values": untold},
        "mark": mark,
        "encoding": {"x": {"value": 0}, "y": y, "text": says, "description": {"field": "says"}},
    }
