"""tallystick build: what was taken in, and what was not."""

from __future__ import annotations

import json
from pathlib import Path

from tests.views.cli.conftest import Run


def test_files_left_alone_are_counted_and_named_when_asked_for(run: Run, small_data: Path) -> None:
    (small_data / "notes.txt").write_text("not a release")
    told = run("build", "--data", str(small_data)).out
    assert "1 file(s) that no source asks for were left alone; build --left-alone names them" in told
    assert "notes.txt" not in told
    assert "notes.txt" in run("build", "--data", str(small_data), "--left-alone").out
    ran = run("build", "--data", str(small_data), "--left-alone", "--format", "json")
    assert "notes.txt" in ran.err
    assert {row["source"] for row in json.loads(ran.out)} == {"naics_codes", "usaspending_captures"}
