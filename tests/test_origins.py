"""What stands behind a figure: asked once for each shape, and counted without being put in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tests.views.conftest import written_small

ASKED = (
    Question("obligations", {"agency": "ICE"}, start=date(2024, 10, 1), end=date(2024, 12, 31)),
    Question("obligations", {"agency": "ICE"}, start=date(2025, 1, 1), end=date(2025, 3, 31)),
    Question("obligations", {"agency": "CBP"}, start=date(2025, 1, 1), end=date(2025, 3, 31)),
    Question("ceiling", {"agency": "ICE"}),
)
MANY = 100_000


def test_rows_are_counted_and_placed_as_they_are_shown_and_nobody_puts_them_in_order_for_that(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Pipeline(settings).take_in(written_small(tmp_path / "data"))
    bench = Bench(Pipeline(settings))
    told: list[str] = []
    plain = DuckDB.run

    def noted(its: DuckDB, sql: str, values: Sequence[str | date] = ()) -> object:
        told.append(sql)
        return plain(its, sql, values)

    monkeypatch.setattr(DuckDB, "run", noted)
    for asked in ASKED:
        bench.ask(asked)
        rows = bench.why(asked, MANY)
        told.clear()
        counts, releases = bench.counts_behind(asked), bench.releases_behind(asked)
        assert told
        assert not [sql for sql in told if "ORDER BY" in sql.upper()]
        shown = [row.get("table", next(iter(counts))) for row in rows]
        assert dict(counts) == {name: shown.count(name) for name in counts}
        assert {release.id for release in releases} == {row["release_id"] for row in rows if "release_id" in row}
