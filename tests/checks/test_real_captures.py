"""The real captures: what is wrong with them is found, and nothing else is."""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Finding, Severity
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.checks import captures, faults

pytestmark = pytest.mark.real_data
FOLDER = "procurement/usaspending_transactions_api"


@pytest.fixture(scope="module")
def judged(real_bench: Bench) -> tuple[Finding, ...]:
    """Every Finding about a capture."""
    captured = {release.id for release in real_bench.pipeline.ledger.releases("usaspending_captures")}
    return tuple(finding for finding in real_bench.findings() if finding.release in captured)


def test_the_truncated_scopes_and_no_others_are_called_out(judged: tuple[Finding, ...]) -> None:
    cut = {finding.scope: finding for finding in judged if finding.kind == "truncated_capture"}
    assert sorted(filter(None, cut)) == ["7012/FY2022", "7012/FY2023"]
    assert {finding.severity for finding in cut.values()} == {Severity.INCOMPLETE}
    assert "3,000 rows, exactly 30 pages of 100" in cut["7012/FY2022"].says
    assert "3,300 rows, exactly 33 pages of 100" in cut["7012/FY2023"].says


def test_nothing_else_stops_publishing_or_asks_a_person(judged: tuple[Finding, ...]) -> None:
    asking = (Severity.SEVERE, Severity.WARNING)
    assert not [f.says for f in judged if f.kind != "truncated_capture" and f.severity in asking]


def test_the_fall_of_ice_fiscal_2025_between_february_and_august_is_told_with_its_records(
    judged: tuple[Finding, ...],
) -> None:
    (fall,) = (f for f in judged if f.kind == "restatement" and f.scope == "7012/FY2025")
    assert "moved by -$111,541.46" in fall.says
    assert fall.says.endswith("1 changed (-$12,541.46), 1 gone (-$99,000.00)")
    assert fall.evidence[0]["kind"] == "gone"
    assert fall.evidence[0]["change"] == "-99000.00"


@pytest.mark.parametrize("rows", [500, 2000, 3900, 4000])
def test_a_year_cut_off_anywhere_above_its_last_pages_is_called_out(
    rows: int, real_data: Path, settings: Settings, tmp_path: Path
) -> None:
    clean = captures.real(real_data / FOLDER / "CBP_ICE_FY2024_Contract_Obligations.csv")
    found = captures.judged(Pipeline(settings), tmp_path, (faults.truncated(rows)(clean), date(2025, 2, 1)))
    assert [f.scope for f in found if f.kind == "truncated_capture"] == [captures.ICE]


def test_a_year_cut_off_in_its_last_page_is_called_out_beside_an_earlier_whole_one(
    real_data: Path, settings: Settings, tmp_path: Path
) -> None:
    packed = real_data / FOLDER / "earlier_captures" / "CBP_ICE_FY2025_asof_20260213_7f66b0a.csv.gz"
    plain = tmp_path / "whole.csv"
    with gzip.open(packed) as source, plain.open("wb") as out:
        shutil.copyfileobj(source, out)
    whole = captures.real(plain)
    cut = faults.truncated(4100)(whole)
    taken = (whole, date(2026, 2, 13)), (cut, date(2026, 8, 1))
    found = captures.judged(Pipeline(settings), tmp_path, *taken, year=2025)
    assert {"row_count_drift", "restatement"} <= {f.kind for f in found if f.scope == "7012/FY2025"}
