"""One warehouse of the real releases for every test of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records


@pytest.fixture(scope="session")
def bench(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over the captures, the code lists and the laws."""
    home = tmp_path_factory.mktemp("acceptance")
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    for folder in ("reference", "budget", "procurement/other", "procurement/usaspending_transactions_api"):
        taken = pipeline.take_in(real_data / folder)
        assert not taken.refused
    return Bench(pipeline)
