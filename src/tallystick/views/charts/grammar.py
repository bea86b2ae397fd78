"""What every chart in Vega-Lite has in common: its look, its axes, its legend."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from tallystick.views.charts.canvas import TEXT, Canvas, cut, fitted
from tallystick.views.charts.laid import Laid, named, sayable
from tallystick.views.charts.letters import wide
from tallystick.views.charts.paint import FONT, GRID, INK, MUTED, RULE, SERIES
from tallystick.views.charts.steps import ticks
from tallystick.views.shown import Chart, Shown

Spec = dict[str, Any]

_SHARE = 0.38
_UNITS = {"USD": "US dollars", "count": "", "number": "", "share": "", "per_day": "per day"}
_TOLD = ("along", "up", "beside", "series", "says", "verdict", "absent", "beside_absent", "partly")
DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 4, 1, 4], [1, 3], [10, 2, 2, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right", "triangle-left")


def spec(canvas: Canvas, height: int | Mapping[str, int], **drawn: Any) -> Spec:
    """A specification of this canvas's whole width; `drawn` is what it draws. No part of it fetches anything."""
    return {
        "width": canvas.width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "right": 10, "top": 4, "bottom": 4},
        "background": None,
        "config": _look(),
        **drawn,
    }


def unit_title(unit: str, canvas: Canvas) -> Any:
    """The unit of the figures, above them to the left; none for plain counts."""
    said = _UNITS.get(unit, unit)
    if not said:
        return None
    return {"text": canvas.words(said), "anchor": "start", "fontSize": TEXT, "fontWeight": "normal", "color": MUTED}


def measure(unit: str, canvas: Canvas) -> Spec:
    """The axis of the figures: from zero, short numbers, a few lines."""
    dollar = "$" if unit == "USD" else ""
    size = "abs(datum.value)"
    thousands = json.dumps(canvas.words("K"))
    billions = json.dumps(canvas.words("B"))
    large = f"replace(replace(format({size}, '.3~s'), 'G', {billions}), 'k', {thousands})"
    short = f"{size} < 1 ? format({size}, '~g') : {large}"
    said = f"(datum.value < 0 ? '−' : '') + '{dollar}' + ({short})"
    axis = {
        "title": None,
        "tickCount": 3 if canvas.narrow else 5,
        "labelExpr": "format(datum.value, '~%')" if unit == "share" else said,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return axis | ({"tickMinStep": 1} if unit == "count" else {})


def time_axis(laid: Laid, room: int) -> Spec:
    """The axis of even steps, labelled at whole years or parts of one."""
    assert laid.steps is not None, "only steps have such an axis"
    numbers = range(min(laid.labels), max(laid.labels) + 1)
    values = ticks(numbers, laid.steps.year, room)
    return {"title": None, "values": values, "labelExpr": _by_value(laid.labels, values), "labelAngle": 0} | _PLAIN


def lying_axis(laid: Laid, canvas: Canvas, step: int) -> Spec:
    """Names beside what lies, in two lines if need be; on a phone above it, over the whole width."""
    if canvas.narrow:
        above = {"labelAlign": "left", "labelPadding": -4, "domain": False, "zindex": 1}
        return name_axis(laid, canvas.letters(0.95)) | above | _unmeasured(-step // 2)
    letters = canvas.letters(_SHARE)
    labels = {place: fitted(label, letters) for place, label in laid.labels.items()}
    room = ceil(max(wide(line, TEXT) for lines in labels.values() for line in lines)) + _PLAIN["labelPadding"]
    axis = {"title": None, "labelExpr": _by_value(labels, list(labels)), "minExtent": room}
    return axis | _PLAIN | _unmeasured(0)


def lying_scale(laid: Laid, canvas: Canvas) -> Spec:
    """The places of what lies, with room for the names above each on a phone."""
    return {"type": "band", "domain": list(laid.labels)} | (
        {"paddingInner": 0.5, "paddingOuter": 0.5} if canvas.narrow else {}
    )


def wraps(laid: Laid, canvas: Canvas) -> bool:
    """Whether a name beside what lies takes two lines."""
    return not canvas.narrow and any(len(label) > canvas.letters(_SHARE) for label in laid.labels.values())


def name_axis(laid: Laid, letters: int) -> Spec:
    """The axis of names, each cut to so many letters."""
    labels = {place: cut(label, letters) for place, label in laid.labels.items()}
    return {"title": None, "labelExpr": _by_value(labels, list(labels)), "labelAngle": 0} | _PLAIN


def paler(faint: float) -> Spec:
    """How solid what is drawn of a row is: what is not whole is paler than the rest."""
    return {"condition": {"test": "datum.partly", "value": faint}, "value": 1}


def colours(laid: Laid, canvas: Canvas) -> Spec:
    """The series by colour, with a legend above."""
    return _told_apart(laid, canvas, list(SERIES))


def dashes(laid: Laid, canvas: Canvas) -> Spec:
    """The series by the dashes of their lines, for whoever cannot tell the colours apart."""
    return _told_apart(laid, canvas, list(DASHES))


def shapes(laid: Laid, canvas: Canvas) -> Spec:
    """The series by the shape of their points."""
    return _told_apart(laid, canvas, list(SHAPES))


def two_names(shown: Shown, chart: Chart, canvas: Canvas) -> Spec:
    """A legend that names the figures (1) and those beside them (0) as the columns of the table are named."""
    columns = {1: chart.up, 0: chart.beside or ""}
    names = {part: sayable(canvas.words(named(shown, column))) for part, column in columns.items()}
    return {"title": None, "labelExpr": _by_value(names, list(names)), "columns": 1 if canvas.narrow else 2}


def values(laid: Laid) -> list[Spec]:
    """The points as rows of the specification."""
    return [{name: getattr(point, name) for name in _TOLD} for point in laid.points]


_PLAIN: Spec = {"grid": False, "ticks": False, "labelPadding": 6, "labelOverlap": False}


def _unmeasured(offset: int) -> Spec:
    """Labels beside what lies without a size, so that the library does not measure each some times over.

    That is most of what a chart costs. Their room is told instead, and `cleaned` gives them their size. Half of a
    letter's height brings them to the middle of what they name.
    """
    return {"labelFontSize": 0, "labelLineHeight": TEXT + 2, "labelOffset": offset + round(0.3 * TEXT)}


def _told_apart(laid: Laid, canvas: Canvas, told_by: Sequence[Any]) -> Spec:
    letters = canvas.letters(0.4 if canvas.narrow else 0.25)
    names = {place: cut(name, letters) for place, name in enumerate(laid.series)}
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(names), "range": [told_by[place] for place in names]},
        "legend": {"title": None, "labelExpr": _by_value(names, list(names)), "columns": 2 if canvas.narrow else 4},
    }


def _by_value(labels: Mapping[int, Any], shown: Sequence[int]) -> str:
    """An expression that gives each number its label; text is only ever a quoted constant in it."""
    texts = json.dumps([labels[value] for value in shown])
    return f"{texts}[indexof({json.dumps(list(shown))}, +datum.value)]"


def _look() -> Spec:
    text = {"labelColor": INK, "labelFontSize": TEXT, "labelFont": FONT}
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": text | {"labelLimit": 0, "gridColor": GRID, "domainColor": RULE, "tickColor": RULE, "aria": False},
        "legend": text | {"orient": "top", "labelLimit": 0, "symbolSize": 90, "aria": False, "columnPadding": 28},
        "title": {"offset": 6, "limit": 0, "frame": "group", "aria": False},
        "text": {"fontSize": TEXT, "color": INK},
        "bar": {"discreteBandSize": {"band": 0.75}},
    }
