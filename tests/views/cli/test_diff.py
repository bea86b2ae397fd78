"""tallystick diff: the rows that differ, as a person reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.views.cli.conftest import Run

OLDER = "CBP_ICE_FY2025_asof_20260213_small.csv"


@pytest.fixture
def twice(run: Run, small_data: Path) -> Run:
    """A capture, and an earlier one in which one amount was another."""
    capture = next(small_data.glob("CBP_ICE_FY2025_asof_*.csv"))
    lines = capture.read_text().splitlines()
    lines[8] = lines[8].replace("7.07", "700.07")
    (small_data / OLDER).write_text("\n".join(lines) + "\n")
    assert run("build", "--data", str(small_data)).code == 0
    return run


def test_rows_show_what_changed_into_what(twice: Run) -> None:
    ran = twice("diff", "2026-02-13", "2026-08-20", "--table", "contract_actions", "--show", "rows")
    assert ran.code == 0
    assert "70CMSW25P00000007" in ran.out
    assert "federal_action_obligation_usd: $700.07 -> $7.07" in ran.out
    assert "-$693.00" in ran.out
    assert "…" not in ran.out


def test_the_summary_counts_what_the_publisher_changed(twice: Run) -> None:
    ran = twice("diff", "2026-02-13", "2026-08-20", "--table", "contract_actions", "--format", "json")
    (row,) = json.loads(ran.out)
    assert (row["changed"], row["derived"]) == (1, 0)


def test_what_is_no_day_release_or_edition_is_told_what_would_be(twice: Run) -> None:
    ran = twice("diff", "2026-02-13", "nope")
    assert ran.code == 2
    assert "2026-02-28" in ran.err
    assert "tallystick releases" in ran.err
