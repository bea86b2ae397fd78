"""Maps with their legends: apart on a page, where text keeps its size; in one picture that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree as Tree

from tallystick.views.charts.atlas import Atlas
from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.framed import Around, framed, svg
from tallystick.views.charts.laid import Laid, Point, told
from tallystick.views.charts.legend import entries, legend
from tallystick.views.charts.maps import Mapped, drawn, hatching
from tallystick.views.charts.summary import summary
from tallystick.views.hidden import seen
from tallystick.views.shown import Chart, Shown

LEFT_OUT = "data-left-out"
"""On a drawing that only says why it is none."""


def without_shapes(canvas: Canvas, around: Around) -> Tree.Element:
    """What stands where a map would: that its shapes are not installed. `LEFT_OUT` marks it."""
    says = canvas.words("The map is left out: the shapes of counties and states are not installed")
    told = framed([], 0, Around(around.title, says, around.above, [says, *around.below]), canvas)
    told.set(LEFT_OUT, "shapes")
    return told


def parts(shown: Shown, chart: Chart, atlas: Atlas, canvases: tuple[Canvas, ...]) -> Iterator[Tree.Element]:
    """The map alone, then its legend for each of the canvases."""
    mapped = Mapped(shown, chart, atlas, canvases[0])
    hatch = _name(mapped, "map")
    root = svg(atlas.box, Around(shown.title, _says(mapped)))
    root.extend([hatching(hatch, 15), *drawn(mapped, hatch)])
    yield root
    for canvas in canvases:
        hatch = _name(mapped, f"legend {canvas.width}")
        told_of = entries(mapped, hatch)
        swatches, height = legend(told_of, canvas, 2)
        name = f"{canvas.words('Legend')}: {shown.title}"
        around = Around(name, "; ".join(words for _, words in told_of), (), list(mapped.notes()))
        yield framed([hatching(hatch, 5), *swatches], height, around, canvas)


def whole(shown: Shown, chart: Chart, atlas: Atlas, canvas: Canvas, around: Around) -> Tree.Element:
    """The map and its legend in one picture."""
    mapped = Mapped(shown, chart, atlas, canvas)
    hatch = _name(mapped, "whole")
    left, top, width, height = atlas.box
    size = canvas.width / width
    scaled = Tree.Element("g", {"transform": f"scale({size:.5f}) translate({-left},{-top})"})
    scaled.extend(drawn(mapped, hatch))
    swatches, foot = legend(entries(mapped, hatch), canvas, height * size + 8)
    told_of = Around(around.title, _says(mapped), around.above, [*mapped.notes(), *around.below])
    return framed([hatching(hatch, 10), scaled, *swatches], foot, told_of, canvas)


def _says(mapped: Mapped) -> str:
    chart, canvas = mapped.chart, mapped.canvas
    points = []
    for number, place in enumerate(mapped.places):
        cell = seen(place.row, chart.up) if place.row is not None else 0 if chart.unlisted_is_zero else None
        says = f"{place.name}: {told(cell, canvas, chart.unit)}"
        points.append(Point(number, mapped.figure(place), None, 0, says))
    return summary(chart, Laid({}, tuple(points), (), notes=tuple(mapped.notes())), canvas)


def _name(mapped: Mapped, part: str) -> str:
    """A name for the hatching that no other drawing on a page has."""
    told_of = repr((mapped.shown.title, mapped.chart, mapped.shown.rows, part))
    return f"unknown-{sha256(told_of.encode(errors='replace')).hexdigest()[:10]}"
