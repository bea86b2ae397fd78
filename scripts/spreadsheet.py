"""Writes small workbooks for samples and tests: the same cells always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | float | date | None
Table = Sequence[Sequence[Value]]
_AS_TOLD = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """One sheet to write: its tables by the row and column (from 0) of their first cells."""

    name: str
    tables: Mapping[tuple[int, int], Table]
    hidden: bool = False

    def moved(self, down: int, right: int = 0) -> Made:
        """The sheet with all that it holds further down and to the right."""
        return Made(self.name, {(r + down, c + right): table for (r, c), table in self.tables.items()}, self.hidden)


def write(path: Path, sheets: Iterable[Made]) -> Path:
    """Write a workbook with these sheets, one of them shown; its folder must be there."""
    made = list(sheets)
    with Workbook(path, _AS_TOLD) as book:
        book.set_properties({"created": _MADE})
        day = book.add_format({"num_format": 14})
        for sheet in made:
            _fill(book.add_worksheet(sheet.name), sheet, day)
        book.get_worksheet_by_name(next(sheet.name for sheet in made if not sheet.hidden)).activate()
    return path


def _fill(page: Worksheet, made: Made, day: Format) -> None:
    if made.hidden:
        page.hide()
    for (top, left), table in made.tables.items():
        for r, row in enumerate(table, start=top):
            for c, value in enumerate(row, start=left):
                page.write(r, c, value, day if isinstance(value, date) else None)
