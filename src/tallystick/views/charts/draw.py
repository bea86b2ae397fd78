"""Charts as vector drawings, from a declarative grammar (Vega-Lite); maps from the shapes of counties."""

from __future__ import annotations

from functools import partial
from xml.etree import ElementTree as Tree

from tallystick.settings import bundled_geography
from tallystick.views.charts.atlas import atlas
from tallystick.views.charts.canvas import DESK, PHONE, Canvas
from tallystick.views.charts.framed import Around
from tallystick.views.charts.kept import drawings
from tallystick.views.charts.mapped import parts, whole, without_shapes
from tallystick.views.charts.neighbours import neighbours
from tallystick.views.charts.plotted import plotted
from tallystick.views.charts.timeline import timeline
from tallystick.views.charts.vega import all_of, drawers
from tallystick.views.shown import Chart, Mark, Shown
from tallystick.views.words import Words

_ALONE = {Mark.TIMELINE: timeline, Mark.GRAPH: neighbours}
"""Those that are drawn along no axis of figures."""
_KINDS = ("chart desk", "chart phone")


def drawing(shown: Shown, words: Words | None = None) -> str:
    """The chart of what is shown, as SVG elements of which the stylesheet shows what fits; '' where it has none.

    A chart along axes is drawn twice, for a desk and for a phone; a map once, its legend twice.
    """
    if shown.chart is None:
        return ""
    chart, said, shown = shown.chart, words or Words(), shown.in_the_chart
    return drawings().kept(_about(shown, chart, said), lambda: _drawn(shown, chart, said))


def begin(shown: Shown, words: Words) -> None:
    """Have the chart drawn meanwhile, where others draw: a page asks for it later."""
    chart = shown.chart
    if chart is not None and drawers().are_there:
        shown = shown.in_the_chart
        drawings().begin(_about(shown, chart, words), lambda: _drawn(shown, chart, words))


def picture(shown: Shown, chart: Chart, canvas: Canvas, around: Around) -> Tree.Element:
    """The chart in one picture, with lines of text above and below."""
    if chart.mark in _ALONE:
        return _ALONE[chart.mark](shown, chart, canvas, around)
    if chart.mark is not Mark.MAP:
        return plotted(shown, chart, canvas, around)
    shapes = atlas(bundled_geography())
    return without_shapes(canvas, around) if shapes is None else whole(shown, chart, shapes, canvas, around)


def _about(shown: Shown, chart: Chart, words: Words) -> object:
    """All that a drawing is made of."""
    return shown.title, shown.columns, shown.rows, chart, chart.places, words.language


def _drawn(shown: Shown, chart: Chart, words: Words) -> str:
    canvases = (Canvas(DESK, words), Canvas(PHONE, words))
    around = Around(shown.title, "")
    shapes = atlas(bundled_geography()) if chart.mark is Mark.MAP else None
    if shapes is None:
        made = all_of([partial(picture, shown, chart, canvas, around) for canvas in canvases])
        return "\n".join(_text(one, kind) for one, kind in zip(made, _KINDS, strict=True))
    made = list(parts(shown, chart, shapes, canvases))
    return "\n".join(_text(one, kind) for one, kind in zip(made, ("chart map", *_KINDS), strict=True))


def _text(made: Tree.Element, kind: str) -> str:
    made.set("class", kind)
    return Tree.tostring(made, encoding="unicode")
