"""An Edition's tables are made from those of one much like it, and are what they would be if made from nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from tallystick.engines.duckdb import DuckDB, named
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.build import build
from tests.views.conftest import written_small

_EXCLUDED = re.compile(r"(?<=EXCLUDE \()([^)]*)")
COUNTS = bundled_records() / "sources/us/reported_office_counts/sample"


def contents(file: Path, names: list[str]) -> dict[str, Any]:
    """All that a database file says: its views, and the rows of each table by count and hash."""
    with DuckDB(file, read_only=True, threads=1) as engine:
        views = engine.run("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
        its = [*map(named, names), *(f"superseded.{named(name)}" for name in engine.tables("superseded"))]
        rows = {
            name: engine.run(f"SELECT count(*), sum(hash(its)) FROM {name} AS its").fetchone()  # in any order
            for name in its
        }
    return {"views": {name: _EXCLUDED.sub(_sorted, sql) for name, sql in views}, **rows}


def _sorted(excluded: re.Match[str]) -> str:
    """The engine writes the columns that a view leaves out in any order."""
    return ", ".join(sorted(excluded[1].split(", ")))


def test_what_another_edition_has_in_common_is_copied_and_the_rest_is_as_if_made_from_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    line = Pipeline(settings)
    line.take_in(written_small(tmp_path / "data"))
    line.build()
    before = line.edition()
    more = tmp_path / "more_naics.csv"
    more.write_text("naics_code,naics_description\n332994,Arms\n541512,Computer Systems Design Services\n")
    line.add(line.catalog.source("naics_codes"), more, Provenance("naics_codes", "naics.csv"))
    (sample,) = COUNTS.iterdir()
    line.add(line.catalog.source("reported_office_counts"), sample, Provenance("reported_office_counts", sample.name))
    edition = line.edition()
    asked: list[str] = []
    names = [
        name for name in line.graph.names if name in {"naics_codes", "contract_actions", "count_tellings", "awards"}
    ]

    def alike(_: object) -> list[Any]:
        asked.append("before")
        return [replace(before, parts=edition.parts[1:]), before]  # of the first no file is there

    made = build(edition, line.graph, line.warehouse, (1, "2GB"), alike)
    from_before = contents(made, names)
    made.unlink()
    assert asked == ["before"]
    assert contents(build(edition, line.graph, line.warehouse, (1, "2GB")), names) == from_before
    assert from_before[named("count_tellings")][0] == 3
