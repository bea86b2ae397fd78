"""The frame of a drawing: its size, its name and description for readers of screens, lines of text around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import TEXT, Canvas
from tallystick.views.charts.laid import sayable
from tallystick.views.charts.paint import FONT, INK, MUTED

_LINE = 18


@dataclass(frozen=True)
class Around:
    """What stands around a drawing: its name and description, and the lines that are read above and below it."""

    title: str
    says: str
    above: Sequence[str] = ()
    below: Sequence[str] = ()


def framed(drawn: Sequence[Tree.Element], height: float, around: Around, canvas: Canvas) -> Tree.Element:
    """An SVG with a role, a title and a description, as wide as the canvas; what is drawn is so high."""
    above = [line for said in around.above for line in lines(said, canvas)]
    below = [line for said in around.below for line in lines(said, canvas)]
    top = _LINE * len(above) + (8 if above else 0)
    whole = top + height + _LINE * len(below) + (8 if below else 0)
    root = svg((0, 0, canvas.width, whole), around)
    for place, line in enumerate(above, start=1):
        root.append(text(line, _LINE * place, INK if place == 1 else MUTED))
    if top:
        moved = Tree.SubElement(root, "g", {"transform": f"translate(0,{top:g})"})
        moved.extend(drawn)
    else:
        root.extend(drawn)
    for place, line in enumerate(below, start=1):
        root.append(text(line, top + height + _LINE * place, MUTED if height else INK))
    return root


def svg(box: tuple[float, float, float, float], around: Around) -> Tree.Element:
    """An empty SVG with a role, a title and a description; `box` is left, top, width, height."""
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": " ".join(f"{edge:g}" for edge in box),
            "width": f"{box[2]:g}",
            "height": f"{box[3]:g}",
            "role": "img",
        },
    )
    Tree.SubElement(root, "title").text = sayable(around.title)
    Tree.SubElement(root, "desc").text = sayable(around.says)
    return root


def lines(said: str, canvas: Canvas) -> list[str]:
    """The text in lines that fit the canvas."""
    return wrap(sayable(said), canvas.letters(0.98))


def text(line: str, y: float, colour: str) -> Tree.Element:
    """One line of text at the left edge, its foot at `y`."""
    told = {"x": "2", "y": f"{y:g}", "font-family": FONT, "font-size": f"{TEXT}px", "fill": colour}
    found = Tree.Element("text", told)
    found.text = line
    return found
