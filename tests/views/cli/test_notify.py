"""tallystick notify: who is told, and what the command says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick import clock
from tallystick.notify.outbox import Outbox
from tallystick.settings import from_environment
from tallystick.views.cli.notify import notified_beside
from tests.notify.receiver import receiver
from tests.notify.test_hooks import GOOD, SECRET
from tests.views.cli.conftest import Run


def test_nobody_named_says_how_to_name_somebody(run: Run, small_data: Path) -> None:
    assert run("add", "naics_codes", str(small_data / "naics.csv")).code == 0
    ran = run("notify")
    assert ran.code == 2
    assert "TALLYSTICK_WEBHOOKS" in ran.err


def test_the_hooks_are_told_and_the_command_says_so(
    run: Run, small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("add", "naics_codes", str(small_data / "naics.csv")).code == 0
    (tmp_path / "hooks.yml").write_text(GOOD)
    with receiver() as site:
        monkeypatch.setenv("TALLYSTICK_WEBHOOKS", str(tmp_path / "hooks.yml"))
        monkeypatch.setenv("TALLYSTICK_WEBHOOK_SECRET_NEWS_ROOM", SECRET)
        monkeypatch.setenv("TALLYSTICK_LOOPBACK", site.address)
        Outbox(Path(".tallystick") / "outbox.sqlite").note({"release": {}, "finding": {}}, [], [], clock.now())
        assert "hooks: 1 new, 1 delivered, 0 waiting" in run("notify").out
        assert "hooks: 0 new, 0 delivered, 0 waiting" in run("notify").out
        assert len(site.heard) == 1


def test_who_goes_on_whatever_becomes_of_it_hears_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = from_environment({"TALLYSTICK_HOME": str(tmp_path), "TALLYSTICK_WEBHOOKS": str(tmp_path / "none.yml")})
    notified_beside(settings, look=False)
    assert "TALLYSTICK_WEBHOOKS names a file that is not there" in capsys.readouterr().err
