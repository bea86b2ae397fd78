"""The legend of a map: a swatch and words for each class, and for what is unknown."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import TEXT, Canvas
from tallystick.views.charts.framed import text
from tallystick.views.charts.maps import Mapped
from tallystick.views.charts.paint import INK, MUTED

_SWATCH, _HIGH, _ROW, _APART = 26, 14, 24, 18
_LETTER = TEXT * 0.56


def entries(mapped: Mapped, hatch: str) -> list[tuple[str, str]]:
    """The paint and the words of each class, and of the places whose figure is not known where there are any."""
    words = mapped.canvas.words
    unlisted = any(place.row is None and mapped.figure(place) is not None for place in mapped.places)
    found = [
        (one.paint, words("{zero} or not listed", zero=one.words) if unlisted and one.holds(0) else one.words)
        for one in mapped.classes
    ]
    if any(mapped.figure(place) is None for place in mapped.places):
        found.append((f"url(#{hatch})", words("unknown")))
    return found


def legend(told: list[tuple[str, str]], canvas: Canvas, top: float) -> tuple[list[Tree.Element], float]:
    """The legend from `top` on, as many entries on a line as there is room for, and where it ends."""
    drawn, x, y = [], 2.0, top
    for paint, words in told:
        wide = _SWATCH + 8 + len(words) * _LETTER + _APART
        if x > 2 and x + wide - _APART > canvas.width:
            x, y = 2.0, y + _ROW
        size = {"x": f"{x:g}", "y": f"{y + 4:g}", "width": str(_SWATCH), "height": str(_HIGH)}
        drawn.append(Tree.Element("rect", size | {"fill": paint, "stroke": MUTED, "stroke-width": "1"}))
        line = text(words, y + _HIGH + 2, INK)
        line.set("x", f"{x + _SWATCH + 8:.0f}")
        drawn.append(line)
        x += wide
    return drawn, y + _ROW
