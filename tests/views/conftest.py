"""A few small releases, made up in the real layouts, for the views to show."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

HEADER = [
    "Award ID", "Recipient Name", "Federal Action Obligation", "Agency", "Action Date", "Modification",
    "Product/Service Description", "NAICS Description", "Transaction Description", "Generated Award ID",
]  # fmt: skip
ACTIONS = 123
"""How many actions the small capture holds."""


def amount(number: int) -> Decimal:
    """The obligation of the action of that number: odd cents, and every tenth a de-obligation."""
    return Decimal(number) * (-1 if number % 10 == 0 else 1) + Decimal("0.07")


TOTAL = sum((amount(number) for number in range(ACTIONS)), Decimal(0))


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    """A folder with one capture of ICE's fiscal year 2025 and the code list that names its industry."""
    return written_small(tmp_path / "data")


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that holds the small capture, made once a run; it is only read."""
    folder = tmp_path_factory.mktemp("small")
    settings = Settings(folder / "home", (bundled_records(),), threads=1, memory_limit="2GB")
    Pipeline(settings).take_in(written_small(folder / "data"))
    return settings


@pytest.fixture(scope="session")
def small_bench(small_home: Settings) -> Bench:
    """A bench over the small capture: only to be asked."""
    return Bench(Pipeline(small_home))


def written_small(folder: Path) -> Path:
    """The folder, with the small capture and the code list in it."""
    folder.mkdir()
    with (folder / "CBP_ICE_FY2025_asof_20260820_small.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_action(number) for number in range(ACTIONS))
    (folder / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms Manufacturing\n")
    return folder


def _action(number: int) -> list[str]:
    piid = f"70CMSW25P{number:08d}"
    day = date(2024, 10, 1) + timedelta(days=number * 2)
    return [
        piid, "EXAMPLE OUTFITTERS INC", str(amount(number)), "ICE", day.isoformat(), "0",
        "GUNS, THROUGH 30 MM", "SMALL ARMS MANUFACTURING", "SIDEARMS", f"CONT_AWD_{piid}_7012_-NONE-_-NONE-",
    ]  # fmt: skip
