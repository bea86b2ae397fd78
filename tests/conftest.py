"""What several tests need: a fresh home, the records, and the real releases where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.settings import Settings, bundled_records


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real releases; the test is skipped, saying so, where there is none."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("TALLYSTICK_DATA", beside))
    if not folder.is_dir():
        pytest.skip("needs the real releases: set TALLYSTICK_DATA or put them at ../shared/data")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", records=(bundled_records(),), threads=1, memory_limit="2GB")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog((bundled_records(),))
