"""Reads ICE's lists of facilities: workbooks whose header stands below some lines of notes, found by its words."""

import re
from collections.abc import Iterator
from datetime import date

from tallystick import Member, ReleaseError
from tallystick.workbooks import Cell, Sheet, workbook

Row = dict[str, object]
CODE, NAME = "detloc", "name"
SAID = ("capacity", "per diem rate detailed", "guaranteed minimum")
"""Numbers in whose place some rows have words, or the mark of what was blacked out: both are kept."""
AREA = re.compile(r"(.+?) AOR")


def read(member: Member) -> Iterator[Row]:
    """One row a facility, by the headings in small letters.

    Raises `ReleaseError` where no sheet has a known table.
    """
    book = workbook(member)
    for sheet in book.shown:
        place = header_place(sheet)
        if place is not None and sheet.name.strip() in ("Facility List", "Facility List - Main"):
            yield from rows(sheet, place, {"list": kind(sheet), "list date": stated_day(book.sheets)})
            return
        if sheet.name.strip() == "By AOR":
            yield from rows_by_area(sheet)
            return
    raise ReleaseError(
        "no sheet of this workbook is a list of facilities as known",
        where=member.name,
        next_step="see which sheet lists them, and name it in read.py",
    )


def header_place(sheet: Sheet) -> int | None:
    """The row that names the columns."""
    told = (place for place, cells in enumerate(sheet.rows[:30]) if {CODE, NAME} <= set(map(heading, cells)))
    return next(told, None)


def heading(cell: Cell) -> str:
    return " ".join(str(cell).lower().split())


def kind(sheet: Sheet) -> str:
    """What the list is of, by its title: authorized facilities, all of them, or those of a summary."""
    title = " ".join(str(cell) for cells in sheet.rows[:2] for cell in cells)
    if "Authorized" in title:
        return "authorized"
    return "all" if "Facility List Report" in title else "summary"


def stated_day(sheets: tuple[Sheet, ...]) -> date | None:
    """The day that the sheet of notes gives in its first lines."""
    notes = (cells[0] for sheet in sheets if sheet.name == "Notes" for cells in sheet.rows[:5] if cells)
    return next((cell for cell in notes if isinstance(cell, date)), None)


def rows(sheet: Sheet, place: int, told: Row) -> Iterator[Row]:
    """The rows below the header that name a facility; ZIP codes that a spreadsheet took for numbers are mended."""
    names = [heading(cell) for cell in sheet.rows[place]]
    for cells in sheet.rows[place + 1 :]:
        row: Row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if row[NAME] == "":
            continue
        if isinstance(row.get("zip"), float):
            row["zip"] = f"{row['zip']:05.0f}"
        for said in [name for name in SAID if name in row]:
            row[f"{said} (said)"] = row[said]
            row[said] = row[said] if isinstance(row[said], float) else None
        yield {**row, **told}


def rows_by_area(sheet: Sheet) -> Iterator[Row]:
    """The rows of a list parted by lines that name the area; what follows the last table is explained there."""
    area, names = "", []
    for cells in sheet.rows:
        filled = [str(cell).strip() for cell in cells if cell != ""]
        if len(filled) == 1 and (found := AREA.fullmatch(filled[0])):
            area = found[1]
        elif filled and heading(filled[0]) == "facility name":
            names = [heading(cell) for cell in cells]
        elif area and len(filled) == len(names) > 1:
            yield {"list": "over 72 hours", "area": area, **dict(zip(names, filled, strict=True))}
