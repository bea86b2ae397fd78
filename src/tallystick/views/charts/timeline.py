"""A timeline: each event a line of its own, at its day or over its month or year, so that no two names overlap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import Canvas, cut
from tallystick.views.charts.cleaned import cleaned
from tallystick.views.charts.framed import Around, framed
from tallystick.views.charts.grammar import SHAPES, Spec, spec
from tallystick.views.charts.laid import sayable
from tallystick.views.charts.paint import GRID, INK, SERIES
from tallystick.views.charts.vega import svg
from tallystick.views.shown import Chart, Shown

_STEP, _STEP_NARROW = 26, 40
_DAY = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
_ROOM = 40
"""Days left free on each side of what happened."""


def timeline(shown: Shown, chart: Chart, canvas: Canvas, around: Around) -> Tree.Element:
    """The rows from `chart.along` to `chart.until`, each called by `chart.up` and told apart by `chart.series`."""
    series = list(dict.fromkeys(str(row[chart.series or ""]) for row in shown.rows))
    rows = [_row(shown, chart, canvas, place, series) for place in range(len(shown.rows))]
    drawn = cleaned(svg(_spec(rows, series, canvas)), [row["label"] for row in rows])
    told = Around(around.title, _says(rows, canvas), around.above, around.below)
    return framed(list(drawn), float(drawn.get("height", "0")), told, canvas)


def _row(shown: Shown, chart: Chart, canvas: Canvas, place: int, series: Sequence[str]) -> Spec:
    row = shown.rows[place]
    first, last = (_instant(row[name]) for name in (chart.along, chart.until or chart.along))
    words = sayable(row[chart.up])
    part = str(row[chart.series or ""])
    return {
        "place": place,
        "first": first,
        "last": last + (_DAY if last > first else 0),
        "middle": (first + last) // 2,
        "series": series.index(part),
        "label": words,
        "says": f"{row['period']}: {words} ({sayable(canvas.words(part))})",
        "is_day": first == last,
    }


def _spec(rows: Sequence[Spec], series: Sequence[str], canvas: Canvas) -> Spec:
    low, high = min(row["first"] for row in rows), max(row["last"] for row in rows)
    half, room = (low + high) // 2, canvas.letters(0.9 if canvas.narrow else 0.55)
    told = [row | {"label": cut(row["label"], room)} for row in rows]
    after = [row for row in told if row["middle"] <= half]
    before = [row for row in told if row["middle"] > half]
    step = _STEP_NARROW if canvas.narrow else _STEP
    domain = [low - _ROOM * _DAY, high + _ROOM * _DAY]
    return spec(
        canvas,
        step * len(rows) + 10,
        data={"values": told},
        encoding={
            "x": {
                "field": "first",
                "type": "temporal",
                "axis": _axis(canvas),
                "scale": {"type": "utc", "domain": domain},
            },
            "y": {"field": "place", "type": "ordinal", "axis": None, "scale": {"type": "band", "padding": 0}},
            "color": _told_by(series, list(SERIES), canvas),
            "description": {"field": "says"},
        },
        layer=[
            {
                "mark": {"type": "rule", "color": GRID, "aria": False},
                "encoding": {"x": {"datum": domain[0]}, "x2": {"datum": domain[1]}, "color": None},
            },
            {
                "transform": [{"filter": "!datum.is_day"}],
                "mark": {"type": "bar", "height": 8},
                "encoding": {"x2": {"field": "last"}},
            },
            {
                "transform": [{"filter": "datum.is_day"}],
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {"shape": _told_by(series, list(SHAPES), canvas)},
            },
            _labels(after, "left", canvas),
            _labels(before, "right", canvas),
        ],
    )


def _labels(rows: Sequence[Spec], align: str, canvas: Canvas) -> Spec:
    """Names beside what happened, on the side with room; on a phone above it."""
    mark: Spec = {"type": "text", "align": align, "color": INK, "aria": False}
    mark |= {"dy": -14, "dx": 0} if canvas.narrow else {"dx": 9 if align == "left" else -9}
    from_ = "last" if align == "left" and not canvas.narrow else "first"
    return {
        "data": {"values": list(rows)},
        "mark": mark,
        "encoding": {"x": {"field": from_, "type": "temporal"}, "text": {"field": "label"}, "color": None},
    }


def _told_by(series: Sequence[str], told_by: Sequence[str], canvas: Canvas) -> Spec:
    names = [sayable(canvas.words(name)) for name in series]
    return {
        "field": "series",
        "type": "nominal",
        "scale": {
            "domain": list(range(len(series))),
            "range": [told_by[place % len(told_by)] for place in range(len(series))],
        },
        "legend": {
            "title": None,
            "labelExpr": f"{json.dumps(names)}[datum.value]",
            "columns": 2 if canvas.narrow else 4,
        },
    }


def _axis(canvas: Canvas) -> Spec:
    return {
        "title": None,
        "orient": "top",
        "format": "%Y-%m",
        "tickCount": 3 if canvas.narrow else 7,
        "grid": True,
        "ticks": False,
        "domain": False,
        "labelPadding": 6,
        "labelFlush": True,
    }


def _says(rows: Sequence[Spec], canvas: Canvas) -> str:
    told = canvas.words("Timeline of {count} events", count=len(rows))
    if not rows:
        return f"{told}."
    ends = [canvas.words("First: {row}", row=rows[0]["says"]), canvas.words("Last: {row}", row=rows[-1]["says"])]
    return ". ".join([told, *ends]) + "."


def _instant(day: date) -> int:
    return (day.toordinal() - _EPOCH) * _DAY
