"""scripts/spreadsheet.py: workbooks made for samples and tests are the same wherever and whenever they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from scripts.make_detention_sample import FOLDER, early, late
from scripts.spreadsheet import Made, Value, write

from tallystick.nouns.member import Member
from tallystick.workbooks import Workbook, workbook

ROOT = Path(__file__).parents[2]
MAKE = """
import sys
from pathlib import Path
from scripts.make_detention_sample import early
from scripts.spreadsheet import write
write(Path(sys.argv[1]), early())
"""


def opened(path: Path) -> Workbook:
    return workbook(Member(path.name, path))


def test_the_same_cells_give_the_same_bytes_in_another_process_and_zone(tmp_path: Path) -> None:
    for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2")):
        told = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        subprocess.run([sys.executable, "-c", MAKE, tmp_path / f"{seed}.xlsx"], check=True, env=told)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.parametrize(("make", "name"), [(early, "FY22_*.xlsx"), (late, "*-FY26_*.xlsx")])
def test_the_samples_hold_what_the_script_writes(make: Callable[[], list[Made]], name: str, tmp_path: Path) -> None:
    (kept,) = (ROOT / FOLDER).glob(name)
    assert opened(kept).sheets == opened(write(tmp_path / "again.xlsx", make())).sheets


def test_cells_are_written_as_they_are_told(tmp_path: Path) -> None:
    row: list[Value] = ["=1+1", "https://example.org", "0097", 12.5, 7, date(2025, 3, 1), None, " spaced "]
    hidden = Made("Old", {(0, 0): [["left over"]]}, hidden=True)
    book = opened(write(tmp_path / "b.xlsx", [hidden, Made("New", {(2, 1): [row]})]))
    old, new = book.sheets
    assert (old.is_hidden, new.is_hidden) == (True, False)
    assert list(new.rows[-1])[-len(row) :] == [*row[:6], "", " spaced "]
