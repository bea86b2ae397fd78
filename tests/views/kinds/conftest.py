"""Visits to views, without a page or a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.nouns.page import Page, View
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.views.kinds.every import shown
from tallystick.views.shown import Shown
from tallystick.views.visit import Visit
from tallystick.views.web.links import ServerLinks
from tallystick.views.words import Words

PAGE = Page("example", "Example", "An example.", 1, (), "records/pages/example.md")

Shows = Callable[..., Shown]


def visit(bench: Bench) -> Visit:
    return Visit(bench, {}, Words(), ServerLinks(), "/example")


def shows_over(bench: Bench) -> Shows:
    def show(kind: str, **options: Any) -> Shown:
        return shown(View(kind, options, 7), PAGE, visit(bench))

    return show


@pytest.fixture(scope="session")
def shows(small_bench: Bench) -> Shows:
    """What a view shows over the small capture: contract actions of one agency, in one fiscal year."""
    return shows_over(small_bench)


@pytest.fixture(scope="session")
def nothing_held(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over a home that holds no release."""
    home: Path = tmp_path_factory.mktemp("empty") / "home"
    return Bench(Pipeline(Settings(home, (bundled_records(),), threads=1, memory_limit="2GB")))
