"""What is news: what landed, what was found severe, which verdicts changed; each told once, and nothing of before."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick import clock
from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.notify.news import news
from tallystick.notify.outbox import Outbox
from tallystick.notify.tell import FILE, tell
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings
from tests.notify.receiver import receiver
from tests.notify.test_hooks import GOOD, SECRET
from tests.views.conftest import HEADER


@pytest.fixture
def telling(settings: Settings, tmp_path: Path) -> Settings:
    path = tmp_path / "hooks.yml"
    path.write_text(GOOD)
    return replace(settings, webhooks=path, webhook_secrets={"news_room": SECRET})


def land(settings: Settings, folder: Path, name: str, rows: list[list[str]]) -> None:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    pipeline = Pipeline(settings)
    source = pipeline.catalog.source("naics_codes" if name.startswith("naics") else "usaspending_captures")
    pipeline.add(source, path, Provenance(source.id, name))


def test_what_landed_after_the_first_round_is_told_once(telling: Settings, tmp_path: Path) -> None:
    with receiver() as site:
        settings = replace(telling, network=Network(loopback=site.address))
        land(settings, tmp_path, "naics.csv", [["naics_code", "naics_description"], ["332994", "Small Arms"]])
        assert tell(Bench(Pipeline(settings)), settings).events == 0
        action = [
            "70CMSW25P1", "EXAMPLE INC", "1.00", "ICE", "2024-10-02", "0", "GUNS", "SMALL ARMS", "X",
            "CONT_AWD_70CMSW25P1_7012_-NONE-_-NONE-",
        ]  # fmt: skip
        land(settings, tmp_path, "CBP_ICE_FY2025_asof_20260820_small.csv", [HEADER, action])
        told = tell(Bench(Pipeline(settings)), settings)
        assert (told.events, told.delivered.arrived, told.waiting) == (2, 2, 0)
        assert tell(Bench(Pipeline(settings)), settings).events == 0
        landed, severe = (json.loads(body) for body, _ in site.heard)
        assert (landed["type"], landed["data"]["name"]) == (
            "release.landed",
            "CBP_ICE_FY2025_asof_20260820_small.csv",
        )
        assert (severe["type"], severe["data"]["release"]) == ("finding.severe", landed["data"]["release"])


def test_what_was_noted_and_not_delivered_is_delivered_later(telling: Settings, tmp_path: Path) -> None:
    land(telling, tmp_path, "naics.csv", [["naics_code", "naics_description"], ["332994", "Small Arms"]])
    nobody = replace(telling, network=Network(loopback="http://127.0.0.1:1"))
    Outbox(telling.home / FILE).note({"release": {}, "finding": {}}, [], [], clock.now())
    assert tell(Bench(Pipeline(nobody)), nobody).waiting == 1


def test_a_verdict_that_changed_is_news_and_one_first_seen_is_not(small_bench: Bench) -> None:
    now = {"verdict": {"a": "fails", "b": "holds", "c": "unknown"}}
    before = {"verdict": {"a": "holds", "b": "holds"}}
    (event,) = news(small_bench, before, now)
    assert (event.type, event.data["was"], event.data["is"]) == ("verdict.changed", "holds", "fails")
    assert list(news(small_bench, {}, now)) == []


def test_a_severe_finding_is_news(small_bench: Bench) -> None:
    (finding, *_) = small_bench.findings()
    (event,) = news(small_bench, {"finding": {}}, {"finding": {finding.id: "severe"}})
    assert (event.type, event.data["says"]) == ("finding.severe", finding.says)


def test_nobody_to_tell_is_said(settings: Settings, small_bench: Bench) -> None:
    with pytest.raises(UsageError, match="nobody is named"):
        tell(small_bench, settings)
    with pytest.raises(UsageError, match="not there"):
        tell(small_bench, replace(settings, webhooks=Path("absent.yml")))
