"""The tables over detention statistics, on real releases: their keys, their sums, their days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.nouns.metric import Question

pytestmark = pytest.mark.real_data

TABLES = (
    "book_ins_by_month", "book_ins_to_date", "removals_to_date", "average_population_by_month",
    "average_population_by_facility_type", "book_outs_by_month", "detention_counted_through", "detained_population",
    "detention_snapshot_day", "detained_by_disposition", "alternatives_to_detention", "alternatives_by_technology",
    "stays", "in_custody_stays", "facility_statistics", "facility_inspections", "bond_releases",
    "segregation_placements", "vulnerable_placements", "inspections", "yearly_counts_of_groups",
)  # fmt: skip
NEWEST = "FY26_detentionStats_04092026.xlsx"


def rows(bench: Bench, sql: str) -> list[dict[str, Any]]:
    return list(bench.engine.query(sql).to_pylist())


def sheet(workbook: Path, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(workbook)
    return list(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


@pytest.mark.parametrize("name", TABLES)
def test_the_key_of_a_table_tells_its_rows_apart(real_bench: Bench, name: str) -> None:
    assert real_bench.edition
    key = real_bench.pipeline.graph.derivations[name].key
    (told,) = rows(
        real_bench, f"SELECT count(*) AS n, count(DISTINCT struct_pack({', '.join(key)})) AS keys FROM {name}"
    )
    assert told["n"] == told["keys"] > 0


def test_a_month_that_had_not_begun_is_no_row(real_bench: Bench) -> None:
    assert real_bench.edition
    latest = rows(
        real_bench,
        "SELECT fiscal_year, max(month) AS month FROM book_ins_by_month "
        "WHERE fiscal_year >= 2024 GROUP BY 1 ORDER BY 1",
    )
    assert [(row["fiscal_year"], row["month"]) for row in latest] == [
        (2024, date(2024, 9, 1)), (2025, date(2025, 9, 1)), (2026, date(2026, 4, 1)),
    ]  # fmt: skip


def test_book_ins_and_people_held_add_up_over_their_parts(real_bench: Bench) -> None:
    """Book-ins by criminality and by arresting agency are two tables of a release with one total."""
    assert real_bench.edition
    by_month = rows(real_bench, "SELECT fiscal_year, sum(book_ins) AS n FROM book_ins_by_month GROUP BY 1 ORDER BY 1")
    for row in by_month:
        asked = Question("book_ins_since_october", {"fiscal_year": str(row["fiscal_year"])})
        assert real_bench.ask(asked).value == row["n"]


def test_the_facilities_of_a_release_are_those_of_its_sheet(real_bench: Bench, workbooks: Path) -> None:
    below = sheet(workbooks / NEWEST, "Facilities FY26")[10:]
    listed = [row for row in below if row[0] and isinstance(row[9], int | float)]
    assert real_bench.ask(Question("facilities_in_use")).value == len({(row[0], row[2]) for row in listed})
    population = sum(float(cell or 0) for row in listed for cell in row[9:13])
    assert real_bench.ask(Question("facility_population")).value == pytest.approx(population)
    guaranteed = sum(float(row[22]) for row in listed if isinstance(row[22], int | float))
    assert real_bench.ask(Question("guaranteed_beds")).value == guaranteed


def test_inspections_overdue_are_counted_against_the_release_s_own_day(real_bench: Bench, workbooks: Path) -> None:
    overdue = set()
    for row in sheet(workbooks / NEWEST, "Facilities FY26")[10:]:
        if isinstance(row[24], date) and sum(float(cell or 0) for cell in row[9:13]) >= 1:
            ended = date(row[24].year, row[24].month, row[24].day)
            overdue |= {(row[0], row[2])} if (date(2026, 4, 9) - ended).days > 365 else set()
    asked = Question("inspections_overdue", {"inspection_rule": "yearly"})
    assert real_bench.ask(asked).value == len(overdue) > 0


def test_bond_counts_printed_under_each_other_s_labels_are_told(real_bench: Bench) -> None:
    assert real_bench.edition
    told = rows(real_bench, "SELECT * FROM bond_releases WHERE month = DATE '2026-03-01'")
    assert [(row["bonded_out"], row["book_outs"], row["labels_exchanged"]) for row in told] == [(2_239, 36_837, True)]


def test_segregation_placements_of_a_month_give_the_printed_total(real_bench: Bench, workbooks: Path) -> None:
    below = sheet(workbooks / "FY26_detentionStats02022026.xlsx", "FY26 Monthly Segregation")
    totals = [row[1] for row in below if str(row[0]).strip() == "Grand Total"]
    asked = Question("placements_in_segregation", start=date(2025, 12, 1), end=date(2025, 12, 31))
    assert real_bench.ask(asked).value == totals[0]


def test_a_year_emptied_by_a_later_release_is_as_the_earlier_one_told_it(real_bench: Bench) -> None:
    """The releases of 2026 print 0 for the arrests of fiscal year 2025 that September 2025 counted."""
    asked = Question("people_of_groups", {"event": "arrests", "fiscal_year": "2025"}, ("people",))
    told = {row["people"]: row["value"] for row in real_bench.ask(asked).rows}
    assert told["United States citizens"] == 7
    assert told["members of the armed forces"] == 16
    assert told["parents of United States citizens"] == 6_341
