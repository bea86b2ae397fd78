"""The days through which a workbook says its figures are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tallystick.sources.workbook import Sheet, Workbook, cell_name

Row = dict[str, object]

_SAYS = re.compile(
    r"\bdata (?:are|is) (?:historic and static\.\s*data (?:are|is) )?"
    r"(?P<how>updated through|filtered through|updated as of|a snapshot as(?: of)?(?: t)?)\s+"
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d/20\d\d\b")
_YEARS = re.compile(r"FY ?(?:20\d\d ?- ?)?(20\d\d)")
_NO_SUBJECT = re.compile(r"\b(?:EO)?FY ?20\d\d(?: ?- ?20\d\d)?\b|\bYTD\b|^\W+|\bICE\b")


def stated_days(book: Workbook) -> Iterator[Row]:
    """Each sentence of a shown sheet of footnotes that says through which day some figures are counted.

    `subject` is what it is about, in small letters (`detention`, `removals`, `book-ins`, `non citizens currently in
    detention facilities`), `fiscal_year` the last year it names (None if it names none), `is_snapshot` whether the
    figures are of that day rather than counted through it, `through_date` the day, and `sheet` and `cell` where it
    stands. A day that is none in the calendar is left out.
    """
    for sheet in book.shown:
        if sheet.name.strip().lower().startswith("footnote"):
            yield from _of(sheet)


def _of(sheet: Sheet) -> Iterator[Row]:
    for place, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            text = " ".join(cell.split()) if isinstance(cell, str) and _DAY.search(cell) else ""
            said = _SAYS.search(text)
            day = said and _day(said)
            if said and day:
                years = _YEARS.findall(str(cell)[: str(cell).lower().find(said["how"].lower())])
                yield {
                    "subject": _subject(text[: said.start()].rpartition(".")[2]),
                    "fiscal_year": int(years[-1]) if years else None,
                    "is_snapshot": said["how"].lower().startswith("a snapshot"),
                    "through_date": day,
                    "sheet": sheet.name,
                    "cell": cell_name(place, column),
                    "sheet_row": place + 1,
                }


def _subject(before: str) -> str:
    return " ".join(_NO_SUBJECT.sub(" ", before).split()).lower()


def _day(said: re.Match[str]) -> date | None:
    try:
        return date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        return None
