"""A home of its own for each test, and what another process does there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.current import Current
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.views.conftest import written_small

Elsewhere = Callable[..., None]


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Settings:
    """A home that holds the small capture, for one test alone."""
    Pipeline(settings).take_in(written_small(tmp_path / "data"))
    return replace(settings, threads=1)


@pytest.fixture
def current(home: Settings) -> Iterator[Current]:
    made = Current(home)
    yield made
    made.close()


@pytest.fixture
def elsewhere(home: Settings) -> Elsewhere:
    """Runs a command line over the home in another process, to its end."""

    def run(*arguments: str) -> None:
        command = [sys.executable, "-m", "tallystick", *arguments, "--home", str(home.home)]
        subprocess.run(command, check=True, capture_output=True)

    return run
