"""What is overdue, as the command tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallystick.views.cli.main import outcome

HEADER = "naics_code,naics_description\n"


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    own = tmp_path / "records" / "sources" / "us" / "fair_days"
    own.mkdir(parents=True)
    (own / "source.yml").write_text(
        "title: t\npublisher: p\nlicence: l\ncitation: c\ncadence: weekly\nrestates: snapshots\n"
        "releases: {match: ['fair_(?P<as_of>[0-9]{8})\\.csv']}\n"
        "publishes: {fair_days_published: {grain: one stall, key: [stall], columns: {stall: {required: true}}}}\n"
    )
    files = []
    for day in ("20260105", "20260112", "20260209"):
        files.append(tmp_path / f"fair_{day}.csv")
        files[-1].write_text(f"stall\n{day}\n")
    assert run(tmp_path, "add", "fair_days", *map(str, files)) == 0
    capsys.readouterr()
    return tmp_path


def run(home: Path, *arguments: str) -> int:
    return outcome([*arguments, "--home", str(home / "home"), "--records", str(home / "records")])


def test_late_tells_what_is_overdue_as_known_on_a_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "late", "--as-known-on", "2026-02-20", "--format", "json") == 0
    (told,) = [row for row in json.loads(capsys.readouterr().out) if row["source"] == "fair_days"]
    assert told == {
        "source": "fair_days", "promised_by": "its publisher", "cadence": "weekly",
        "last_release": "fair_20260209.csv", "last_day": "2026-02-09",
        "expected_by": "2026-02-16", "days_late": 4, "left_out": 3,
    }  # fmt: skip


def test_late_lists_the_gaps_of_one_source(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "late", "fair_days", "--as-known-on", "2026-02-10", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows == [{"promised_by": "its publisher", "after": "2026-01-12", "before": "2026-02-09", "left_out": 3}]


def test_sources_tells_when_the_next_release_is_due(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "sources", "--format", "json") == 0
    told = {row["source"]: row for row in json.loads(capsys.readouterr().out)}
    assert told["fair_days"]["expected_by"] == "2026-02-16"
    assert told["fair_days"]["days_late"] > 0
    assert told["psc_codes"]["expected_by"] is None


def test_a_source_that_nobody_has_is_refused_with_near_names(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "late", "fair_day") == 2
    assert "fair_days" in capsys.readouterr().err
