"""Stood: cells as they stood in a publisher's file, around those that a Finding is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StoodCell:
    """One cell: what it says, whether it is one that the Finding is about, and whether it heads its row or column."""

    says: str
    is_marked: bool = False
    is_heading: bool = False


@dataclass(frozen=True)
class StoodRow:
    """Some cells of one row; `number` counts as a spreadsheet does; in a plain table, below the header."""

    number: int
    cells: tuple[StoodCell, ...]


@dataclass(frozen=True)
class Stood:
    """A piece of one sheet of a `file`; of a plain table `sheet` is None and `columns` are its names, not letters.

    `withheld` are names of columns that lie here and are not shown.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    rows: tuple[StoodRow, ...]
    withheld: tuple[str, ...] = ()

    @property
    def marked(self) -> int:
        """How many of the cells shown the Finding is about."""
        return sum(cell.is_marked for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Around:
    """The pieces of files around a Finding's evidence; where there is none, `because` says why."""

    pieces: tuple[Stood, ...] = ()
    because: str = ""
