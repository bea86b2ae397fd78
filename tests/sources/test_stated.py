"""Footnotes say through which day a workbook's figures are counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick import Member
from tallystick.sources.stated import stated_days
from tallystick.sources.workbook import Sheet, Workbook, workbook


def told(says: str, name: str = "Footnotes", hidden: bool = False) -> list[dict[str, object]]:
    return list(stated_days(Workbook("b.xlsx", (Sheet(name, 1, hidden, (("", says),)),), False)))


@pytest.mark.parametrize(
    ("says", "subject", "fiscal_year", "day"),
    [
        ("FY2026 YTD ICE Book-ins data is updated through 04/04/2026 (run 04/05/2026).", "book-ins", 2026, 4),
        ("EOFY2026 data are historic and static.ICE Removals data are updated through 4/4/2026", "removals", 2026, 4),
        (
            "EOFY2026 ICE Detention data are historic and static. Data are filtered through 04/04/2026",
            "detention",
            2026,
            4,
        ),
        ("FY2018 - 2026 YTD ICE Arrests data are updated  through 04/04/2026", "arrests", 2026, 4),
        ("\xb7 FY2026 ICE Arrests data are updated through 04/04/2026", "arrests", 2026, 4),
        (
            "ICE ICLOS and Detainees Data are updated through 04/07/2026 (as of 04/08/2026)",
            "iclos and detainees",
            None,
            7,
        ),
    ],
)
def test_a_footnote_says_what_is_counted_through_which_day(
    says: str, subject: str, fiscal_year: int | None, day: int
) -> None:
    (row,) = told(says)
    assert (row["subject"], row["fiscal_year"], row["is_snapshot"]) == (subject, fiscal_year, False)
    assert (row["through_date"], row["sheet"], row["cell"]) == (date(2026, 4, day), "Footnotes", "B1")


def test_a_snapshot_is_told_from_what_is_counted_through_a_day() -> None:
    (row,) = told("Aliens Currently in ICE Detention Facilities data are a snapshot as 04/04/2026 (run 04/05/2026)")
    assert (row["subject"], row["is_snapshot"]) == ("aliens currently in detention facilities", True)


@pytest.mark.parametrize(
    "says",
    [
        "FY2026 ICE Removals data are updated through 02/31/2026",
        "FY2026 ICE Removals data are updated through 101/04/2026",
        "Ukraine designated TPS as of 04/19/2022. Removals reported are since the designation date.",
        "A term, defined",
    ],
)
def test_what_names_no_day_of_the_calendar_is_left_out(says: str) -> None:
    assert told(says) == []


def test_only_shown_sheets_of_footnotes_are_read() -> None:
    says = "FY2026 ICE Removals data are updated through 04/04/2026"
    assert told(says, "Detention FY26") == told(says, hidden=True) == []


@pytest.mark.real_data
def test_nearly_every_release_says_through_which_day_its_detention_figures_run(real_data: Path) -> None:
    releases = sorted((real_data / "detention_statistics" / "xlsx").glob("FY2[456]*.xlsx"))
    found = {path.name: list(stated_days(workbook(Member(path.name, path)))) for path in releases}
    newest = {
        name: max(str(row["through_date"]) for row in rows if row["subject"] == "book-ins")
        for name, rows in found.items()
    }
    assert newest["FY26_detentionStats_04092026.xlsx"] == "2026-04-04"
    assert newest["FY25_detentionStats09242025.xlsx"] == "2025-09-20"
