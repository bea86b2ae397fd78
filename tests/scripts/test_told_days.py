"""The day by which an award's page told a row is worked out from the action and from the captures that have it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from scripts.told_days import Actions, captured, retold, row_told, told

from tallystick.catalog import read_words
from tallystick.settings import bundled_records

FIRST, CAPTURE = date(2025, 3, 1), date(2026, 2, 13)
PAGE = "https://www.usaspending.gov/award/CONT_AWD_70A_7012_-NONE-_-NONE-"
ACTIONS = Actions({"70A": {(FIRST, "0"): CAPTURE, (date(2026, 2, 1), "P00001"): CAPTURE}})
ENTRY = f"""title: T
citation: {PAGE}
told_date: 2026-08-20
events:
  - event_period: 2026-02-01
    citation: {PAGE}
    told_date: 2026-08-20
  - event_period: 2026-02-01
    citation: https://example.org/
    told_date: 2026-08-21
contracts:
  - piid: 70A
    citation: {PAGE}
    told_date: 2026-08-20
"""


@pytest.mark.parametrize(
    ("day", "capture", "known"),
    [
        (FIRST, CAPTURE, date(2025, 3, 31)),
        (date(2026, 2, 1), CAPTURE, CAPTURE),
        (date(2026, 2, 20), CAPTURE, date(2026, 2, 20)),
    ],
)
def test_an_action_is_told_a_month_later_or_with_the_first_capture_that_has_it(
    day: date, capture: date, known: date
) -> None:
    assert told(day, capture) == known


def test_a_contract_is_told_by_its_first_action_or_by_the_modification_that_is_about_it() -> None:
    row = {"citation": PAGE, "piid": "70A"}
    assert row_told("contracts", row, ACTIONS) == date(2025, 3, 31)
    assert row_told("contracts", row | {"modification": "P00001"}, ACTIONS) == CAPTURE
    assert row_told("figures", row, ACTIONS) is None


def test_a_file_keeps_what_no_award_page_tells() -> None:
    rows = {"events": [{"event_period": "2026-02-01", "citation": PAGE}, {"citation": "https://example.org/"}]}
    after = retold(ENTRY, rows | {"citation": PAGE, "contracts": [{"citation": PAGE}]}, ACTIONS)
    days = [line.split(": ")[1] for line in after.splitlines() if "told_date" in line]
    assert days == ["2025-03-31", "2026-02-13", "2026-08-21", "2025-03-31"]


@pytest.mark.real_data
def test_the_files_tell_the_days_that_the_captures_give(real_data: Path) -> None:
    actions = captured(real_data)
    entries = sorted((bundled_records() / "registers/technologies").glob("*.yml"))
    for path in (path for path in entries if path.name != "register.yml"):
        text = path.read_text()
        assert retold(text, read_words(path), actions) == text, path.name
