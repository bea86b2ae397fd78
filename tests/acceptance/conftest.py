"""One warehouse of the real releases for every test of this folder."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from tallystick.bench import Bench
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

RELEASES = (
    "20241220175644-FY24_detentionStats.xlsx",
    "FY25_detentionStats01162025.xlsx",
    "FY25_detentionStats09242025.xlsx",
    "FY26_detentionStats02022026.xlsx",
    "FY26_detentionStats_04092026.xlsx",
)


@pytest.fixture(scope="session")
def bench(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over the captures, the code lists and the laws."""
    home = tmp_path_factory.mktemp("acceptance")
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    for folder in ("reference", "budget", "procurement/other", "procurement/usaspending_transactions_api"):
        taken = pipeline.take_in(real_data / folder)
        assert not taken.refused
    return Bench(pipeline)


@pytest.fixture(scope="session")
def workbooks(real_data: Path) -> Path:
    return real_data / "detention_statistics" / "xlsx"


@pytest.fixture(scope="session")
def detention(workbooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench over five workbooks: the last of three fiscal years, and two between."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("workbooks")
    for name in RELEASES:
        copy(workbooks / name, folder / name)
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    assert not pipeline.take_in(folder).refused
    return Bench(pipeline)
