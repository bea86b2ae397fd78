"""Reads what stands above a plain table's header: a title, the days covered, whose report it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallystick.nouns.source import ABOVE

_MOST_LINES = 30


@dataclass(frozen=True)
class Preamble:
    """The header row and the rows `below` it, and what stands above: `above` by column, `skip` rows in all.

    `strange` are the lines above that no pattern of the source knows.
    """

    header: Sequence[str]
    below: list[list[str]]
    above: Mapping[str, str]
    skip: int
    strange: tuple[str, ...]


def preamble(rows: Sequence[list[str]], patterns: Sequence[str], known: Collection[str]) -> Preamble:
    """Take the first rows of a file apart. A row whose cell goes over two lines is one, for the engine too.

    The header is the first row of which half the cells or more are names that the source knows. A source without
    patterns has its header on the first line. A group that several lines have keeps what the first says.
    """
    place = _place(rows, known) if patterns else 0
    lines = [" ".join(filter(None, (cell.strip() for cell in cells))).removeprefix("\ufeff") for cells in rows]
    said, strange = {ABOVE + group: "" for group in _groups(patterns)}, []
    for line in filter(None, lines[:place]):
        found = next(filter(None, (re.fullmatch(pattern, line) for pattern in patterns)), None)
        if found is None:
            strange.append(line)
            continue
        for group, text in found.groupdict().items():
            said[ABOVE + group] = said[ABOVE + group] or text or ""
    return Preamble(rows[place] if rows else [], list(rows[place + 1 :]), said, place, tuple(strange))


def _place(rows: Sequence[list[str]], known: Collection[str]) -> int:
    for place, cells in enumerate(rows[:_MOST_LINES]):
        names = [cell.strip() for cell in cells if cell.strip()]
        if len(names) > 1 and 2 * sum(name in known for name in names) >= len(names):
            return place
    return 0


def _groups(patterns: Iterable[str]) -> list[str]:
    return [group for pattern in patterns for group in re.compile(pattern).groupindex]
