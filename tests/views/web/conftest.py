"""A real server process on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.views.conftest import written_small

SOON = 90.0


@dataclass(frozen=True)
class Server:
    """A server that runs: its process, its URL, and the home it serves."""

    process: subprocess.Popen[str]
    url: str
    home: Path

    def get(self, path: str, **asked: object) -> httpx.Response:
        """What it answers; asked again while it works the answer, or the rest of a page, out."""
        while True:
            answer = httpx.get(self.url + path, timeout=SOON, **asked)  # type: ignore[arg-type]
            if "retry-after" not in answer.headers:
                return answer


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Server]:
    """A server over a home, on a free port of this machine."""
    command = [sys.executable, "-m", "tallystick", "serve", "--port", "0", "--home", str(home), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        try:
            assert "http" in told, process.communicate()[1]
            yield Server(process, told.split("http", 1)[1].split("/ ")[0].join(("http", "")), home)
        finally:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def served(small_home: Settings) -> Iterator[Server]:
    """A server that only reads, for every test."""
    Pipeline(small_home).build()
    with serving(small_home.home) as server:
        yield server


@pytest.fixture
def own_home(settings: Settings, tmp_path: Path) -> Path:
    """A home that a test may change."""
    pipeline = Pipeline(settings)
    pipeline.take_in(written_small(tmp_path / "data"))
    pipeline.build()
    return settings.home
