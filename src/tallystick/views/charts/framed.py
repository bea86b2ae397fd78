"""The frame of a drawing: its size, its name and description for readers of screens, and lines of text below it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import TEXT, Canvas
from tallystick.views.charts.laid import sayable
from tallystick.views.charts.paint import FONT, INK, MUTED

_LINE = 18


def framed(drawn: Tree.Element | None, title: str, says: str, notes: Sequence[str], canvas: Canvas) -> Tree.Element:
    """An SVG with a role, a title and a description. With nothing drawn it says that nothing known could be."""
    below = [(line, MUTED) for note in notes for line in lines(note, canvas)]
    height = 0.0
    if drawn is None:
        below = [(line, INK) for line in lines(canvas.words("Nothing that could be drawn is known"), canvas)] + below
    else:
        height = float(drawn.get("height", "0"))
    whole = height + _LINE * len(below) + (8 if below else 0)
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {canvas.width} {whole:g}",
            "width": str(canvas.width),
            "height": f"{whole:g}",
            "role": "img",
        },
    )
    Tree.SubElement(root, "title").text = sayable(title)
    Tree.SubElement(root, "desc").text = sayable(says)
    if drawn is not None:
        root.extend(drawn)
    for place, (line, colour) in enumerate(below, start=1):
        root.append(text(line, height + _LINE * place, colour))
    return root


def lines(said: str, canvas: Canvas, size: int = TEXT) -> list[str]:
    """The text in lines that fit the canvas."""
    return wrap(sayable(said), int(canvas.letters(0.98) * TEXT / size))


def text(line: str, y: float, colour: str, size: int = TEXT) -> Tree.Element:
    """One line of text at the left edge, its foot at `y`."""
    told = {"x": "2", "y": f"{y:g}", "font-family": FONT, "font-size": f"{size}px", "fill": colour}
    found = Tree.Element("text", told)
    found.text = line
    return found
