"""What can be said of each sheet of a workbook without knowing its tables: for judging one release beside another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from tallystick.sources.workbook import Sheet, Workbook

_MONTHS = ("january", "february", "march", "april", "may", "june", "july",
           "august", "september", "october", "november", "december")  # fmt: skip
_DIGITS = r"(?<!\d)(?P<month>\d{1,2})[./-](?P<day>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?!\d)"
_WORDS = rf"(?P<name>{'|'.join(_MONTHS)}) (?P<day_>\d{{1,2}}),? (?P<year_>\d{{4}})"
_SAYS_WHEN = r"(?:source\b|report\b|\bas of\b|updated\b|population\b|\bagency\b|\btype\b)[^0-9]{0,70}?"
_STATED = re.compile(rf"{_SAYS_WHEN}(?:{_DIGITS}|{_WORDS})", re.IGNORECASE)
_NOT_OF_THE_SHEET = re.compile(r"(?:no longer|until|updated) [\w ]*(?:as of|after)", re.IGNORECASE)
_FISCAL_YEAR = re.compile(r"(?:FY|fiscal year(?: \(FY\))?) ?(?P<year>20\d\d|\d\d)(?!\d)", re.IGNORECASE)
_DATED = re.compile(r"\d[./-]\d|\d,? 20\d\d")
_LONGEST = 300


def sheets_of(workbook: Workbook) -> list[dict[str, object]]:
    """One row a sheet, hidden ones too, in their order.

    `sheet`, `place`, `is_hidden`, `title` (the first filled cell), `fiscal_year_in_name` (`2022`, blank if none),
    `stated_date` (the latest day that the sheet itself says it is as of, None if none), `fingerprint` (of all cells),
    `body_fingerprint` (of its numbers in reading order: a date or a word changed leaves it as it was; blank if it has
    none), `filled`, `width`, and `holds_macros` of the workbook. What a source knows more of its sheets it adds.
    """
    return [
        {
            "sheet": sheet.name,
            "place": sheet.place,
            "is_hidden": sheet.is_hidden,
            "title": next(texts_of(sheet), ""),
            "fiscal_year_in_name": fiscal_year(sheet.name),
            "stated_date": stated_date(sheet),
            "fingerprint": sheet.fingerprint,
            "body_fingerprint": _body_fingerprint(sheet),
            "filled": sheet.filled,
            "width": sheet.width,
            "holds_macros": workbook.holds_macros,
        }
        for sheet in workbook.sheets
    ]


def fiscal_year(text: str) -> str:
    """The last fiscal year that the text names, in four digits; blank if none: `Detention EOFY2020` is `2020`."""
    found = [match["year"] for match in _FISCAL_YEAR.finditer(text)]
    return f"20{found[-1][-2:]}" if found else ""


def stated_date(sheet: Sheet) -> date | None:
    """The latest day that a sheet's titles, source lines and notes say it is as of; an impossible date says none."""
    said = (day for text in texts_of(sheet) if len(text) < _LONGEST for day in _days(text))
    return max(said, default=None)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """The sheet's texts that are not blank, row by row, with single spaces."""
    for row in sheet.rows:
        for cell in row:
            if isinstance(cell, str) and (text := " ".join(cell.split())):
                yield text


def _days(text: str) -> Iterator[date]:
    if not _DATED.search(text) or _NOT_OF_THE_SHEET.search(text):
        return
    for said in _STATED.finditer(text):
        month = _MONTHS.index(said["name"].lower()) + 1 if said["name"] else int(said["month"])
        year = int(said["year"] or said["year_"])
        try:
            yield date(year + 2000 if year < 100 else year, month, int(said["day"] or said["day_"]))
        except ValueError:
            continue


def _body_fingerprint(sheet: Sheet) -> str:
    """Twelve hex digits over the numbers, rounded to six places since saving anew may change the last ones."""
    numbers = [
        f"{cell:.6f}"
        for row in sheet.rows
        for cell in row
        if isinstance(cell, int | float) and not isinstance(cell, bool)
    ]
    return hashlib.sha256("\n".join(numbers).encode()).hexdigest()[:12] if numbers else ""
