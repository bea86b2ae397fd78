"""Rows laid out for drawing: places along an axis, plain numbers up it, words for whoever points at one."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.views.cells import cell as as_cell
from tallystick.views.cells import spaced
from tallystick.views.charts.canvas import Canvas
from tallystick.views.charts.paint import SERIES
from tallystick.views.charts.steps import Steps, steps_of
from tallystick.views.hidden import seen
from tallystick.views.shown import Chart, Shown

_STRETCHES = 4
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Point:
    """One row: its place `along` (a number that `Laid.labels` names), figures or None, and which series it is of.

    `ends` are those of the intervals of `up` and of `beside`, where they have some.
    `absent` and `beside_absent` are what a figure is instead, where it is none: *unknown*, *blank*,
    *withheld*, *hidden*.
    `partly` is set of a month or year that its rows fill only in part.
    """

    along: int
    up: float | None
    beside: float | None
    series: int
    says: str
    verdict: str = ""
    absent: str = ""
    beside_absent: str = ""
    ends: tuple[float | None, ...] = ()
    partly: bool = False


@dataclass(frozen=True)
class Laid:
    """`labels` by place, in order; `series` by number. `steps` are set on an axis of time in even steps, `days` on
    one of days (places are then days since 1970). `notes` say what is left out.
    """

    labels: Mapping[int, str]
    points: tuple[Point, ...]
    series: tuple[str, ...]
    steps: Steps | None = None
    days: bool = False
    notes: tuple[str, ...] = ()

    @property
    def in_time(self) -> bool:
        return self.days or self.steps is not None

    @property
    def known(self) -> bool:
        return any(point.up is not None or point.beside is not None for point in self.points)


def number(cell: Any) -> float | None:
    """A figure that can be drawn; None for whatever is unknown, withheld, blank or beyond all bounds."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    try:
        drawn = float(cell)
    except (OverflowError, ValueError):
        return None
    return drawn if math.isfinite(drawn) else None


def sayable(text: object) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(_UNSAYABLE.sub("", str(text)).split())


def told(cell: Any, canvas: Canvas, unit: str = "") -> str:
    """A cell in words: *unknown*, *blank*, *withheld* and *hidden* are four things, and none of them is a zero."""
    if isinstance(cell, str):
        return canvas.words(cell or "blank") if unit or not cell else spaced(cell)
    if cell is None or (isinstance(cell, Decimal) and not cell.is_finite()) or cell != cell:
        return canvas.words("unknown")
    return as_cell(cell, unit, canvas.words)


def _absent(cell: Any, canvas: Canvas) -> str:
    """What is written where there is no figure to draw; '' where there is one."""
    return sayable(told(cell, canvas, "count")) if number(cell) is None else ""


def named(shown: Shown, column: str) -> str:
    """What readers call a column."""
    return next((one.title for one in shown.columns if one.name == column), column.replace("_", " "))


def laid(shown: Shown, chart: Chart, canvas: Canvas, most: int) -> Laid:
    """The rows along their axis, at most `most` places of one that is not time: the largest, and a note of it."""
    words, notes = canvas.words, []
    names, rows, note = _series(shown.rows, chart, canvas)
    notes += note
    cells = [row[chart.along] for row in rows]
    steps = steps_of(chart.along, cells, words.language)
    days = steps is None and any(cells) and all(isinstance(cell, date) for cell in cells if cell is not None)
    if steps is not None or days:
        untold = sum(cell is None for cell in cells)
        if untold:
            notes.append(words("Not drawn, their time is unknown: {count}", count=untold))
        rows = [row for row in rows if row[chart.along] is not None]
    places = _places(rows, chart.along, steps, days)
    if steps is None and not days and len(set(places)) > most:
        kept = _largest(rows, places, chart.up, most)
        notes.append(words("The {drawn} largest of {all} are drawn", drawn=most, all=f"{len(set(places)):,}"))
        pairs = [(row, place) for row, place in zip(rows, places, strict=True) if place in kept]
        rows, places = [row for row, _ in pairs], [kept[place] for _, place in pairs]
    labels = _labels(rows, places, chart.along, steps, canvas)
    notes += _silent(labels, places, steps, canvas)
    notes += _in_part(rows, places, labels, chart, canvas)
    points = tuple(
        Point(
            place,
            number(row[chart.up]),
            number(row[chart.beside]) if chart.beside else None,
            names.get(row[chart.series], 0) if chart.series else 0,
            _says(shown, chart, row, labels[place], canvas),
            sayable(row[chart.verdict]) if chart.verdict else "",
            _absent(seen(row, chart.up), canvas),
            _absent(seen(row, chart.beside), canvas) if chart.beside else "",
            tuple(number(row[end]) for end in chart.ends),
            is_in_part(row, chart),
        )
        for row, place in zip(rows, places, strict=True)
    )
    return Laid(labels, points, tuple(sayable(told(name, canvas)) for name in names), steps, days, tuple(notes))


def _silent(labels: Mapping[int, str], places: Iterable[int], steps: Steps | None, canvas: Canvas) -> Iterator[str]:
    """The stretches of time that no row tells of: a reader must not take them for stretches of nothing."""
    runs = silent(labels, set(places)) if steps is not None else []
    if not runs:
        return
    said = [
        labels[first] if first == last else canvas.words("{start} to {end}", start=labels[first], end=labels[last])
        for first, last in runs[:_STRETCHES]
    ]
    more = len(runs) - len(said)
    every = ", ".join(said)
    if more > 0:
        every = canvas.words("{places} and {count} more", places=every, count=more)
    yield canvas.words("Nothing held tells of: {stretches}", stretches=every)


def is_in_part(row: Mapping[str, Any], chart: Chart) -> bool:
    """Whether a row is of a stretch of time that is not whole."""
    return bool(chart.not_whole) and str(row[chart.along]) in chart.not_whole


def _in_part(
    rows: Sequence[Mapping[str, Any]], places: Sequence[int], labels: Mapping[int, str], chart: Chart, canvas: Canvas
) -> Iterator[str]:
    """Which stretches are drawn otherwise because their rows fill them in part."""
    found = sorted({place for row, place in zip(rows, places, strict=True) if is_in_part(row, chart)})
    if found:
        yield canvas.words("Not whole, drawn paler: {places}", places=", ".join(labels[place] for place in found))


def silent(labels: Iterable[int], places: Container[int]) -> list[tuple[int, int]]:
    """The first and last place of each run of places of which there is no row."""
    runs: list[tuple[int, int]] = []
    for place in labels:
        if place in places:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _series(
    rows: Sequence[Mapping[str, Any]], chart: Chart, canvas: Canvas
) -> tuple[dict[Any, int], list[Mapping[str, Any]], list[str]]:
    """The series that are told apart, and their rows: the largest, where there are more than colours."""
    if chart.series is None:
        return {}, list(rows), []
    sums: dict[Any, float] = {}
    for row in rows:
        sums[row[chart.series]] = sums.get(row[chart.series], 0.0) + abs(number(row[chart.up]) or 0.0)
    if len(sums) <= len(SERIES):
        return {name: place for place, name in enumerate(sums)}, list(rows), []
    kept = set(sorted(sums, key=lambda name: -sums[name])[: len(SERIES)])
    names = {name: place for place, name in enumerate(name for name in sums if name in kept)}
    note = canvas.words("The {drawn} largest of {all} are drawn", drawn=len(kept), all=f"{len(sums):,}")
    return names, [row for row in rows if row[chart.series] in kept], [f"{note} ({chart.series.replace('_', ' ')})"]


def _places(rows: Sequence[Mapping[str, Any]], along: str, steps: Steps | None, days: bool) -> list[int]:
    if steps is not None:
        return [place for place in (steps.number(row[along]) for row in rows) if place is not None]
    if days:
        return [row[along].toordinal() - _EPOCH for row in rows]
    found: dict[Any, int] = {}
    return [found.setdefault(row[along], len(found)) for row in rows]


_EPOCH = date(1970, 1, 1).toordinal()


def _largest(rows: Sequence[Mapping[str, Any]], places: Iterable[int], up: str, most: int) -> dict[int, int]:
    """The places of the largest figures, each with its new place: the largest first."""
    sizes: dict[int, float] = {}
    for row, place in zip(rows, places, strict=True):
        sizes[place] = sizes.get(place, 0.0) + abs(number(row[up]) or 0.0)
    return {
        place: order for order, place in enumerate(sorted(sizes, key=lambda place: (-sizes[place], place))[:most])
    }


def _labels(
    rows: Sequence[Mapping[str, Any]], places: Sequence[int], along: str, steps: Steps | None, canvas: Canvas
) -> dict[int, str]:
    if steps is not None and places:
        return {place: steps.label(place) for place in range(min(places), max(places) + 1)}
    found = {place: sayable(told(row[along], canvas)) for row, place in zip(rows, places, strict=True)}
    return dict(sorted(found.items()))


def _says(shown: Shown, chart: Chart, row: Mapping[str, Any], label: str, canvas: Canvas) -> str:
    """What a reader sees who points at the row: its place, its series, its figures as the table has them."""
    of = [label] + ([sayable(told(row[chart.series], canvas))] if chart.series else [])
    says = f"{', '.join(of)}: {told(seen(row, chart.up), canvas, chart.unit)}"
    if chart.beside is None:
        return says
    beside = sayable(canvas.words(named(shown, chart.beside)))
    return f"{says}; {beside}: {told(seen(row, chart.beside), canvas, chart.unit)}"
