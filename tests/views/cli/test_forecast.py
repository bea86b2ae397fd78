"""Forecasts at a command line, of a process that somebody has just begun to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallystick.errors import UnknownName
from tallystick.views.cli import scaffold
from tests.views.cli.conftest import Ran, Run


@pytest.fixture
def permits(run: Run, tmp_path: Path) -> Run:
    """A home that holds nothing yet, with the process that `new process` begins."""
    scaffold.write(scaffold.process("permits"), tmp_path / "mine")
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms Manufacturing\n")
    assert run("add", "naics_codes", "naics.csv", "--home", "home", "--records", "mine").code == 0

    def asked(*arguments: str) -> Ran:
        return run("forecast", *arguments, "--home", "home", "--records", "mine")

    return asked


def test_units_the_programme_and_the_score_are_told_with_what_they_rest_on(permits: Run, tmp_path: Path) -> None:
    told = permits("permits")
    assert told.code == 0, told.err
    assert "under way" in told.out
    assert "the same chance every day" in told.out.replace("\n", " ")
    assert (tmp_path / "home" / "forecasts.sqlite").exists()
    rows = json.loads(permits("permits", "--format", "json").out)
    assert rows
    for row in rows:
        assert row["due_date"] is not None
        if row["chance_within_7_days"] is None:
            assert row["unknown_because"].startswith(("not heard of since", "none was ever seen done"))
        else:
            assert 0 <= row["chance_within_7_days"] <= row["chance_within_60_days"] <= 1
    score = permits("permits", "--of", "score")
    assert "Forecasts kept: 1; 1 made ahead" in score.out
    assert permits("permits", "--of", "programme").code == 0
    assert permits("permits", "--of", "past").code == 0


def test_a_process_or_stage_that_is_not_there_is_refused_with_near_names(permits: Run) -> None:
    for refused in (permits("permit"), permits("permits", "--stage", "readin")):
        assert refused.code == UnknownName.exit_code
        assert "did you mean" in refused.err
