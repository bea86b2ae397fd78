"""What leaves the machine is `public` unless a profile is named: bundles, messages, sites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallystick import clock
from tallystick.notify.outbox import Outbox
from tallystick.settings import Settings, for_others
from tallystick.views.cli.main import outcome
from tests.notify.receiver import receiver
from tests.notify.test_hooks import GOOD, SECRET


@pytest.fixture
def home(guarded_home: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.delenv("TALLYSTICK_PROFILE", raising=False)
    monkeypatch.setenv("TALLYSTICK_THREADS", "1")
    monkeypatch.setenv("TALLYSTICK_MEMORY", guarded_home.memory_limit)
    return ["--home", str(guarded_home.home)]


def test_who_names_no_profile_hands_on_public_and_who_names_one_that(guarded_home: Settings) -> None:
    assert guarded_home.profile == ""
    assert for_others(guarded_home).profile == "public"
    assert for_others(for_others(guarded_home)).profile == "public"


def test_a_bundle_of_counts_of_people_is_refused_unless_the_profile_is_open(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["freeze", str(tmp_path / "bundle"), "arrests", "--where", "aor=BUF", *home]
    assert outcome(line) == 2
    said = capsys.readouterr().err
    assert "public" in said
    assert "TALLYSTICK_PROFILE=open" in said
    assert not (tmp_path / "bundle").exists()
    monkeypatch.setenv("TALLYSTICK_PROFILE", "open")
    assert outcome(line) == 0
    assert (tmp_path / "bundle").is_dir()


def test_hooks_hear_no_sentence_of_what_was_found_of_counts_of_people(
    home: list[str], guarded_home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hooks.yml").write_text(GOOD)
    heard = {}
    for profile in ("", "open"):
        monkeypatch.setenv("TALLYSTICK_PROFILE", profile)
        with receiver() as site:
            monkeypatch.setenv("TALLYSTICK_WEBHOOKS", str(tmp_path / "hooks.yml"))
            monkeypatch.setenv("TALLYSTICK_WEBHOOK_SECRET_NEWS_ROOM", SECRET)
            monkeypatch.setenv("TALLYSTICK_LOOPBACK", site.address)
            Outbox(guarded_home.home / "outbox.sqlite").note({"release": {}, "finding": {}}, [], [], clock.now())
            assert outcome(["notify", *home]) == 0
            bodies = [json.loads(body) for body, _ in site.heard]
        (guarded_home.home / "outbox.sqlite").unlink()
        heard[profile] = [body["data"]["says"] for body in bodies if body["type"] == "finding.severe"]
    assert all("told on the own machine only" in says for says in heard[""])
    assert heard[""]
    assert not any("told on the own machine only" in says for says in heard["open"])
