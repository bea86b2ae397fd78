"""Reads the detention-statistics workbooks, whatever the year's layout: tables by their titles, columns by labels."""

from __future__ import annotations

import re

from tallystick import Member
from tallystick.workbooks import Sheet, is_number, sheets_of, stated_days, texts_of, workbook

from .facilities import facilities, is_facilities
from .figures import Reading, Row, figures
from .kinds import Tab
from .tabs import FACILITIES, TABS, WITHOUT_FIGURES
from .words import fiscal_year

_FIRST_LINES = 15
NOT_READ = Reading("", (), (), ())


def read(member: Member) -> dict[str, list[Row]]:
    """The figures and facilities of the sheets that are shown, the days through which footnotes say that figures are
    counted, and a row for every sheet, hidden ones too.

    Raises `ReleaseError` where the file is no workbook.
    """
    opened = workbook(member)
    of_name = fiscal_year(member.name)
    tables: dict[str, list[Row]] = {"figures": [], "facilities": [], "sheets": []}
    for sheet, told in zip(opened.sheets, sheets_of(opened), strict=True):
        tab = None if sheet.is_hidden else tab_of(sheet)
        found = reading(sheet, tab)
        tables["facilities" if tab is FACILITIES else "figures"] += found.rows
        tables["sheets"].append(told | _of_sheet(tab, found, of_name or found.fiscal_year))
    tables["stated_days"] = [row | {"stretch": f"FY{of_name}/stated days"} for row in stated_days(opened)]
    return {f"detention_{name}_published": rows for name, rows in tables.items()}


def tab_of(sheet: Sheet) -> Tab | None:
    """Which tab a sheet is: told by a title that stands on it, else by its name; None for sheets of words alone."""
    if re.fullmatch(WITHOUT_FIGURES, sheet.name.strip(), re.IGNORECASE):
        return None
    if is_facilities(sheet):
        return FACILITIES
    lines = list(texts_of(Sheet(sheet.name, sheet.place, sheet.is_hidden, sheet.rows[:_FIRST_LINES])))
    for tab in TABS:
        if any(re.fullmatch(tab.titles, line, re.IGNORECASE) for line in lines):
            return tab
    return next((tab for tab in TABS if re.search(tab.names, sheet.name, re.IGNORECASE)), None)


def reading(sheet: Sheet, tab: Tab | None) -> Reading:
    """What a sheet holds; of one that is no tab we know, only that it has numbers."""
    if sheet.is_hidden:
        return NOT_READ
    if tab is None:
        numbers = sum(is_number(cell) for row in sheet.rows for cell in row)
        unclear = (f"{numbers} number(s) on a sheet that no rule knows",) if numbers else ()
        return Reading("", (), unclear, ())
    return facilities(sheet) if tab is FACILITIES else figures(sheet, tab)


def _of_sheet(tab: Tab | None, found: Reading, year: str) -> Row:
    return {
        "tab": tab.tab if tab else "",
        "fiscal_year": found.fiscal_year,
        "stretch": f"FY{year}/sheets",
        "rows_read": len(found.rows),
        "not_understood": "; ".join(found.unclear),
        "main_not_understood": len(found.main),
    }
