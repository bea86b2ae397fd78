"""Every source carries a small made-up release in the publisher's layout, and reads it without a severe Finding."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tallystick.archive.store import Store
from tallystick.catalog import Catalog
from tallystick.clock import now
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import RowCount, Source
from tallystick.settings import bundled_records
from tallystick.sources.publish import publish

SOURCES = Catalog((bundled_records(),)).sources
SAMPLED = [source for source in SOURCES.values() if (source.folder / "sample").is_dir()]


def sample_files(source: Source) -> list[Path]:
    return sorted(path for path in (source.folder / "sample").iterdir() if path.is_file())


def without_floor(source: Source) -> Source:
    """The source with no lower bound on rows: a sample is as small as it can be."""
    publishes = {
        table: msgspec.structs.replace(
            publication, expect=msgspec.structs.replace(publication.expect, rows=RowCount(min=1))
        )
        for table, publication in source.publishes.items()
    }
    return msgspec.structs.replace(source, publishes=publishes)


@pytest.mark.parametrize("source", SAMPLED, ids=lambda source: source.id)
def test_every_sample_reads_without_a_severe_finding_and_fills_every_column(source: Source, tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    filled: dict[str, set[str]] = {table: set() for table in source.publishes}
    for path in sample_files(source):
        stored = store.add(path)
        release = Release(Provenance(source.id, path.name), stored.sha256, stored.size, now())
        with DuckDB(threads=1, memory="1GB") as engine:
            made = publish(release, without_floor(source), store, tmp_path / "published", engine)
        assert [finding.says for finding in made.findings if finding.severity is Severity.SEVERE] == []
        for file in made.files:
            rows = pq.read_table(tmp_path / "published" / file["table"] / file["file"])
            assert rows.num_rows > 0
            filled[file["table"]] |= {name for name in rows.column_names if pc.count(rows[name]).as_py()}
    for table, publication in source.publishes.items():
        assert set(publication.columns) - filled[table] == set()


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_every_source_carries_a_sample(source: Source) -> None:
    assert source in SAMPLED, f"records/sources/us/{source.id} needs a sample/ folder"
