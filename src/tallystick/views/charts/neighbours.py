"""The neighbourhood of an entry: the things that it names, kind by kind, and the entries that name the same.

Its layout follows from the rows alone: things stand below each other in the order given, each other entry beside the
middle of the things that it shares, so that the same rows are the same drawing on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import TEXT, Canvas, cut
from tallystick.views.charts.framed import Around, framed
from tallystick.views.charts.laid import sayable
from tallystick.views.charts.paint import FONT, INK, MUTED, RULE, SERIES
from tallystick.views.shown import Chart, Shown

_LINE, _LETTER, _GAP = 24, 7.0, 9
_MOST = 48
"""Things that are drawn; the list beside the drawing has all of them."""


@dataclass(frozen=True)
class Spot:
    """A node or a heading: where it lies, and what it is called."""

    x: float
    y: float
    label: str

    @property
    def end(self) -> float:
        """Where its label ends, about."""
        return self.x + _GAP + len(self.label) * _LETTER + 4


@dataclass(frozen=True)
class Columns:
    """Where the three columns of a canvas begin, and how many letters the second and the third have room for."""

    entry: float
    things: float
    others: float
    letters: tuple[int, int]


def neighbours(shown: Shown, chart: Chart, canvas: Canvas, around: Around) -> Tree.Element:
    """The rows by `chart.series`, their kind, each called by `chart.up`; `others` are the titles of who shares it."""
    rows = sorted(shown.rows, key=lambda row: (not row["others"], str(row[chart.series or ""])))[:_MOST]
    rows = sorted(rows, key=lambda row: str(row[chart.series or ""]))
    columns = _columns(canvas)
    heads, things = _things(rows, chart, columns, canvas)
    others = _others(rows, things, columns)
    height = max((spot.y for spot in (*heads, *things, *others.values())), default=0.0) + _LINE
    entry = Spot(columns.entry, _LINE, "")
    drawn = [*_edges(entry, rows, things, others), *_nodes(entry, things, others)]
    drawn += [_text(head, MUTED, 0, head.label) for head in heads]
    left_out = len(shown.rows) - len(rows)
    below = [canvas.words("{count} more are in the list", count=left_out)] if left_out else []
    told = Around(around.title, _says(shown, canvas), around.above, [*below, *around.below])
    return framed(drawn, height, told, canvas)


def _columns(canvas: Canvas) -> Columns:
    things, others = (26.0, canvas.width * 0.57) if canvas.narrow else (90.0, canvas.width * 0.62)
    room = (int((others - things - 40) / _LETTER), int((canvas.width - others - _GAP - 4) / _LETTER))
    return Columns(8.0, things, others, room)


def _things(
    rows: Sequence[Mapping[str, Any]], chart: Chart, columns: Columns, canvas: Canvas
) -> tuple[list[Spot], list[Spot]]:
    """The headings of the kinds, and a spot for each row, from above down."""
    heads, things, y = list[Spot](), list[Spot](), 0.0
    for kind, of in groupby(rows, key=lambda row: str(row[chart.series or ""])):
        y += _LINE
        heads.append(Spot(columns.things - 6, y, sayable(canvas.words(kind))))
        for row in of:
            y += _LINE
            things.append(Spot(columns.things, y, cut(sayable(row[chart.up]), columns.letters[0])))
        y += _LINE / 3
    return heads, things


def _others(rows: Sequence[Mapping[str, Any]], things: Sequence[Spot], columns: Columns) -> Mapping[str, Spot]:
    """A spot for each other entry, beside the middle of what it shares, none nearer to another than a line."""
    shared: dict[str, list[float]] = {}
    for row, spot in zip(rows, things, strict=True):
        for other in row["others"]:
            shared.setdefault(other, []).append(spot.y)
    found: dict[str, Spot] = {}
    last = 0.0
    for other, places in sorted(shared.items(), key=lambda pair: (sum(pair[1]) / len(pair[1]), pair[0])):
        last = max(last + _LINE, sum(places) / len(places))
        found[other] = Spot(columns.others, last, cut(sayable(other), columns.letters[1]))
    return found


def _edges(
    entry: Spot, rows: Sequence[Mapping[str, Any]], things: Sequence[Spot], others: Mapping[str, Spot]
) -> Iterator[Tree.Element]:
    """From the entry down a trunk to each thing, and from each thing to the entries that name it too."""
    if things:
        yield _path(f"M{entry.x:g},{entry.y:g}V{things[-1].y:g}")
    for row, spot in zip(rows, things, strict=True):
        yield _path(f"M{entry.x:g},{spot.y:g}H{spot.x:g}")
        for other in row["others"]:
            to = others[other]
            middle = (spot.end + to.x) / 2
            yield _path(f"M{spot.end:g},{spot.y:g}C{middle:g},{spot.y:g} {middle:g},{to.y:g} {to.x:g},{to.y:g}")


def _nodes(entry: Spot, things: Sequence[Spot], others: Mapping[str, Spot]) -> Iterator[Tree.Element]:
    yield _dot(entry, SERIES[1], 7)
    for spot in things:
        yield _dot(spot, SERIES[0], 5)
        yield _text(spot, INK, _GAP, spot.label)
    for title, spot in others.items():
        yield _dot(spot, SERIES[1], 5)
        yield _text(spot, INK, _GAP, title if title == spot.label else spot.label, title)


def _path(drawn: str) -> Tree.Element:
    return Tree.Element("path", {"d": drawn, "fill": "none", "stroke": RULE, "stroke-width": "1"})


def _dot(spot: Spot, colour: str, radius: int) -> Tree.Element:
    return Tree.Element("circle", {"cx": f"{spot.x:g}", "cy": f"{spot.y:g}", "r": f"{radius}", "fill": colour})


def _text(spot: Spot, colour: str, away: float, label: str, whole: str = "") -> Tree.Element:
    told = {"x": f"{spot.x + away:g}", "y": f"{spot.y + TEXT / 3:.4g}", "fill": colour}
    found = Tree.Element("text", told | {"font-family": FONT, "font-size": f"{TEXT}px"})
    if whole and whole != label:
        Tree.SubElement(found, "title").text = sayable(whole)
        found[0].tail = label
    else:
        found.text = label
    return found


def _says(shown: Shown, canvas: Canvas) -> str:
    others = {other for row in shown.rows for other in row["others"]}
    return canvas.words(
        "A graph of one entry: it names {things} things, and {others} other entries name some of them too.",
        things=len(shown.rows),
        others=len(others),
    )
