"""tallystick entries: registers, entries and cells with their citations."""

from __future__ import annotations

import json

from tests.views.cli.conftest import Run


def test_the_registers_are_listed_with_what_they_never_do(run: Run) -> None:
    assert run("build").code == 0
    rows = json.loads(run("entries", "--format", "json").out)
    assert {"technologies", "data_sharing"} <= {row["register"] for row in rows}
    assert all(row["never"] for row in rows)


def test_an_entry_is_told_cell_by_cell_with_its_citation(run: Run) -> None:
    assert run("build").code == 0
    whole = json.loads(run("entries", "technologies", "clearview-ai", "--format", "json").out)
    assert whole["facts"]["capability"] == "facial-recognition"
    table = run("entries", "technologies", "clearview-ai").out
    assert "2025-09-05: bought" in table
    assert run("entries", "technologies", "clearviw-ai").code == 2
    assert "clearview-ai" in run("entries", "technologies", "--format", "csv").out
