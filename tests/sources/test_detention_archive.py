"""Every workbook of detention statistics that is at hand: known figures, and each number accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.catalog import Catalog
from tallystick.nouns.member import Member
from tallystick.sources.workbook import cell_name, workbook
from tests.sources.detention import FACILITIES, FIGURES, SHEETS, Rows, one, read_detention, tables


@pytest.fixture(scope="module")
def archive(real_data: Path, catalog: Catalog) -> dict[str, Mapping[str, Rows]]:
    """What is read of every workbook, by its name without the moment of capture."""
    read, folder = read_detention(catalog), real_data / "detention_statistics" / "xlsx"
    return {path.name: tables(read, path, path.name) for path in sorted(folder.iterdir())}


def of(archive: dict[str, Mapping[str, Rows]], day: str) -> Rows:
    (name,) = (name for name in archive if name.endswith(f"{day}.xlsx"))
    return archive[name][FIGURES]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("day", "total", "convicted", "neither"),
    [
        ("01162025", 39703, 26.4, 60.1),
        ("09242025", 59762, 28.5, 46.4),
        ("02022026", 70766, 25.8, 48.4),
        ("04092026", 60311, 29.2, 39.8),
    ],
)
def test_people_detained_by_criminality(
    archive: dict[str, Mapping[str, Rows]], day: str, total: int, convicted: float, neither: float
) -> None:
    rows = [r for r in of(archive, day) if r["title"] == "currently detained by criminality and arresting agency"]
    column = {row["row_label"]: row["value"] for row in rows if row["column_label"] == "total"}
    assert column["total"] == total
    assert round(100 * column["convicted criminal"] / total, 1) == convicted
    assert round(100 * column["other immigration violator"] / total, 1) == neither


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("day", "total"),
    [("FY24_detentionStats", 271484), ("09242025", 319980), ("04092026", 234236), ("11122021", 55590)],
)
def test_removals_of_a_fiscal_year(archive: dict[str, Mapping[str, Rows]], day: str, total: int) -> None:
    assert one(of(archive, day), title="removals", row_label="total") == total


@pytest.mark.real_data
def test_book_ins_by_agency_month_and_criminality(archive: dict[str, Mapping[str, Rows]]) -> None:
    days = {(2024, 10): 278, (2025, 1): 379, (2025, 2): 621, (2025, 6): 1053, (2025, 8): 913}
    later = {(2025, 10): 1181, (2025, 12): 1220, (2026, 1): 1164, (2026, 3): 955}
    for release, told in (("09242025", days), ("04092026", later)):
        rows = [r for r in of(archive, release) if r["title"] == "book-ins by arresting agency and month"]
        for (year, month), each in told.items():
            after = date(year + month // 12, month % 12 + 1, 1)
            booked = one(rows, row_label="ice", month=date(year, month, 1))
            assert round(booked / (after - date(year, month, 1)).days) == each
    for release, convicted, total in (("09242025", 108935, 310181), ("04092026", 66524, 230354)):
        rows = [r for r in of(archive, release) if r["title"] == "book-ins by facility type and criminality"]
        row = {r["column_label"]: r["value"] for r in rows if r["row_label"] == "total"}
        assert (row["convicted criminal"], row["total"]) == (convicted, total)


ADULTS, PENDING = "adult facility individuals", "pending criminal charges"
JACKSON = "jackson parish correctional center"
LABELS = ("value", "group_label", "row_label", "column_label", "month", "period")


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("day", "tab", "cell", "told"),
    [
        ("FY19-detentionstats", "atd", "B67", (2815, "miami", "voiceid", "count", None, "")),
        ("09292022", "iclos", "AF20", (19554, ADULTS, "0-180 days", "mid", date(2021, 10, 1), "")),
        ("09292022", "bond", "F8", (63.2665745856353, "", "alos (days)", "jan", date(2022, 1, 1), "")),
        ("09172024", "detention", "H44", (41, "bond set by ice", PENDING, "mar", date(2024, 3, 1), "")),
        ("09242025", "detention", "M139", (95.0238421485338, "", "cbp", "sep", date(2025, 9, 1), "")),
        ("09242025", "detention", "C155", (7, "fy2023", "parole denied", "oct", date(2022, 10, 1), "")),
        ("04092026", "atd", "G22", (0.8927222362125409, "", "attended", "%", None, "")),
        ("04092026", "semiannual", "E130", (13106, "", "honduras", "fy2021", None, "FY2021")),
        ("04092026", "segregation", "B298", (10, "", JACKSON, "placement count", date(2025, 10, 1), "")),
    ],
)  # fmt: skip
def test_single_cells_are_labelled_as_a_reader_of_the_sheet_would(
    archive: dict[str, Mapping[str, Rows]], day: str, tab: str, cell: str, told: tuple[object, ...]
) -> None:
    assert one(of(archive, day), *LABELS, tab=tab, cell=cell) == told


def numbers_of(path: Path) -> Iterator[tuple[str, str, float]]:
    """Every number of the shown sheets, and where it stands."""
    for sheet in workbook(Member(path.name, path)).shown:
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, float):
                    yield sheet.name, cell_name(r, c), cell


@pytest.mark.real_data
def test_no_number_of_any_workbook_is_dropped_without_a_word(
    real_data: Path, archive: dict[str, Mapping[str, Rows]]
) -> None:
    """Each is a figure, a year over months, or in a facility's row."""
    left: dict[str, list[tuple[str, str, float]]] = {}
    for path in sorted((real_data / "detention_statistics" / "xlsx").iterdir()):
        found = archive[path.name]
        cells = {(row["sheet"], row["cell"]): row["value"] for row in found[FIGURES]}
        rows = {(row["sheet"], row["sheet_row"]) for row in found[FACILITIES]}
        counted = 0
        for sheet, cell, number in numbers_of(path):
            counted += cells.get((sheet, cell)) == number
            in_row = (sheet, int("".join(filter(str.isdigit, cell)))) in rows
            if (
                cells.get((sheet, cell)) != number
                and not in_row
                and not (2019 <= number <= 2026 and "ICLOS" in sheet)
            ):
                left.setdefault(path.name, []).append((sheet, cell, number))
        assert counted == sum(row["value"] is not None for row in found[FIGURES])
    assert left == {}


@pytest.mark.real_data
def test_every_number_in_a_facilitys_row_is_a_column_of_its_own(
    real_data: Path, archive: dict[str, Mapping[str, Rows]]
) -> None:
    for path in sorted((real_data / "detention_statistics" / "xlsx").iterdir()):
        rows = {(row["sheet"], row["sheet_row"]): row for row in archive[path.name][FACILITIES]}
        there: dict[tuple[str, int], int] = {}
        for sheet, cell, _ in numbers_of(path):
            place = sheet, int("".join(filter(str.isdigit, cell)))
            there[place] = there.get(place, 0) + 1
        for place, row in rows.items():
            kept = sum(isinstance(value, float) for value in row.values())
            spare = sum(isinstance(value, date) for value in row.values()) + bool(row["zip"])
            assert kept <= there[place] <= kept + spare, (path.name, place)


@pytest.mark.real_data
def test_parts_add_up_to_their_totals_but_for_known_errors(archive: dict[str, Mapping[str, Rows]]) -> None:
    apart: dict[str, set[str]] = {}
    sums = 0
    for name, found in archive.items():
        parts: dict[tuple[Any, ...], float] = {}
        totals: dict[tuple[Any, ...], float] = {}
        for row in found[FIGURES]:
            if row["value"] is None:
                continue
            of_table = (
                row["sheet"],
                row["title_as_written"],
                row["group_label"],
                row["month"],
                row["column_as_written"],
            )
            totals[*of_table, row["row_label"]] = row["value"]
            if row["row_part_of"]:
                key = (*of_table, row["row_part_of"])
                parts[key] = parts.get(key, 0.0) + row["value"]
        for key, total in totals.items():
            if key in parts:
                sums += 1
                if abs(parts[key] - total) > 0.5:
                    apart.setdefault(name[name.index("FY") :], set()).add(key[1][:40])
    assert sums > 20_000
    # Averages over fewer days than the month has differ by facility type: those releases are told by a check.
    by_type = "ICE Average Daily Population by Facility"
    assert {name: titles - {by_type} for name, titles in apart.items() if titles != {by_type}} == {
        "FY21_detention-stats_0414.xlsx": {"ICE Final Releases by Release Reason, Mo"},
        "FY23_detentionStats01092023.xlsx": {"Active ATD Participants and Average Leng"},
        "FY26_detentionStats02022026.xlsx": {"Active ATD Participants and Average Leng"},
    }


@pytest.mark.real_data
def test_nearly_all_words_of_all_years_are_known(archive: dict[str, Mapping[str, Rows]]) -> None:
    """What is left are rows without a label, years and a head left out, and a tab without tables."""
    sheets = [row for found in archive.values() for row in found[SHEETS]]
    said = {
        part.partition(" under ")[0] for row in sheets for part in filter(None, row["not_understood"].split("; "))
    }
    assert said == {
        "row ''",
        "group ''",
        "a year is missing over the months of 'Average In Custody Length of Stay (ICLOS)'",
        "a year is missing over the months of 'Detainees'",
        "no column heads",
        "no table 'average in custody length of stay'",
        "no table 'detained by length of stay'",
    }
    assert sum(bool(row["not_understood"]) for row in sheets) == 12
    assert not any(row["main_not_understood"] for row in sheets)
