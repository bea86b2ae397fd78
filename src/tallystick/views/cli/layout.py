"""Lays rows out as text for people. Numbers, keys and names to be typed are never cut, however narrow the terminal.

Only prose wraps, between words. Where the rest does not fit, columns that the command can spare are left out, which
a line below says; where that is not enough, every row becomes a record, one field a line.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_GAP = 3  # what the table's style puts between two columns
_PROSE = 24  # the narrowest that prose is wrapped to

Cells = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Column:
    """A column as it is shown: its cells' text, whether they are numbers, and how narrow it may become."""

    name: str
    cells: tuple[str, ...]
    is_number: bool

    @property
    def heading(self) -> str:
        return self.name.replace("_", " ")

    @property
    def is_prose(self) -> bool:
        return not self.is_number and any(" " in cell.strip() for cell in self.cells)

    @property
    def natural(self) -> int:
        return max((len(line) for cell in self.cells for line in cell.split("\n")), default=0)

    @property
    def widest(self) -> int:
        """What it takes to show every cell and the heading on one line."""
        return max(self.natural, len(self.heading))

    @property
    def least(self) -> int:
        """The narrowest it can be shown without cutting a word."""
        longest = _longest(self.cells) if self.is_prose else self.natural
        kept = min(self.natural, _PROSE) if self.is_prose else 0
        return max(longest, kept, _longest([self.heading]))


def plain(text: str) -> str:
    """The text without control characters: a description in a public record can hold any bytes."""
    return _CONTROL.sub("�", text)


def wrapped(text: str, width: int | None) -> str:
    """Prose wrapped between words to a width; as it is where there is none."""
    if width is None:
        return plain(text)
    lines = [
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ") or [""]
        for line in plain(text).split("\n")
    ]
    return "\n".join(part for line in lines for part in line)


def laid_out(columns: Sequence[Column], width: int | None, spare: Sequence[str] = ()) -> str:
    """The columns as a table no wider than `width` (any, if None), without those of `spare` that do not fit.

    `spare` begins with what is missed least. Without rows there is a heading and no more.
    """
    if width is None:
        return _table(columns, sum(column.natural + len(column.name) + _GAP for column in columns) + 1)
    kept, dropped = list(columns), []
    for name in spare:
        if _fits(kept, width):
            break
        dropped += [column for column in kept if column.name == name]
        kept = [column for column in kept if column.name != name]
    if not _fits(kept, width):
        return _records(columns, width)
    left_out = f"\nNot shown at this width: {', '.join(c.heading for c in dropped)} (a wider terminal, or --format)"
    return _table(kept, width) + (wrapped(left_out, width) + "\n" if dropped else "")


def _fits(columns: Sequence[Column], width: int) -> bool:
    return sum(column.least + _GAP for column in columns) - _GAP <= width


def _table(columns: Sequence[Column], width: int) -> str:
    shown = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for column, wide in zip(columns, _widths(columns, width), strict=True):
        shown.add_column(column.heading, justify="right" if column.is_number else "left", width=wide, overflow="fold")
    for row in zip(*(column.cells for column in columns), strict=True):
        shown.add_row(*map(Text, row))
    text = io.StringIO()
    Console(file=text, width=width, no_color=True, force_terminal=False).print(shown)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """What each column gets: the least it needs, then what is left over, those first that need the least more."""
    left = width - sum(column.least + _GAP for column in columns) + _GAP
    more = {}
    for column in sorted(columns, key=lambda one: one.widest - one.least):
        more[column.name] = max(min(left, column.widest - column.least), 0)
        left -= more[column.name]
    return [column.least + more[column.name] for column in columns]


def _records(columns: Sequence[Column], width: int) -> str:
    """A block for each row, a line for each field that it has."""
    indent = max(len(column.heading) for column in columns) + 2
    blocks = []
    for row in zip(*(column.cells for column in columns), strict=True):
        fields = [(column, cell) for column, cell in zip(columns, row, strict=True) if cell]
        blocks.append("\n".join(_field(column.heading, cell, indent, width) for column, cell in fields))
    return "\n\n".join(blocks) + "\n"


def _field(heading: str, cell: str, indent: int, width: int) -> str:
    """A field beside its heading; under it, where no cell would find room beside."""
    if indent > width // 2:
        return f"{heading}\n  " + "\n  ".join(_lines(cell, width - 2))
    return heading.ljust(indent) + ("\n" + " " * indent).join(_lines(cell, width - indent))


def _lines(cell: str, width: int) -> list[str]:
    return [
        part
        for line in cell.split("\n")
        for part in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _longest(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)
