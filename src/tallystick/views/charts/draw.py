"""Charts as vector drawings, from a declarative grammar (Vega-Lite)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import vl_convert

from tallystick.views.shown import Chart, Mark, Shown

_MARKS = {Mark.BARS: "bar", Mark.LINE: "line", Mark.AREAS: "area", Mark.SPECIFICATION: "point"}


def drawing(shown: Shown) -> str:
    """The chart of what is shown as an SVG element with a role and a name; '' where it has none."""
    if shown.chart is None:
        return ""
    return str(vl_convert.vegalite_to_svg(specification(shown.chart, shown.rows)))


def specification(chart: Chart, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chart in Vega-Lite."""
    encoding: dict[str, Any] = {
        "x": {"field": chart.along, "type": "ordinal", "title": chart.along.replace("_", " ")},
        "y": {"field": chart.up, "type": "quantitative", "title": chart.unit},
    }
    if chart.series:
        encoding["color"] = {"field": chart.series, "type": "nominal"}
    values = [{name: _plain(cell) for name, cell in row.items()} for row in rows]
    return {"data": {"values": values}, "mark": _MARKS[chart.mark], "encoding": encoding, "width": 640}


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
