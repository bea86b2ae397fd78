"""An Edition names the code that computed it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tallystick
from tallystick.ourselves import fingerprint

PACKAGE = Path(tallystick.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGE, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__")))


def test_a_copy_of_the_sources_elsewhere_has_the_same_fingerprint(copy: Path) -> None:
    assert fingerprint(copy) == fingerprint()


@pytest.mark.parametrize("floor", ["metrics/evaluate.py", "engines/duckdb.py", "nouns/edition.py", "pipeline.py"])
def test_a_change_of_what_computes_changes_it(copy: Path, floor: str) -> None:
    changed = copy / floor
    changed.write_text(changed.read_text(encoding="utf-8") + "\nNEW = 1\n", encoding="utf-8")
    assert fingerprint(copy) != fingerprint()


def test_a_change_of_a_view_or_of_line_ends_does_not(copy: Path) -> None:
    view, module = copy / "views" / "answer.py", copy / "pipeline.py"
    view.write_text("", encoding="utf-8")
    module.write_bytes(module.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(copy) == fingerprint()
