"""A command line to run in this process, over a home that holds a few small releases."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.views.cli.main import outcome
from tests.views.conftest import written_small


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


@pytest.fixture
def built(run: Run, small_home: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Over the home of the small releases that is made once a run: only to ask, never to add or decide."""
    monkeypatch.setenv("TALLYSTICK_HOME", str(small_home.home))
    monkeypatch.setenv("TALLYSTICK_THREADS", str(small_home.threads))  # as others of this process have it open
    monkeypatch.setenv("TALLYSTICK_MEMORY", small_home.memory_limit)

    def asked(*arguments: str) -> Ran:
        ran = run(*arguments)
        gc.collect()  # a process that ends gives back what it had open
        return ran

    return asked


@dataclass(frozen=True)
class OwnRecord:
    """A home of the small releases with one record laid over those of the project."""

    folder: Path

    @classmethod
    def laid(cls, folder: Path, path: str, text: str) -> OwnRecord:
        """The home below `folder`, made; the record lies at `path` below its records."""
        record = folder / "mine" / path
        record.parent.mkdir(parents=True)
        record.write_text(text)
        settings = Settings(folder / "home", (bundled_records(), folder / "mine"), threads=1, memory_limit="2GB")
        Pipeline(settings).take_in(written_small(folder / "data"))
        return cls(folder)

    def asked_by(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
        """The command line over this home."""
        monkeypatch.setenv("TALLYSTICK_HOME", str(self.folder / "home"))
        monkeypatch.setenv("TALLYSTICK_RECORDS", str(self.folder / "mine"))
        return run
