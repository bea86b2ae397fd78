"""Maps: counties, states or areas of responsibility by class; what is unknown is hatched, unlike any zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from xml.etree import ElementTree as Tree

from tallystick.views.charts.atlas import Atlas, Shape
from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.classes import Class, classes
from tallystick.views.charts.laid import number, sayable, told
from tallystick.views.charts.paint import GROUND, MUTED, RULE
from tallystick.views.hidden import seen
from tallystick.views.shown import Chart, Shown

AREA, COUNTY = "area", "county"


@dataclass(frozen=True)
class Place:
    """What is drawn as one: its shapes, what it is called, the row about it (None: none has it)."""

    name: str
    shapes: tuple[Shape, ...]
    row: Mapping[str, Any] | None


@dataclass(frozen=True)
class Mapped:
    """The rows of a map on its shapes."""

    shown: Shown
    chart: Chart
    atlas: Atlas
    canvas: Canvas

    @property
    def kind(self) -> str:
        """Which shapes are drawn: an area is made of counties."""
        return COUNTY if self.chart.of == AREA else str(self.chart.of)

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """The classes of the figures that are on the map, and on those that share its scale."""
        figures = [figure for place in self.places if (figure := self.figure(place)) is not None]
        if self.chart.most is not None:
            columns = [column.name for column in self.shown.columns if column.unit == self.chart.unit]
            named = [row for row in self.shown.rows if row[self.chart.along] is not None]
            cells = [number(row[name]) for row in named for name in columns]
            zeros = [0.0] if self.chart.unlisted_is_zero and any(place.row is None for place in self.places) else []
            figures = [*zeros, *(cell for cell in cells if cell is not None)]
        return classes(figures, self.chart.unit, self.canvas.words)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Everything on the map, in the order of the FIPS codes."""
        rows = {str(row[self.chart.along]).casefold(): row for row in self.shown.rows}
        found: dict[str, Place] = {}
        for shape in self.atlas.shapes[self.kind]:
            name = next((name for name in self._names(shape) if name.casefold() in rows), None)
            row = rows[name.casefold()] if name is not None else None
            called = self._names(shape)[0] if self.chart.of == AREA else shape.fips
            place = found.get(called, Place(self._called(shape, row), (), row))
            found[called] = replace(place, shapes=(*place.shapes, shape))
        return tuple(found.values())

    @cached_property
    def elsewhere(self) -> tuple[Mapping[str, Any], ...]:
        """The rows of places that are not on this map."""
        drawn = {id(place.row) for place in self.places}
        return tuple(row for row in self.shown.rows if id(row) not in drawn)

    def figure(self, place: Place) -> float | None:
        """The figure of a place; None where it is not known.

        Where a row tells of a place that the map has other shapes for, as of a planning region of Connecticut, the
        shapes of that state without a row are not known to have none.
        """
        if place.row is None:
            known = self.chart.unlisted_is_zero and place.shapes[0].fips[:2] not in self._drawn_otherwise
            return 0.0 if known else None
        return number(place.row[self.chart.up])

    @cached_property
    def _drawn_otherwise(self) -> frozenset[str]:
        """The states of county codes that the map has no shapes for."""
        codes = [str(row[self.chart.along]) for row in self.elsewhere]
        return frozenset(code[:2] for code in codes if self.kind == COUNTY and code.isdigit())

    def notes(self) -> Iterator[str]:
        """What the map leaves out: never in silence."""
        named = [row for row in self.elsewhere if row[self.chart.along] is not None]
        words = self.canvas.words
        if named:
            name = f"{self.chart.along}_name"
            said = "; ".join(
                sayable(told(row.get(name, row[self.chart.along]), self.canvas)) for row in named[:_NAMED]
            )
            more = len(named) - _NAMED
            if more > 0:
                said = words("{places} and {count} more", places=said, count=f"{more:,}")
            yield words("In the table and not on this map: {places}", places=said)
            if self.chart.of == COUNTY:
                yield words(
                    "The map has the counties of 2017: no territories, and no planning regions of Connecticut"
                )
        if len(named) < len(self.elsewhere):
            yield words("What names no place is in the table alone")

    def _names(self, shape: Shape) -> tuple[str, ...]:
        """What a row may call the place that a shape lies in."""
        if shape.fips in self.chart.places:
            return (self.chart.places[shape.fips],)
        if self.chart.of == AREA:
            return ("",)
        return (shape.fips, shape.name) if self.kind != COUNTY else (shape.fips,)

    @cached_property
    def _states(self) -> Mapping[str, str]:
        return {one.fips: one.name for one in self.atlas.shapes["state"]}

    def _called(self, shape: Shape, row: Mapping[str, Any] | None) -> str:
        if self.chart.of == AREA:
            return told(row[self.chart.along], self.canvas) if row else self._names(shape)[0]
        state = self._states.get(shape.fips[:2], "")
        return f"{shape.name}, {state}" if self.kind == COUNTY else shape.name


_NAMED = 8


def hatching(name: str, apart: int) -> Tree.Element:
    """The pattern of what is unknown: lines so far apart."""
    size = str(apart)
    pattern = Tree.Element(
        "pattern",
        {
            "id": name,
            "width": size,
            "height": size,
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    Tree.SubElement(pattern, "rect", {"width": size, "height": size, "fill": GROUND})
    Tree.SubElement(pattern, "rect", {"width": f"{apart / 5:g}", "height": size, "fill": MUTED})
    return pattern


def drawn(mapped: Mapped, hatch: str) -> Tree.Element:
    """The map: a path with a title for each place of which a row tells, one path for all the others."""
    atlas, chart = mapped.atlas, mapped.chart
    root = Tree.Element("g")
    lines = {"stroke": GROUND, "stroke-width": "0.8", "stroke-linejoin": "round"}
    if mapped.kind != COUNTY:
        lines |= {"stroke": RULE, "stroke-width": "1.4"}
    for paint, places in _by_paint(mapped, hatch).items():
        group = Tree.SubElement(root, "g", {"fill": paint} | lines | ({"stroke": paint} if chart.of == AREA else {}))
        silent = [shape for place in places if place.row is None for shape in place.shapes]
        # Their borders are those of the states, which are drawn last; a state's are its own outline.
        if silent and mapped.kind == COUNTY:
            Tree.SubElement(group, "path", {"d": atlas.outline(silent)})
        elif silent:
            Tree.SubElement(group, "path", {"d": "".join(atlas.outlines[shape.fips] for shape in silent)})
        for place in places:
            if place.row is not None:
                alone = len(place.shapes) == 1
                outline = atlas.outlines[place.shapes[0].fips] if alone else atlas.outline(place.shapes)
                path = Tree.SubElement(group, "path", {"d": outline})
                figure = told(seen(place.row, chart.up), mapped.canvas, chart.unit)
                Tree.SubElement(path, "title").text = sayable(f"{place.name}: {figure}")
    borders = {"fill": "none", "stroke-linejoin": "round"}
    if chart.of == AREA:
        areas = {shape.fips: place.name for place in mapped.places for shape in place.shapes}
        area = {"d": atlas.borders(areas, COUNTY), "stroke": MUTED, "stroke-width": "2.5"}
        Tree.SubElement(root, "path", borders | area)
    if mapped.kind == COUNTY:
        state = {"d": atlas.state_borders, "stroke": RULE, "stroke-width": "1.4"}
        Tree.SubElement(root, "path", borders | state)
    return root


def _by_paint(mapped: Mapped, hatch: str) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {one.paint: [] for one in mapped.classes}
    for place in mapped.places:
        found.setdefault(paint_of(mapped, place, hatch), []).append(place)
    return {paint: places for paint, places in found.items() if places}


def paint_of(mapped: Mapped, place: Place, hatch: str) -> str:
    """The shade of a place; the hatching where its figure is not known."""
    figure = mapped.figure(place)
    held = next((one for one in mapped.classes if figure is not None and one.holds(figure)), None)
    return held.paint if held else f"url(#{hatch})"
