"""A command line to run in this process, over a home that holds a few small releases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.views.cli.main import outcome


@dataclass(frozen=True)
class Ran:
    """What one command line gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in an empty folder, with nothing of ours in the environment."""
    for name in ("HOME", "RECORDS", "DATA", "THREADS", "MEMORY"):
        monkeypatch.delenv(f"TALLYSTICK_{name}", raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Ran:
        capfd.readouterr()
        code = outcome(arguments)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return command
