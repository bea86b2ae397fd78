"""Reads the Facilities tab: one row a facility, its columns told by their labels wherever these stand."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from tallystick.workbooks import Cell, Sheet, cell_name, is_number, number_in, spaced, texts_of

from .figures import Reading, Row
from .tabs import FACILITIES
from .words import FISCAL_YEAR, fiscal_year

_NUMBERS = {
    "alos": "average_length_of_stay_days",
    "level a": "adp_level_a",
    "level b": "adp_level_b",
    "level c": "adp_level_c",
    "level d": "adp_level_d",
    "male crim": "adp_male_criminal",
    "male non-crim": "adp_male_non_criminal",
    "female crim": "adp_female_criminal",
    "female non-crim": "adp_female_non_criminal",
    "ice threat level 1": "adp_threat_level_1",
    "ice threat level 2": "adp_threat_level_2",
    "ice threat level 3": "adp_threat_level_3",
    "no ice threat level": "adp_no_threat_level",
    "mandatory": "adp_mandatory",
    "guaranteed minimum": "guaranteed_minimum",
}
_DATES = {
    "last inspection date": "last_inspection_date",
    "last inspection end date": "last_inspection_date",
    "odo inspection end date": "odo_inspection_date",
    "odo final report date": "last_inspection_report_date",
    "last nakamoto inspection date": "last_nakamoto_inspection_date",
    "second to last inspection date": "second_to_last_inspection_date",
    "second to last nakamoto inspection date": "second_to_last_nakamoto_inspection_date",
}
_TEXTS = {
    "name": "name",
    "city": "city",
    "state": "state",
    "aor": "aor",
    "type detailed": "type_detailed",
    "male/female": "gender",
    "last inspection type": "last_inspection_type",
    "last inspection standard": "last_inspection_standard",
    "odo last inspection standard": "odo_inspection_standard",
    "last inspection rating - final": "last_inspection_rating",
    "last final rating": "last_inspection_rating",
    "odo final rating": "odo_inspection_rating",
    "pending inspection": "pending_inspection",
    "last nakamoto inspection standard": "last_nakamoto_inspection_standard",
    "last nakamoto inspection rating - final": "last_nakamoto_inspection_rating",
    "second to last inspection type": "second_to_last_inspection_type",
    "second to last inspection standard": "second_to_last_inspection_standard",
    "second to last inspection rating": "second_to_last_inspection_rating",
    "second to last nakamoto inspection type": "second_to_last_nakamoto_inspection_type",
    "second to last nakamoto inspection standard": "second_to_last_nakamoto_inspection_standard",
}
_LEFT_OUT = frozenset({"address"})
_KNOWN = {*_NUMBERS, *_DATES, *_TEXTS, *_LEFT_OUT, "zip"}
_FEWEST = 12
_NONE = re.compile(r"[-–—*]+|n/?a", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)


def is_facilities(sheet: Sheet) -> bool:
    return _header(sheet) is not None


def facilities(sheet: Sheet) -> Reading:
    """Every facility of the tab, and what of its labels and cells no rule knows."""
    found = _header(sheet)
    unclear: dict[str, bool] = {}
    rows: list[Row] = []
    about = _fiscal_year(sheet, found)
    if found is None:
        return Reading(
            about, (), ("no row of the facilities' column heads",), ("no row of the facilities' column heads",)
        )
    top, labels = found
    for c, label in labels.items():
        if label not in _KNOWN:
            unclear[f"column '{spaced(sheet.rows[top][c])}' of the facilities"] = False
    missing = [label for label in (*_NUMBERS, "name", "state") if label not in labels.values()]
    unclear |= {f"no column '{label}' of the facilities": True for label in missing}
    for r in range(top + 1, len(sheet.rows)):
        cells = sheet.rows[r]
        numbers = [c for c, cell in enumerate(cells) if is_number(cell)]
        named = {label: cells[c] for c, label in labels.items() if c < len(cells)}
        if not numbers:
            continue
        outside = [cell_name(r, c) for c in numbers if c not in labels]
        unclear |= {f"a number beside the facilities at {cell}": False for cell in outside}
        if not spaced(named.get("name", "")):
            unclear[f"numbers without a facility's name in row {r + 1}"] = True
            continue
        row, odd = _facility(named)
        rows.append({"sheet_row": r + 1} | row)
        unclear |= {f"'{value}' in column '{label}' of row {r + 1}": True for label, value in odd}
    shared = {"tab": FACILITIES.tab, "sheet": sheet.name, "fiscal_year": about, "stretch": f"FY{about}/facilities"}
    return Reading(
        about,
        tuple(shared | row for row in rows),
        tuple(unclear),
        tuple(said for said, is_main in unclear.items() if is_main),
    )


def _header(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """The row that heads the facilities' columns, and the label of each column without its fiscal year."""
    for r, row in enumerate(sheet.rows[:40]):
        labels = {c: _label(cell) for c, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
        if "name" in labels.values() and len(_KNOWN.intersection(labels.values())) >= _FEWEST:
            return r, labels
    return None


def _label(cell: str) -> str:
    return " ".join(FISCAL_YEAR.sub(" ", cell).lower().split())


def _fiscal_year(sheet: Sheet, header: tuple[int, dict[int, str]] | None) -> str:
    """What the tab's title says, or else its column heads."""
    over = (text for text in texts_of(sheet) if re.fullmatch(FACILITIES.titles, text, re.IGNORECASE))
    heads = (spaced(sheet.rows[header[0]][c]) for c in header[1]) if header else ()
    return next(filter(None, map(fiscal_year, over)), "") or next(filter(None, map(fiscal_year, heads)), "")


def _facility(named: dict[str, Cell]) -> tuple[Row, list[tuple[str, str]]]:
    """The facility's row, and the labels and texts of cells that hold words where a number belongs."""
    row: Row = {column: spaced(named[label]) for label, column in _TEXTS.items() if label in named}
    odd: list[tuple[str, str]] = []
    instead: list[str] = []
    for label, column in _NUMBERS.items():
        cell = named.get(label, "")
        row[column] = cell if is_number(cell) else number_in(spaced(cell))
        if not is_number(cell) and spaced(cell):
            instead.append(f"{column}: {spaced(cell)}")
            if row[column] is None and not _NONE.fullmatch(spaced(cell)):
                odd.append((label, spaced(cell)))
    row["zip"] = _zip(named.get("zip", ""))
    for label, column in _DATES.items():
        if label in named:
            day = _day(named[label])
            row[column] = day
            if day is None and spaced(named[label]):
                instead.append(f"{column}: {spaced(named[label])}")
    row |= _last_inspection(row)
    row["says_instead"] = "; ".join(instead)
    return row, odd


def _last_inspection(row: Row) -> Row:
    """The last inspection where a layout tells its two inspectors apart: the one that its type names."""
    if "odo_inspection_standard" not in row or "last_inspection_standard" in row:
        return {}
    of_contractor = "last_nakamoto_inspection_standard" in row and row.get("last_inspection_type") != "ODO"
    who = "last_nakamoto_inspection" if of_contractor else "odo_inspection"
    return {f"last_inspection_{what}": row.get(f"{who}_{what}") for what in ("date", "standard", "rating")}


def _zip(cell: Cell) -> str:
    """Five digits: a spreadsheet takes leading zeros away from numbers."""
    return f"{int(cell):05}" if isinstance(cell, int | float) else spaced(cell)


def _day(cell: Cell) -> date | None:
    """A day written as a date, as Excel's number of one, or in words as 5/9/2019; None where it is none of these."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return _EPOCH + timedelta(days=int(cell)) if int(cell) in _SERIALS else None
    found = _SLASHED.fullmatch(spaced(cell))
    if not found:
        return None
    month, day, year = (int(part) for part in found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
