"""The shapes of US counties and states, as set-up brings them: TopoJSON of the package us-atlas, already projected.

The counties are those of 2017: Connecticut's are its eight counties, not its planning regions, and there are no
territories.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from tallystick.errors import UsageError

COUNTIES = "counties-albers-10m.json"
SCALE = 2
"""Whole numbers of a drawing are halves of a pixel of the projection, which is 975 pixels wide."""

Points = Sequence[tuple[int, int]]
Ring = Sequence[int]


@dataclass(frozen=True)
class Shape:
    """A county or state: FIPS code, name, and its rings, each the numbers of arcs (~n is arc n backwards)."""

    fips: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Atlas:
    """Shapes by kind (county, state), and the arcs that they are made of; `box` is left, top, width, height."""

    shapes: Mapping[str, tuple[Shape, ...]]
    arcs: tuple[Points, ...]
    box: tuple[int, int, int, int]

    @cached_property
    def outlines(self) -> Mapping[str, str]:
        """The path around each shape alone, by FIPS code."""
        return {shape.fips: self.outline([shape]) for shapes in self.shapes.values() for shape in shapes}

    @cached_property
    def state_borders(self) -> str:
        """The path along which states meet, in the points of their counties."""
        return self.borders({shape.fips: shape.fips[:2] for shape in self.shapes["county"]}, "county")

    def outline(self, shapes: Iterable[Shape]) -> str:
        """The path around the shapes together: arcs that two of them share are not in it."""
        arcs = [arc for shape in shapes for ring in shape.rings for arc in ring]
        held = set(arcs)
        return "".join(map(_closed, self._rings([arc for arc in arcs if ~arc not in held])))

    def borders(self, lies_in: Mapping[str, str], kind: str) -> str:
        """The path along which shapes of a kind that lie in different places meet, and the outermost edges.

        `lies_in` names the place of each shape by its FIPS code.
        """
        beside: dict[int, list[str]] = {}
        for shape in self.shapes[kind]:
            for ring in shape.rings:
                for arc in ring:
                    beside.setdefault(arc if arc >= 0 else ~arc, []).append(lies_in.get(shape.fips, ""))
        return "".join(
            _open(self.arcs[arc])
            for arc, places in sorted(beside.items())
            if len(places) == 1 or len(set(places)) > 1
        )

    def _rings(self, arcs: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
        """Arcs joined end to start until they close. Where several meet, any way on encloses the same ground."""
        begin: dict[tuple[int, int], list[int]] = {}
        for arc in reversed(arcs):
            begin.setdefault(self._points(arc)[0], []).append(arc)
        for arc in arcs:
            ring: list[tuple[int, int]] = []
            at = self._points(arc)[0]
            while begin.get(at):
                points = self._points(begin[at].pop())
                ring += points
                at = points[-1]
            if ring:
                yield ring

    def _points(self, arc: int) -> Points:
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]


def atlas(folder: Path) -> Atlas | None:
    """The atlas that lies in a folder; None where none lies there. Raises `UsageError` when it is damaged."""
    path = folder / COUNTIES
    return _read(path) if path.is_file() else None


@cache
def _read(path: Path) -> Atlas:
    try:
        told = json.loads(path.read_bytes())
        counties, states = (_shapes(told["objects"][kind]["geometries"]) for kind in ("counties", "states"))
        arcs = tuple(_points(arc, told["transform"]) for arc in told["arcs"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError(
            "the shapes of counties and states cannot be read", where=str(path), next_step="sh scripts/geography.sh"
        ) from error
    left, top, right, bottom = (round(edge * SCALE) for edge in told["bbox"])
    return Atlas({"county": counties, "state": states}, arcs, (left, top, right - left, bottom - top))


def _shapes(told: Iterable[Mapping[str, Any]]) -> tuple[Shape, ...]:
    found = []
    for one in told:
        polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        rings = tuple(tuple(ring) for polygon in polygons for ring in polygon)
        found.append(Shape(one["id"], one["properties"]["name"], rings))
    return tuple(sorted(found, key=lambda shape: shape.fips))


def _points(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Points:
    (across, down), (left, top) = transform["scale"], transform["translate"]
    places = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    return tuple((round((x * across + left) * SCALE), round((y * down + top) * SCALE)) for x, y in places)


def _closed(points: Iterable[tuple[int, int]]) -> str:
    return f"{_open(points)}z"


def _open(points: Iterable[tuple[int, int]]) -> str:
    """A path of relative steps, those of no length left out; a shape smaller than a step stays a dot."""
    places = iter(points)
    x, y = next(places)
    steps = []
    at = (x, y)
    for place in places:
        if place != at:
            steps.append(f"{place[0] - at[0]} {place[1] - at[1]}")
            at = place
    return f"M{x} {y}l{' '.join(steps) or '1 0 0 1'}".replace(" -", "-")
