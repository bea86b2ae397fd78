"""The first line: what it names, what it names twice, what else it may be; how columns write dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.errors import ReleaseError
from tallystick.nouns.finding import Severity
from tests.sources.readings import HEAD, ROW, Line, finding, lines


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


@pytest.mark.parametrize(("content", "says", "next_step"), [
    (lines(ROW).replace(",", ";"), "parted by ';'", "delimiter"),
    ("Taken on a Monday,,\n\n" + lines(ROW), "names no column", "the header is row 3"),
    ('{"detail": "Request was throttled"}\n', "throttled", "an error message"),
    (ROW + "\n", "names no column", "a table without its header"),
    (lines(ROW).replace("\n", "\r\n\n"), "taken apart into rows", "get the file again"),
], ids=["semicolons", "preamble", "an error", "no header", "mixed line endings"])  # fmt: skip
def test_what_is_no_header_is_said_with_what_to_do(line: Line, content: str, says: str, next_step: str) -> None:
    with pytest.raises(ReleaseError, match=says) as failure:
        line.add(content)
    assert next_step in failure.value.next_step
    assert failure.value.where.startswith("payments.csv")


def test_a_refused_file_leaves_the_home_able_to_answer(line: Line) -> None:
    with pytest.raises(ReleaseError):
        line.add(lines(ROW).replace("\n", "\r\n\n"))
    line.add(lines(ROW), "payments-2.csv")
    standing = line.pipeline.standing()
    assert [f.kind for f in standing.findings if f.severity is Severity.SEVERE] == ["unreadable_release"]
    assert [scope.name for scope in standing.coverage] == ["payments-2.csv"]


def test_a_column_that_stands_twice_with_the_same_cells_is_one_column(line: Line) -> None:
    published = line.add(f"{HEAD},amount\n{ROW},10.50\n")
    assert published.findings == ()
    assert line.rows(published, "payment_key, amount_usd::VARCHAR") == [("k1", "10.50")]


def test_a_repeated_column_that_differs_far_down_is_found_in_its_row(line: Line) -> None:
    rows = "".join(f"k{n},070,2025-01-02,1,,,,{2 if n == 700 else 1}\n" for n in range(1, 801))
    published = line.add(f"{HEAD},amount\n{rows}")
    (seen,) = finding(published, "misfit_cell").evidence
    assert (seen["row"], seen["cells"]) == (700, "amount (column 8): not what amount says")


def test_a_number_above_twelve_tells_the_day_from_the_month(line: Line) -> None:
    published = line.add(lines("k1,070,3/4/2025,1,,,", "k2,070,30/09/25,1,,,", "k3,070,01/10/2025 0:00,1,,,"))
    assert [day for (day,) in line.rows(published, "paid_date")] == [
        date(2025, 4, 3), date(2025, 9, 30), date(2025, 10, 1),
    ]  # fmt: skip


def test_days_that_fit_neither_order_are_found(line: Line) -> None:
    published = line.add(lines("k1,070,30/09/2025,1,,,", "k2,070,09/30/2025,1,,,"))
    assert finding(published, "misfit_cell").severity is Severity.SEVERE


@pytest.mark.parametrize("code", ["7.0E+4020", "7E+20", "1.23e+07", "inf", "NaN", "#REF!", "########"])
def test_a_code_that_a_spreadsheet_took_for_a_number_is_found(line: Line, code: str) -> None:
    published = line.add(lines(ROW, f"{code},070,2025-01-02,1,,,"))
    (seen,) = finding(published, "damaged_code").evidence
    assert (seen["column"], seen["value"], seen["row"]) == ("payment_key", code, 2)


@pytest.mark.parametrize("code", ["70E04020", "7E04020", "INFRA1", "A+B", "NANO"])
def test_a_code_that_only_looks_odd_is_kept(line: Line, code: str) -> None:
    assert line.add(lines(f"{code},070,2025-01-02,1,,,")).findings == ()
