"""`review --of` lists what a row of a register decides, and says which register."""

from __future__ import annotations

from pathlib import Path

from tallystick.settings import bundled_records
from tests.views.cli.conftest import Run

SOURCE = "ai_use_cases_2024"


def _with_an_inventory(run: Run, tmp_path: Path) -> None:
    """Two made-up uses of the layout of 2024, whose one cell of contracts has a dirty identifier."""
    own = bundled_records() / "sources/us" / SOURCE
    overlay = tmp_path / "mine/sources/us" / SOURCE
    overlay.mkdir(parents=True)
    stated = (own / "source.yml").read_text(encoding="utf-8").replace("min: 500,", "min: 1,")
    (overlay / "source.yml").write_text(stated, encoding="utf-8")
    (overlay / "read.py").write_bytes((own / "read.py").read_bytes())
    sample = own / "sample" / "2024_consolidated_ai_inventory_raw_v2.csv"
    ran = run("add", SOURCE, str(sample), "--as-of", "2024-12-16", "--records", "mine", "--home", "home")
    assert ran.code == 0, ran.err


def test_a_dirty_identifier_waits_with_its_repair_and_the_register_that_decides(run: Run, tmp_path: Path) -> None:
    _with_an_inventory(run, tmp_path)
    ran = run("review", "--of", "piids", "--records", "mine", "--home", "home")
    assert ran.code == 0, ran.err
    assert "GS-35F-000AA" in ran.out
    assert "GS35F000AA" in ran.out
    assert "piid_repairs.csv decides" in ran.out + ran.err
    nothing = run("review", "--of", "ai-uses", "--records", "mine", "--home", "home")
    assert "Nothing is waiting." in nothing.out + nothing.err
