"""A chart as a file of its own: with its title, what must be read with it, and where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from tallystick.views.charts.canvas import DESK, Canvas
from tallystick.views.charts.draw import picture
from tallystick.views.charts.framed import Around
from tallystick.views.charts.laid import sayable
from tallystick.views.charts.paint import GROUND
from tallystick.views.shown import Chart, Shown
from tallystick.views.words import Words

_NAMED_COLOUR = re.compile(r"var\(--[a-z0-9-]+, ([^()]+)\)")
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True)
class Provenance:
    """Where the figures of a chart come from: the `question` as a link, the Edition, the definitions in words."""

    question: str
    edition: str
    definitions: tuple[str, ...] = ()


def alone(shown: Shown, chart: Chart, words: Words, come_from: Provenance) -> str:
    """The chart as one SVG whose provenance lies in its metadata, and is read below it."""
    canvas = Canvas(DESK, words)
    above = [text for text in (words(shown.title), shown.says) if text]
    source = f"Tallystick, {words('Edition')} {come_from.edition}"
    below = [*(words.said(caveat) for caveat in shown.caveats), *come_from.definitions, source]
    made = picture(shown.in_the_chart, chart, canvas, Around(shown.title, "", above, below))
    made.insert(2, _metadata(shown, words, come_from))
    made.insert(3, Tree.Element("rect", {"width": "100%", "height": "100%", "fill": GROUND}))
    made.set("xml:lang", words.language)
    return standalone(Tree.tostring(made, encoding="unicode"))


def standalone(svg: str) -> str:
    """The drawing with every colour as itself, for whatever reads SVG and knows no stylesheets, as makers of PDF."""
    return _NAMED_COLOUR.sub(r"\1", svg)


def _metadata(shown: Shown, words: Words, come_from: Provenance) -> Tree.Element:
    told: Mapping[str, tuple[str, ...]] = {
        "title": (words(shown.title),),
        "publisher": ("Tallystick",),
        "source": (f"Edition {come_from.edition}",),
        "identifier": (come_from.question,),
        "description": come_from.definitions,
        "language": (words.language,),
    }
    found = Tree.Element("metadata", {"xmlns:dc": _DUBLIN_CORE})
    for name, values in told.items():
        for value in values:
            Tree.SubElement(found, f"dc:{name}").text = sayable(value)
    return found
