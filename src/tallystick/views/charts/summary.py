"""A chart in words, for whoever does not see it."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.laid import Laid, Point
from tallystick.views.shown import Chart, Mark

_KINDS = {
    Mark.BARS: "Bars of {count} rows",
    Mark.LINE: "Line of {count} rows",
    Mark.AREAS: "Areas of {count} rows",
    Mark.MAP: "Map of {count} rows",
    Mark.SPECIFICATION: "A figure under each of {count} definitions",
}


def summary(chart: Chart, found: Laid, canvas: Canvas) -> str:
    """What kind of chart it is, its first and last rows in time, its highest and lowest, and what is unknown."""
    words = canvas.words
    known = [point for point in found.points if point.up is not None]
    told = [words(_KINDS[chart.mark], count=f"{len(found.points):,}")]
    if known and found.in_time:
        ordered = sorted(known, key=lambda point: point.along)
        told += [words("First: {row}", row=ordered[0].says), words("Last: {row}", row=ordered[-1].says)]
    if len(known) > 1:
        told += _extremes(known, canvas)
    elif known and not found.in_time:
        told.append(known[0].says)
    if len(known) < len(found.points):
        unknown = len(found.points) - len(known)
        told.append(words("Not known: {count} of {all}", count=f"{unknown:,}", all=f"{len(found.points):,}"))
    return ". ".join([*told, *found.notes]) + "."


def _extremes(known: Sequence[Point], canvas: Canvas) -> list[str]:
    low, high = (pick(known, key=lambda point: point.up or 0.0) for pick in (min, max))
    return [canvas.words("Highest: {row}", row=high.says), canvas.words("Lowest: {row}", row=low.says)]
