"""Reports are replayed up to an instant within a day: what was told later is not there, the log stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.errors import UsageError
from tallystick.pipeline import Pipeline
from tallystick.reporting.log import Log
from tallystick.reporting.replay import Replayed, replay
from tallystick.settings import Settings, bundled_records
from tests.reporting.made import accepted, counts, token

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def home(folder: Path) -> Pipeline:
    return Pipeline(Settings(folder, (bundled_records(),), threads=1, memory_limit="2GB"))


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """An office told a count at noon, and another an hour later."""
    made = Log.of(tmp_path / "reported")
    by = token(made)
    accepted(made, counts("SEA,2026-03-08,arrests,4,1", by=by), NOON)
    accepted(made, counts("SEA,2026-03-08,arrests,7,2", by=by), NOON + timedelta(hours=1))
    return made


def test_of_two_reports_of_one_day_only_that_told_by_the_instant_is_in_force(log: Log, tmp_path: Path) -> None:
    before = log.end()
    into = home(tmp_path / "then")
    assert replay(log, NOON + timedelta(minutes=30), into) == Replayed(1, 1, NOON)
    (release,) = into.ledger.releases("reported_office_counts")
    with into.store.open(release.sha256) as file:
        sealed = file.read().decode()
    assert "arrests,4,1" in sealed
    assert "arrests,7,2" not in sealed
    assert log.end() == before


def test_what_was_told_keeps_its_hash_its_author_and_its_instant(log: Log, tmp_path: Path) -> None:
    assert replay(log, NOON + timedelta(hours=1), home(tmp_path / "then")).batches == 2
    with Log.of(tmp_path / "then") as its:
        assert its.until(NOON + timedelta(days=1)) == log.until(NOON + timedelta(days=1))
        assert its.tokens() == []


def test_before_the_first_report_there_is_nothing_and_a_home_with_reports_is_never_written_over(
    log: Log, tmp_path: Path
) -> None:
    assert replay(log, NOON - timedelta(seconds=1), home(tmp_path / "then")) == Replayed(0, 0, None)
    with pytest.raises(UsageError, match="holds reports already"):
        replay(log, NOON, home(tmp_path / "then"))
