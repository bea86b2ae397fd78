"""The detention-statistics workbooks: what is read of each layout, and that nothing is guessed or passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from scripts.make_detention_sample import early, late
from scripts.spreadsheet import Made, write

from tallystick.catalog import Catalog
from tallystick.nouns.release import Provenance
from tallystick.sources.dating import stated_of
from tallystick.sources.read import Reader
from tests.sources.detention import FACILITIES, FIGURES, SHEETS, Rows, one, read_detention, tables


@pytest.fixture(scope="module")
def read(catalog: Catalog) -> Reader:
    return read_detention(catalog)


@pytest.fixture
def made(read: Reader, tmp_path: Path) -> Any:
    """What is read of a workbook with these sheets."""
    return lambda *sheets: tables(read, write(tmp_path / "b.xlsx", sheets))


@pytest.fixture
def early_figures(made: Any) -> Rows:
    rows: Rows = made(*early())[FIGURES]
    return rows


def test_tables_side_by_side_are_told_by_their_titles(early_figures: Rows) -> None:
    assert one(early_figures, title="removals", row_label="total") == 500
    by_month = [row for row in early_figures if row["title"] == "book-ins by arresting agency and month"]
    assert {row["row_label"] for row in by_month} == {"total", "ice", "cbp"}
    assert one(by_month, "value", "month", row_label="ice", column_label="nov") == (20, date(2021, 11, 1))
    assert one(by_month, "value", "month", "is_total", row_label="ice", column_label="total") == (240, None, True)


def test_a_dash_is_neither_nought_nor_blank(early_figures: Rows) -> None:
    cell = {"row_label": "expedited removal (i-860)", "column_label": "fsc"}
    assert one(early_figures, "value", "says", **cell) == (None, "-")


def test_rows_under_an_agency_a_reason_and_an_area_belong_to_it(early_figures: Rows) -> None:
    stays = [row for row in early_figures if row["title"].startswith("average daily population by arresting")]
    assert one(stays, group_label="ice", row_label="convicted criminal", column_label="mar") == 10
    assert one(stays, group_label="total", row_label="total", column_label="mar") == 30
    bonded = {"group_label": "bonded out", "row_label": "convicted criminal", "column_label": "total"}
    assert one(early_figures, "value", "row_part_of", "group_part_of", **bonded) == (24, "total", "total")
    atlanta = {"group_label": "atlanta", "row_label": "gps"}
    assert one(early_figures, column_label="count", **atlanta) == 30
    assert one(early_figures, "value", "unit", column_label="average length in program", **atlanta) == (200.5, "days")


def test_months_are_dates_whether_written_as_words_under_years_or_as_dates(early_figures: Rows) -> None:
    stays = [row for row in early_figures if row["tab"] == "iclos" and row["group_label"]]
    january = {"row_label": "0-180 days", "month": date(2022, 1, 1)}
    assert one(stays, "value", "column_label", "group_label", **january) == (94, "mid", "adult facility individuals")
    bond = [row for row in early_figures if row["tab"] == "bond" and row["month"] == date(2022, 1, 1)]
    assert {row["unit"]: row["value"] for row in bond} == {"persons": 7, "share": 0.1, "usd": 6000.5, "days": 30}


def test_a_year_left_out_over_january_is_the_next_one(made: Any) -> None:
    (iclos,) = (sheet for sheet in early() if "ICLOS" in sheet.name)
    heads = iclos.tables[3, 0]
    short = [[*heads[0][:-1]], *heads[1:]]
    found = made(Made(iclos.name, {**iclos.tables, (3, 0): short}))
    stays = [row for row in found[FIGURES] if row["title"] == "average in custody length of stay"]
    assert one(stays, row_label="total", month=date(2022, 1, 1)) == 40
    assert "a year is missing" in found[SHEETS][0]["not_understood"]


def test_fiscal_years_of_rows_are_periods_or_the_years_of_their_months(made: Any) -> None:
    late_figures = made(*late())[FIGURES]
    parole = [row for row in late_figures if row["title"].startswith("parole status")]
    denied = {"group_label": "fy2025", "row_label": "parole denied"}
    assert one(parole, "value", "fiscal_year", month=date(2024, 10, 1), **denied) == (4, "2026")
    arrests = [row for row in made(*early())[FIGURES] if row["tab"] == "semiannual"]
    assert [(row["value"], row["period"]) for row in arrests if row["title"].startswith("arrests")] == [
        (10, "FY2020"),
        (25, "FY2021"),
    ]


def test_a_facility_has_a_code_beside_its_name(made: Any) -> None:
    rows = [
        row for row in made(*late())[FIGURES] if ("stateless" in row["title"] and not row["is_total"]) or row["code"]
    ]
    assert {(row["row_label"], row["code"], row["value"]) for row in rows} == {("sample city jail", "SAMPLTX", 7)}


def test_facilities_are_read_by_the_labels_of_their_columns(made: Any) -> None:
    (first,), (second,) = (made(*sheets)[FACILITIES] for sheets in (early(), late()))
    assert (first["zip"], second["zip"]) == ("01234", "01234")
    assert (first["adp_level_a"], first["guaranteed_minimum"]) == (40.5, 120)
    assert (second["guaranteed_minimum"], second["pending_inspection"]) == (None, "Scheduled")
    assert second["says_instead"] == "guaranteed_minimum: *; last_inspection_date: Scheduled FY26"
    assert first["last_inspection_date"] == date(2021, 9, 30)
    assert first["second_to_last_nakamoto_inspection_date"] == date(2020, 10, 1)


def test_the_last_inspection_is_of_the_inspector_that_its_type_names(made: Any) -> None:
    facilities = next(sheet for sheet in early() if sheet.name.startswith("Facilities"))
    (own,) = made(facilities)[FACILITIES]
    assert (own["last_inspection_date"], own["last_inspection_standard"]) == (date(2021, 9, 30), "PBNDS 2011")
    (regular,) = made(changed(facilities, "ODO", "Regular"))[FACILITIES]
    assert (regular["last_inspection_date"], regular["last_inspection_standard"]) == (date(2019, 7, 1), "NDS 2019")
    assert regular["odo_inspection_date"] == date(2021, 9, 30)


def test_a_range_of_fiscal_years_is_of_its_last(made: Any) -> None:
    semiannual = next(sheet for sheet in early() if sheet.name == "Semiannual")
    title = "United States Armed Forces Noncitizen Arrests FY2020 - FY2021"
    (sheet,) = made(changed(semiannual, title, title.replace("FY2021", "YTD2022")))[SHEETS]
    assert sheet["fiscal_year"] == "2022"


def test_no_street_address_is_kept(made: Any) -> None:
    assert "SAMPLE STREET" not in repr((made(*early()), made(*late())))


def test_a_hidden_sheet_is_told_and_never_read(made: Any) -> None:
    found = made(*early())
    assert one(found[SHEETS], "is_hidden", "rows_read", sheet="Detention EOFY2020") == (True, 0)
    assert 987 not in {row["value"] for row in found[FIGURES]}


def test_a_tab_of_another_fiscal_year_keeps_its_own(made: Any) -> None:
    old = next(sheet for sheet in early() if sheet.name.startswith("ATD"))
    other = next(sheet for sheet in late() if sheet.name.startswith("ATD"))
    years = {row["stretch"] for row in made(old, Made("ATD EOFY26 ", other.tables))[FIGURES]}
    assert years == {"FY2022/atd", "FY2026/atd"}


@pytest.mark.parametrize(("sheet", "down", "right"), list(product(range(len(early())), (1, 3), (0, 2))))
def test_where_the_tables_of_a_tab_stand_changes_nothing_of_what_they_say(
    made: Any, sheet: int, down: int, right: int
) -> None:
    def told(found: Mapping[str, Rows]) -> list[dict[str, Any]]:
        return [
            {k: v for k, v in row.items() if k not in ("cell", "sheet_row")}
            for row in found[FIGURES] + found[FACILITIES]
        ]

    here, shown = early()[sheet], Made("A workbook shows a sheet", {})
    assert told(made(shown, here.moved(down, right))) == told(made(shown, here))


def changed(sheet: Made, says: str, becomes: str) -> Made:
    return Made(
        sheet.name,
        {
            at: [[becomes if cell == says else cell for cell in row] for row in table]
            for at, table in sheet.tables.items()
        },
    )


@pytest.mark.parametrize(
    ("says", "becomes", "told", "is_main"),
    [
        ("ICE Removals: FY2022", "ICE Departures: FY2022", "number(s) from P29 on", True),
        ("Expedited Removal (I-860)", "Expedited Removals", "row 'expedited removals'", False),
        ("Percent CBP", "Share CBP", "column 'share cbp'", False),
        ("CBP", "OFO", "'ofo'", False),
        (
            "Average Time from USCIS Fear Decision Service Date to ICE Release (In Days)",
            "Average Time from Fear Hearing to ICE Release",
            "number(s) from I10 on",
            False,
        ),
    ],
)
def test_words_that_no_rule_knows_are_told_and_never_guessed(
    made: Any, says: str, becomes: str, told: str, is_main: bool
) -> None:
    detention = next(sheet for sheet in early() if sheet.name.startswith("Detention"))
    (sheet,) = made(changed(detention, says, becomes))[SHEETS]
    assert told in sheet["not_understood"]
    assert bool(sheet["main_not_understood"]) is is_main


def test_a_new_column_of_facilities_and_a_word_among_its_numbers_are_told(made: Any) -> None:
    facilities = next(sheet for sheet in early() if sheet.name.startswith("Facilities"))
    (sheet,) = made(changed(facilities, "Last Inspection Type", "Next Inspection Type"))[SHEETS]
    assert "column 'Next Inspection Type'" in sheet["not_understood"]
    (sheet,) = made(changed(facilities, "Level C", "Level E"))[SHEETS]
    assert "no column 'level c'" in sheet["not_understood"]
    assert sheet["main_not_understood"] == 1


def test_a_sheet_with_numbers_that_no_rule_knows_is_told(made: Any) -> None:
    (sheet,) = made(Made("Costs", {(0, 0): [["Costs of transport"], ["by air", 12], ["by road", 3]]}))[SHEETS]
    assert (sheet["tab"], sheet["rows_read"]) == ("", 0)
    assert sheet["not_understood"] == "2 number(s) on a sheet that no rule knows"


@pytest.mark.parametrize(
    ("name", "day", "seen"),
    [
        ("20220916061955-FY22_detentionStats09152022.xlsx", date(2022, 9, 15), date(2022, 9, 16)),
        ("FY21_detentionStats060921.xlsx", date(2021, 6, 9), None),
        ("FY23_detentionStats230316.xlsx", date(2023, 3, 16), None),
        ("FY22_detentionStats03172022b.xlsx", date(2022, 3, 17), None),
        ("20210310184436-FY21_detention-stats_0301.xlsx", None, date(2021, 3, 10)),
        ("FY20-detentionstats__6c63df.xlsx", None, None),
    ],
)
def test_the_day_is_read_from_the_name(catalog: Catalog, name: str, day: date | None, seen: date | None) -> None:
    source = catalog.source("ice_detention_statistics")
    stated = stated_of(source, "", Provenance(source.id, name))
    assert (stated.as_of, stated.published) == (day, seen)


def test_a_wrong_year_in_a_name_is_mended_for_the_bytes_that_are_known(catalog: Catalog) -> None:
    source = catalog.source("ice_detention_statistics")
    sha256 = "779b7c46b8485d0c781adb9cbfca0f63694d2d5b1011b11398c42e6dfa8a2ffc"
    name = "20230121175133-FY23_detentionStats01192022.xlsx"
    assert stated_of(source, sha256, Provenance(source.id, name)).as_of == date(2023, 1, 19)
