"""Reads a workbook of tables, one a sheet: by the year or the month, in all or broken down."""

from collections.abc import Iterator

from tallystick import Member, ReleaseError
from tallystick.workbooks import Sheet, workbook

BREAKDOWNS = {
    "count": "all",
    "citizenship": "citizenship",
    "region": "region",
    "family status": "family status",
    "sector": "sector",
    "rgn and citp": "region and citizenship",
    "rgn and fam status": "region and family status",
    "rgn and sector": "region and sector",
}
PERIODS = {"annual": "year", "monthly": "month"}


def read(member: Member) -> Iterator[dict[str, object]]:
    """Every row of every sheet that is shown. Raises `ReleaseError` for a sheet that is called otherwise."""
    for sheet in workbook(member).shown:
        period, _, what = sheet.name.strip().lower().partition(" ")
        if period not in PERIODS or what not in BREAKDOWNS:
            raise ReleaseError(
                "this sheet is of a kind not seen before",
                where=f"{member.name}, sheet {sheet.name}",
                next_step="see what it counts, and name it in read.py",
            )
        yield from rows(sheet, {"period": PERIODS[period], "breakdown": BREAKDOWNS[what]})


def rows(sheet: Sheet, told: dict[str, str]) -> Iterator[dict[str, object]]:
    """The rows below the header, which is the first row; `told` is the same of each."""
    header = [" ".join(str(cell).split()) for cell in sheet.rows[0]]
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if any(cell != "" for cell in cells):
            yield {"sheet": sheet.name, "sheet_row": number, **told, **dict(zip(header, cells, strict=True))}
