"""What a killed server had acknowledged is in force for whoever asks next, and a home may begin with a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx
import pytest

import tallystick
from tallystick.nouns.metric import Question
from tallystick.reporting.door import make_token
from tallystick.reporting.log import Log
from tallystick.reporting.seal import seal_what_waits
from tallystick.settings import Settings, bundled_records
from tests.reporting.made import ALL, COUNTS, accepted, batch_of, token
from tests.reporting.serving import serving

TOLD = Question(
    "reported_count", {"office": "SEA", "measure": "arrests"}, start=date(2026, 3, 9), end=date(2026, 3, 9)
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "mine").mkdir()
    return Settings(tmp_path / "home", (bundled_records(),), threads=1, memory_limit="2GB")


def test_a_home_begins_with_a_report_and_what_a_killed_server_acknowledged_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    with Log.of(settings.home) as log:
        _, its = make_token(log, "An invented office", ALL)
    with serving(settings, tmp_path, its) as server:
        for page in ("/", "/offices", "/claims", "/sources", "/api/v1/releases"):
            assert httpx.get(server.url + page, timeout=60).status_code == 200
        assert server.post("office-counts", f"{COUNTS}\nSEA,2026-03-09,arrests,14,1\n").status_code == 201
        server.process.kill()
        server.process.wait()
    assert tallystick.open(settings.home).ask(TOLD).value == 14


def test_what_waits_is_sealed_once_and_nothing_is_made_where_nothing_was_reported(settings: Settings) -> None:
    door = tallystick.open(settings.home)
    seal_what_waits(door.pipeline)
    assert not settings.home.exists()
    with Log.of(settings.home) as log:
        receipt = accepted(log, batch_of("office_counts", COUNTS, "SEA,2026-03-09,arrests,14,1", by=token(log)))
        assert receipt.new == 1
    assert door.ask(TOLD).value == 14
    seal_what_waits(door.pipeline)
    assert len(list(door.pipeline.ledger.releases())) == 1
