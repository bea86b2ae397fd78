"""What is said of each sheet of a workbook."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.sources.sheets import fiscal_year, sheets_of, stated_date
from tallystick.sources.workbook import Sheet, Workbook


def sheet(*rows: tuple[object, ...], name: str = "Detention FY24", hidden: bool = False) -> Sheet:
    return Sheet(name, 1, hidden, rows)  # type: ignore[arg-type]


def test_a_bumped_date_leaves_the_fingerprint_of_the_numbers() -> None:
    before = sheet(("Source: the database, 05/15/2023",), ("", 12.0, 7.5))
    after = sheet(("Source: the database, 05/31/2023",), ("", ""), ("", 12.0, 7.50000000001))
    (one,), (two,) = (sheets_of(Workbook("b.xlsx", (each,), False)) for each in (before, after))
    assert one["body_fingerprint"] == two["body_fingerprint"] != ""
    assert one["fingerprint"] != two["fingerprint"]
    assert (one["stated_date"], two["stated_date"]) == (date(2023, 5, 15), date(2023, 5, 31))


def test_hidden_sheets_are_told_with_the_others_and_their_place() -> None:
    (row,) = sheets_of(Workbook("b.xlsx", (sheet(("  A  title ",), (1.0,), name="Sheet1", hidden=True),), True))
    assert (row["is_hidden"], row["title"], row["fiscal_year_in_name"]) == (True, "A title", "")
    assert (row["filled"], row["width"], row["holds_macros"]) == (2, 1, True)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("Detention EOFY2020", "2020"),
        ("Trans. Detainee Pop. FY 22 YTD ", "2022"),
        ("Parole Requested: FY2023 - FY2025", "2025"),
        ("Fiscal Year (FY) 2022 Quarter 1 Data", "2022"),
        ("Semiannual", ""),
        ("ANNEX FY1", ""),
    ],
)
def test_a_fiscal_year_is_read_however_it_is_written(says: str, means: str) -> None:
    assert fiscal_year(says) == means


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("Data from BI Inc. Participants Report, 9.30.2023", date(2023, 9, 30)),
        ("Source: ICE Integrated Decision Support (IIDS), 02/24/20", date(2020, 2, 24)),
        ("static for the first half (as of March 31, 2022) and will not be refreshed", date(2022, 3, 31)),
        ("Average Length in Program, as of xx/xx/2022, by AOR", None),
        ("Participants Report, 13.45.2023", None),
        ("this centre no longer houses families as of 12/31/2021", None),
        ("These tables will not be updated until after March 31, 2026", None),
    ],
)
def test_a_sheet_says_as_of_which_day_it_is(says: str, means: date | None) -> None:
    assert stated_date(sheet((says,))) == means


def test_the_latest_of_several_stated_days_counts() -> None:
    assert stated_date(sheet(("BI Report, 04.04.2026", "OBP Report, 04.06.2026"))) == date(2026, 4, 6)
