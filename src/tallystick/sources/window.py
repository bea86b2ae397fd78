"""Cuts a small window out of a sheet: the cells that are meant, those around them, and what heads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tallystick.nouns.stood import Stood, StoodCell, StoodRow
from tallystick.sources.sheets import stated_date
from tallystick.sources.spots import Spot
from tallystick.sources.workbook import Cell, Sheet, cell_name

Withheld = Callable[[str, bool], bool]
"""Whether a column of that name, in small letters, is withheld; and whether it lies in a sheet."""

_AROUND = 2
_WIDEST = 8
_HEADER_ROWS = 20
_LONGEST = 160
_NEAR = 1e-6


@dataclass(frozen=True)
class Laid:
    """The rows of one sheet by their number from 0; of a plain table row 0 is the header and `sheet` is None.

    `header` is the row with the names over the columns, None where the sheet is no list.
    """

    file: str
    sheet: str | None
    rows: Mapping[int, Sequence[Cell]]
    header: int | None

    def cell(self, row: int, column: int) -> Cell:
        """What stands there; a blank beyond the sheet's edge."""
        cells = self.rows.get(row, ())
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True)
class Place:
    """A row of a sheet, and the column where one is known; `shows` is what is seen where a reader reads nothing."""

    row: int
    column: int | None = None
    shows: str | None = None


def header_row(rows: Mapping[int, Sequence[Cell]]) -> int | None:
    """The header of a list: the row of the most texts near the top, if a block of rows like it follows; else None."""
    tops = sorted(rows)[:_HEADER_ROWS]
    number = max(tops, key=lambda row: (_texts(rows[row]), -row), default=None)
    if number is None or _texts(rows[number]) < 3:
        return None
    below = [_filled(rows[row]) for row in sorted(rows) if row > number]
    block, all_filled = below[:_HEADER_ROWS], [filled for filled in below if filled]
    alike = sum(5 * filled >= 2 * _texts(rows[number]) for filled in all_filled)
    return number if all(block[:-2]) and 10 * alike >= 7 * len(all_filled) else None


def placed(laid: Laid, spot: Spot, headed: Mapping[str, Sequence[str]]) -> Place | None:
    """Where a spot lies on a sheet; None where what it must say is not there, or the row is not."""
    column = spot.column if spot.column is not None else _column(laid, spot.named, headed)
    row = _row(laid, spot)
    if spot.says is not None and row is None:
        return _saying(laid, spot.says, column)
    if row not in laid.rows or row is None:
        return None
    if spot.says is not None and not _is_said(laid.cell(row, column or 0), spot.says):
        return None
    if column is None and spot.holds is not None:
        cells = enumerate(laid.rows[row])
        column = next((c for c, cell in cells if _text(cell) == spot.holds or _is_said(cell, spot.holds)), None)
    return Place(row, column, spot.shows)


def _row(laid: Laid, spot: Spot) -> int | None:
    if laid.sheet is None:
        return spot.source_row if spot.source_row is not None else spot.row + 1 if spot.row is not None else None
    if spot.row is not None or spot.source_row is None:
        return spot.row
    below = [number for number in sorted(laid.rows) if number > (laid.header or 0) and _filled(laid.rows[number])]
    return below[spot.source_row - 1] if 0 < spot.source_row <= len(below) else None


def _column(laid: Laid, named: str | None, headed: Mapping[str, Sequence[str]]) -> int | None:
    """The column under the publisher's name for a published one."""
    if named is None or laid.header is None:
        return None
    wanted = {*headed.get(named, ()), " ".join(named.lower().split())}
    names = [" ".join(str(cell).lower().split()) for cell in laid.rows[laid.header]]
    return next((place for place, name in enumerate(names) if name in wanted), None)


def _saying(laid: Laid, says: str, column: int | None) -> Place | None:
    """The first cell that says it, in the column where one is known: the words, or a note that states the day."""
    for number, cells in sorted(laid.rows.items()):
        for place, cell in enumerate(cells):
            if column in (None, place) and (_is_said(cell, says) or _states(cell, says)):
                return Place(number, place)
    return None


def _is_said(cell: Cell, says: str) -> bool:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        try:
            return abs(float(says) - cell) <= _NEAR * max(1.0, abs(cell))
        except ValueError:
            return False
    return str(cell).strip() == says.strip() != ""


def _states(cell: Cell, day: str) -> bool:
    if not isinstance(cell, str) or not cell:
        return False
    return str(stated_date(Sheet("", 0, False, ((cell,),)))) == day


def piece(laid: Laid, places: Sequence[Place], withheld: Withheld) -> tuple[Stood, list[Place]]:
    """The window around the first place, every other that it holds marked too; and the places it does not hold."""
    first = places[0]
    rows = _rows_shown(laid, first)
    columns = _columns_shown(laid, first)
    inside = [place for place in places if place.row in rows and (place.column is None or place.column in columns)]
    hidden = {column: name for column in columns if (name := _withheld(laid, column, withheld))}
    made = tuple(_stood_row(laid, row, [c for c in columns if c not in hidden], inside) for row in rows)
    names = tuple(_name(laid, column) for column in columns if column not in hidden)
    return Stood(laid.file, laid.sheet, names, made, tuple(hidden.values())), [
        place for place in places if place not in inside
    ]


def _rows_shown(laid: Laid, place: Place) -> list[int]:
    near = {row for row in range(place.row - _AROUND, place.row + _AROUND + 1) if row in laid.rows}
    if place.row < _AROUND:
        near |= {row for row in range(2 * _AROUND + 2) if row in laid.rows}
    if laid.sheet is None:
        return sorted(near - {0})
    heading = _heading(laid, place)
    return sorted(near | ({heading} if heading is not None else set()))


def _heading(laid: Laid, place: Place) -> int | None:
    """The row that heads a cell: the header of a list, else the nearest words above a number."""
    if laid.header is not None:
        return laid.header if laid.header < place.row else None
    if place.column is not None and not isinstance(laid.cell(place.row, place.column), str):
        for row in range(place.row - 1, -1, -1):
            above = laid.cell(row, place.column)
            if isinstance(above, str) and above.strip():
                return row
    return None


def _columns_shown(laid: Laid, place: Place) -> list[int]:
    width = max((len(laid.rows[row]) for row in _rows_shown(laid, place)), default=0)
    filled = [c for c in range(width) if any(laid.cell(row, c) != "" for row in _rows_shown(laid, place))]
    if place.column is None:
        return filled[:_WIDEST]
    near = set(range(max(0, place.column - _AROUND), place.column + _AROUND + 1))
    return sorted({place.column, *filled[:2], *(c for c in filled if c in near)})


def _stood_row(laid: Laid, row: int, columns: Sequence[int], places: Sequence[Place]) -> StoodRow:
    cells = []
    for column in columns:
        meant = next((p for p in places if p.row == row and p.column in (None, column)), None)
        says = _text(laid.cell(row, column)) or (meant.shows or "" if meant else "")
        heads = row == laid.header and laid.sheet is not None
        cells.append(StoodCell(says, meant is not None, heads))
    return StoodRow(row + 1 if laid.sheet is not None else row, tuple(cells))


def _withheld(laid: Laid, column: int, withheld: Withheld) -> str:
    """The name under which a column that may not be shown lies; '' of one that may."""
    tops = [0] if laid.sheet is None else sorted(laid.rows)[:_HEADER_ROWS]
    for row in tops:
        said = laid.cell(row, column)
        if isinstance(said, str) and withheld(" ".join(said.lower().split()), laid.sheet is not None):
            return " ".join(said.split()) or "(no name)"
    return ""


def _name(laid: Laid, column: int) -> str:
    if laid.sheet is not None:
        return cell_name(0, column)[:-1]
    return str(laid.cell(0, column))


def _filled(cells: Sequence[Cell]) -> int:
    return sum(cell != "" for cell in cells)


def _texts(cells: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    said = " ".join(str(cell).split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
