"""Charts along axes: rows laid out, specified in the grammar, drawn by its library, cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree import ElementTree as Tree

from tallystick.views.charts.areas import areas
from tallystick.views.charts.bars import bars
from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.cleaned import cleaned
from tallystick.views.charts.framed import Around, framed
from tallystick.views.charts.grammar import Spec
from tallystick.views.charts.laid import Laid, laid
from tallystick.views.charts.lines import line
from tallystick.views.charts.specification import specification
from tallystick.views.charts.summary import summary
from tallystick.views.charts.vega import svg
from tallystick.views.shown import Chart, Mark, Shown

_MOST, _MOST_ON_A_PHONE = 30, 10
"""Names along an axis: of more the largest are drawn, with a note that says so; the table has them all."""
_ALL = 1_000_000
_MOST_BARS = 366
"""Days beyond so many are a line: no eye could tell their bars apart."""
_DRAWS: Mapping[Mark, Callable[[Shown, Chart, Laid, Canvas], Spec]] = {
    Mark.BARS: bars,
    Mark.LINE: line,
    Mark.AREAS: areas,
    Mark.SPECIFICATION: specification,
}


def plotted(shown: Shown, chart: Chart, canvas: Canvas, around: Around) -> Tree.Element:
    """The chart with what stands around it; `around` gives the title, and lines above and below of its own."""
    found = laid(shown, chart, canvas, _most(chart, canvas))
    says = summary(chart, found, canvas)
    if not found.known:
        nothing = canvas.words("Nothing that could be drawn is known")
        told = Around(around.title, says, around.above, [nothing, *found.notes, *around.below])
        return framed([], 0, told, canvas)
    too_many = chart.mark is Mark.BARS and found.days and len(found.labels) > _MOST_BARS
    draw = line if too_many else _DRAWS[chart.mark]
    drawn = cleaned(svg(draw(shown, chart, found, canvas)), [*found.labels.values(), *found.series])
    told = Around(around.title, says, around.above, [*found.notes, *around.below])
    return framed(list(drawn), float(drawn.get("height", "0")), told, canvas)


def _most(chart: Chart, canvas: Canvas) -> int:
    """How many names are drawn: every definition of a claim, whatever the width."""
    if chart.mark is Mark.SPECIFICATION:
        return _ALL
    return _MOST_ON_A_PHONE if canvas.narrow else _MOST
