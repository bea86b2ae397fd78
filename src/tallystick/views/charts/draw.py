"""Charts as vector drawings, from a declarative grammar (Vega-Lite); a map from the shapes of counties."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as Tree

from tallystick.views.charts.areas import areas
from tallystick.views.charts.bars import bars
from tallystick.views.charts.canvas import DESK, PHONE, Canvas
from tallystick.views.charts.cleaned import cleaned
from tallystick.views.charts.framed import framed
from tallystick.views.charts.grammar import Spec
from tallystick.views.charts.laid import Laid, laid
from tallystick.views.charts.lines import line
from tallystick.views.charts.specification import specification
from tallystick.views.charts.summary import summary
from tallystick.views.charts.vega import svg
from tallystick.views.shown import Chart, Mark, Shown
from tallystick.views.words import Words

MOST = 30
_DRAWS: dict[Mark, Callable[[Shown, Chart, Laid, Canvas], Spec]] = {
    Mark.BARS: bars,
    Mark.LINE: line,
    Mark.AREAS: areas,
    Mark.SPECIFICATION: specification,
}


def drawing(shown: Shown, words: Words | None = None) -> str:
    """The chart of what is shown, for a desk and for a phone, each an SVG of its own; '' where it has none.

    The stylesheet shows one of the two.
    """
    if shown.chart is None or shown.chart.mark not in _DRAWS:
        return ""
    said = words or Words()
    return "\n".join(
        _text(_picture(shown, shown.chart, Canvas(width, said)), kind)
        for width, kind in ((DESK, "chart desk"), (PHONE, "chart phone"))
    )


def _picture(shown: Shown, chart: Chart, canvas: Canvas) -> Tree.Element:
    found = laid(shown, chart, canvas, MOST)
    inner = None
    if found.known:
        drawn = svg(_DRAWS[chart.mark](shown, chart, found, canvas))
        inner = cleaned(drawn, [*found.labels.values(), *found.series])
    return framed(inner, shown.title, summary(chart, found, canvas), found.notes, canvas)


def _text(picture: Tree.Element, kind: str) -> str:
    picture.set("class", kind)
    return Tree.tostring(picture, encoding="unicode")
