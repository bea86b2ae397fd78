"""Small things to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as Tree

from tallystick.views.charts.draw import drawing
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.words import Words

SVG = "{http://www.w3.org/2000/svg}"


def shown(chart: Chart, rows: Iterable[Mapping[str, Any]], **titles: str) -> Shown:
    """A chart of rows, its columns called as said."""
    columns = tuple(Column(name, title, chart.unit if name != chart.along else "") for name, title in titles.items())
    return Shown("What is drawn", columns=columns, rows=tuple(rows), chart=chart)


def by_month(*figures: Decimal | int | None, unit: str = "USD", mark: Mark = Mark.LINE, skip: int = -1) -> Shown:
    """A figure for each month from January 2024 on, one month without a row."""
    rows = [
        {"month": date(2024 + place // 12, place % 12 + 1, 1), "value": figure}
        for place, figure in enumerate(figures)
        if place != skip
    ]
    return shown(Chart(mark, "month", "value", unit), rows, month="month", value="Obligated")


def pictures(what: Shown, words: Words | None = None) -> list[Tree.Element]:
    """The SVGs that a page gets of it."""
    return [Tree.fromstring(f"<svg{one}") for one in drawing(what, words).split("<svg")[1:]]


def desk(what: Shown, words: Words | None = None) -> Tree.Element:
    """The SVG for a wide figure."""
    return next(one for one in pictures(what, words) if one.get("class") == "chart desk")


def titles(picture: Tree.Element) -> list[str]:
    """What is said to whoever points at a mark."""
    return [one.text or "" for one in picture.iterfind(f".//*/{SVG}title")]


def texts(picture: Tree.Element) -> list[str]:
    """Everything written in a picture, in its order."""
    found = ("".join(part for part in one.itertext()) for one in picture.iter(f"{SVG}text"))
    return [text for text in found if text]
