"""What the drawing library made, as a page may carry it: less of it, with names for whoever points at a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import TEXT

_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_DROPPED = ("class", "role", "pointer-events", "aria-hidden", "aria-roledescription", "aria-label", "opacity")
_UNSIZED, _SIZED = "0px", f"{TEXT}px"
_PARTS = ("axis", "legend", "title")


def cleaned(svg: str, texts: Iterable[str]) -> Tree.Element:
    """The drawing as an element. `texts` are those that may have been cut in it, in the order in which it has them.

    What the library says of a mark for readers of screens becomes a `title`, which a browser shows to everyone.
    """
    root = Tree.fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))
    drawn, full = Tree.Element("g"), list(texts)
    for child in root:
        drawn.extend(_clean(child, full))
    size = [float(root.get(name, "0")) for name in ("width", "height")]
    drawn.set("width", f"{size[0]:g}")
    drawn.set("height", f"{size[1]:g}")
    return drawn


def _clean(element: Tree.Element, full: list[str]) -> list[Tree.Element]:
    """The element without what is not needed; none where nothing is seen, its children where it adds nothing."""
    if element.get("display") == "none" or element.get("d") in ("", "M0,0h0v0h0Z"):
        return []
    if "background" in element.get("class", "") and element.get("fill") is None and element.get("stroke") is None:
        return []
    says = element.get("aria-label")
    marked = element.get("role") == "graphics-symbol" and element.get("aria-roledescription") not in _PARTS
    found = Tree.Element(element.tag)
    for name, value in element.items():
        if name not in _DROPPED or (name == "opacity" and value != "1"):
            found.set(name, _NUMBER.sub(_rounded, value) if name in ("d", "transform", "x2", "y2") else value)
    if found.get("font-size") == _UNSIZED:
        found.set("font-size", _SIZED)
    found.text = element.text
    if says and marked:
        Tree.SubElement(found, "title").text = says
    elif element.tag == "text" and "".join(element.itertext()).endswith("…"):
        shown = "".join(element.itertext()).removesuffix("…").replace(" ", "")
        whole = next((text for text in full if text.replace(" ", "").startswith(shown)), None)
        if whole is not None:
            full.remove(whole)
            Tree.SubElement(found, "title").text = whole
    for child in element:
        found.extend(_clean(child, full))
    if found.tag == "g" and (len(found) == 0 or not found.attrib or found.attrib == {"transform": "translate(0,0)"}):
        return list(found)
    return [found]


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
