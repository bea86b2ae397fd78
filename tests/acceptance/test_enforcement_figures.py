"""The verified figures of detention statistics, each beside a reading of the workbook that shares no code with it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from tallystick.bench import Bench
from tallystick.nouns.metric import Question
from tests.acceptance.conftest import RELEASES

pytestmark = pytest.mark.real_data

LAST_OF = {2024: RELEASES[0], 2025: RELEASES[2], 2026: RELEASES[4]}
ON_DAY = {date(2025, 1, 16): 1, date(2025, 9, 24): 2, date(2026, 2, 2): 3, date(2026, 4, 9): 4}


def ask(bench: Bench, metric: str, *by: str, **asked: object) -> dict[object, float]:
    """The values of a question, by its one breakdown (None without one)."""
    question = Question(metric, asked.pop("where", {}), by, **asked)  # type: ignore[arg-type]
    return {row[by[0]] if by else None: float(row["value"]) for row in bench.ask(question).rows}


def cells(workbook: Path, title: str, below: str, skip: int = 0) -> list[float]:
    """By hand: in the Detention sheet, the numbers to the right of the label `below` under the heading `title`.

    From the column of the heading onwards; `skip` passes over that many rows of the same label first.
    """
    book = CalamineWorkbook.from_path(workbook)
    (name,) = [name for name in book.sheet_names if name.startswith("Detention")]
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    top, left = next(
        (r, c)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if isinstance(cell, str) and " ".join(cell.split()).startswith(title)
    )
    found = [row for row in rows[top + 1 :] if str(row[left]).strip() == below][skip]
    return [float(cell) for cell in found[left + 1 :] if isinstance(cell, int | float)]


@pytest.mark.parametrize(
    ("year", "month", "a_day"),
    [
        (2025, 10, 278), (2025, 1, 379), (2025, 2, 621), (2025, 6, 1053), (2025, 8, 913),
        (2026, 10, 1181), (2026, 12, 1220), (2026, 1, 1164), (2026, 3, 955),
    ],
)  # fmt: skip
def test_book_ins_a_day_after_arrests_by_ice(
    real_bench: Bench, workbooks: Path, year: int, month: int, a_day: int
) -> None:
    first = date(year - (month >= 10), month, 1)
    last = first.replace(day=monthrange(first.year, month)[1])
    (value,) = ask(real_bench, "ice_arrest_book_ins_per_day", start=first, end=last).values()
    assert round(value) == a_day
    months = cells(workbooks / LAST_OF[year], "ICE Initial Book-Ins by Arresting Agency and Month", "ICE")
    assert value == pytest.approx(months[(month - 10) % 12] / last.day)


def test_december_2025_is_the_highest_month(real_bench: Bench) -> None:
    months = ask(real_bench, "ice_arrest_book_ins_per_day", "month", start=date(2024, 10, 1))
    assert max(months, key=lambda month: months[month]) == date(2025, 12, 1)


def test_a_month_not_over_is_divided_by_the_days_that_the_footnotes_say(real_bench: Bench) -> None:
    months = ask(real_bench, "ice_arrest_book_ins_per_day", "month", start=date(2025, 9, 1))
    assert months[date(2025, 9, 1)] == 21_293 / 20  # through the 20th
    assert months[date(2026, 4, 1)] == 3_721 / 4  # through the 4th


@pytest.mark.parametrize(("year", "removed"), [(2024, 271_484), (2025, 319_980), (2026, 234_236)])
def test_removals_by_ice(real_bench: Bench, workbooks: Path, year: int, removed: int) -> None:
    assert ask(real_bench, "removals_since_october", where={"fiscal_year": str(year)}) == {None: removed}
    assert cells(workbooks / LAST_OF[year], "ICE Removals", "Total") == [removed]


@pytest.mark.parametrize(("year", "convicted", "everybody"), [(2025, 108_935, 310_181), (2026, 66_524, 230_354)])
def test_share_of_book_ins_with_a_conviction(
    real_bench: Bench, workbooks: Path, year: int, convicted: int, everybody: int
) -> None:
    where = {"fiscal_year": str(year)}
    assert ask(real_bench, "share_of_book_ins_with_a_conviction", where=where)[None] == pytest.approx(
        convicted / everybody
    )
    assert ask(real_bench, "book_ins_since_october", where=where) == {None: everybody}
    totals = cells(workbooks / LAST_OF[year], "ICE Initial Book-Ins by Facility Type and Criminality", "Total")
    assert (totals[0], totals[3]) == (convicted, everybody)


@pytest.mark.parametrize(
    ("day", "held", "convicted", "neither"),
    [
        (date(2025, 1, 16), 39_703, 26.4, 60.1),
        (date(2025, 9, 24), 59_762, 28.5, 46.4),
        (date(2026, 2, 2), 70_766, 25.8, 48.4),
        (date(2026, 4, 9), 60_311, 29.2, 39.8),
    ],
)
def test_detained_by_criminality(
    real_bench: Bench, workbooks: Path, day: date, held: int, convicted: float, neither: float
) -> None:
    assert ask(real_bench, "detained", end=day) == {None: held}
    shares = [
        ask(real_bench, f"share_of_detained_with_{of}", end=day)[None]
        for of in ("a_conviction", "a_pending_charge", "neither")
    ]
    assert [round(100 * shares[0], 1), round(100 * shares[2], 1)] == [convicted, neither]
    assert sum(shares) == pytest.approx(1)
    title = "ICE Currently Detained by Criminality and Arresting Agency"
    labels = ("Convicted Criminal", "Pending Criminal Charges", "Other Immigration Violator")
    by_hand = [cells(workbooks / RELEASES[ON_DAY[day]], title, label)[4] for label in labels]
    assert shares == pytest.approx([one / held for one in by_hand])


@pytest.mark.parametrize("day", [date(2025, 1, 16), date(2025, 9, 24), date(2026, 2, 2)])
def test_the_daily_population_by_facility_agrees_within_half_a_per_cent(
    real_bench: Bench, real_data: Path, day: date
) -> None:
    """On the day that the footnotes say people were counted, people there at midnight over all facilities."""
    daily = next((real_data / "daily_population").glob("*.parquet"))
    counted = real_bench.why(Question("detained", end=day), limit=1)[0]["counted_date"]
    sums = duckdb.execute(
        f"SELECT sum(n_detained_at_midnight) FROM read_parquet('{daily}') WHERE date = DATE '{counted}'"
    ).fetchone()
    assert sums is not None
    assert ask(real_bench, "detained", end=day)[None] == pytest.approx(float(sums[0]), rel=0.005)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_average_daily_population_of_a_year_is_that_of_its_months_by_their_days(
    real_bench: Bench, workbooks: Path, year: int
) -> None:
    """The release prints its own average over the fiscal year: the months weighed by their days give it again."""
    years = ask(real_bench, "average_daily_population", "fiscal_year", start=date(2023, 10, 1))
    title = "ICE Average Daily Population by Arresting Agency, Month and Criminality"
    printed = cells(workbooks / LAST_OF[year], title, "Average")[-1]
    assert years[year] == pytest.approx(printed, rel=1e-6)


def test_the_newest_release_answers_for_a_stock_and_says_its_day(real_bench: Bench) -> None:
    answer = real_bench.ask(Question("detained", end=date(2025, 12, 31)))
    assert answer.value == 59_762
    assert any("2025-09-24" in caveat for caveat in answer.caveats)


def test_people_followed_outside_detention_are_told_by_area_and_technology(real_bench: Bench) -> None:
    assert ask(real_bench, "atd_participants") == {None: 180_701}
    areas = ask(real_bench, "atd_participants", "aor")
    assert (len(areas), areas["ATL"]) == (25, 6_344)


def test_a_daily_arrests_claim_holds_month_by_month(real_bench: Bench) -> None:
    judged = real_bench.claim("daily-arrests-short-of-3000")
    (now,) = judged.now.stated.figures
    assert (str(now.verdict), round(float(now.value or 0))) == ("holds", 1220)
