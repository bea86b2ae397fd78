"""The official transaction files: every column named, people withheld, deltas amend, the state as if rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.generate_transactions import SOURCE, TABLE, Wanted, delta, full

from tallystick.archive.ledger import Publication
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Severity
from tallystick.nouns.member import Member
from tallystick.nouns.release import Provenance
from tallystick.nouns.source import WITHHELD
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.sources.header import header
from tallystick.tables.fingerprint import fingerprint

WANTED = Wanted(rows=1200, parts=2)
PERSONAL = ("officer", "phone", "fax", "address", "doing_business", "sole_proprietorship")


def added(pipeline: Pipeline, path: Path) -> Publication:
    return pipeline.add(pipeline.catalog.source(SOURCE), path, Provenance(SOURCE, path.name))[1]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("official")
    return full(folder, WANTED), delta(folder, WANTED, 100, "20260206")


@pytest.mark.real_data
@pytest.mark.parametrize("count", [297, 259])
def test_every_column_of_every_official_layout_is_kept_or_dropped_by_name(
    real_data: Path, tmp_path: Path, catalog: Catalog, count: int
) -> None:
    sections = (real_data / "procurement" / "official_column_lists.txt").read_text().split("## ")
    (section,) = [told for told in sections if told.split("\n")[0].endswith(f"({count})") and "ransaction" in told]
    names = section.split("\n")[1:]
    layout = [name.strip() for name in names if name.strip()]
    assert len(layout) == count
    path = tmp_path / "head.csv"
    path.write_text(",".join(layout) + "\n")
    source = catalog.source(SOURCE)
    head = header(Member("head.csv", path), source, source.publishes[TABLE])
    assert (head.unknown, head.missing) == ((), ())


def test_a_full_file_is_read_whole_and_holds_nothing_of_people(
    archives: tuple[Path, Path], settings: Settings
) -> None:
    published = added(Pipeline(settings), archives[0])
    assert [finding for finding in published.findings if finding.severity is Severity.SEVERE] == []
    (file,) = published.files
    assert (file["rows"], file["restates"]) == (1200, "scope")
    assert set(file["scopes"]) >= {"7012/FY2025", "7014/FY2025"}
    with DuckDB() as engine:
        told = engine.query(f"FROM '{settings.home}/published/{TABLE}/{file['file']}'")
    assert not [name for name in told.column_names if any(word in name for word in PERSONAL)]
    held = [row for row in told.to_pylist() if row["recipient_name"] == WITHHELD]
    assert held
    assert {row["recipient_uei"] for row in held} == {WITHHELD}
    assert all(row["federal_action_obligation_usd"] is not None for row in held)


def test_a_delta_amends_adds_and_takes_away_and_the_state_is_that_of_a_rebuild(
    archives: tuple[Path, Path], settings: Settings, tmp_path: Path
) -> None:
    pipeline = Pipeline(settings)
    added(pipeline, archives[0])
    pipeline.build()
    amended = added(pipeline, archives[1])
    assert [finding for finding in amended.findings if finding.severity is Severity.SEVERE] == []
    rebuilt = Pipeline(Settings(tmp_path / "rebuilt", settings.records, threads=1, memory_limit="1GB"))
    for path in reversed(archives):
        added(rebuilt, path)
    assert _state(pipeline) == _state(rebuilt)
    with DuckDB(pipeline.warehouse.edition(pipeline.build().id), read_only=True) as engine:
        ((rows, keys, taken),) = engine.run(
            f"SELECT count(*), count(DISTINCT contract_transaction_unique_key), "
            f"count(*) FILTER (WHERE correction_delete_ind = 'D') FROM {TABLE}"
        ).fetchall()
    assert (rows, keys, taken) == (1200 + 10 - 10, 1200, 0)


def _state(pipeline: Pipeline) -> list[str]:
    edition = pipeline.build()
    with DuckDB(pipeline.warehouse.edition(edition.id), read_only=True) as engine:
        return [fingerprint(engine, table) for table in (TABLE, "contract_actions")]


def test_a_file_renamed_to_another_year_is_kept_out(
    archives: tuple[Path, Path], settings: Settings, tmp_path: Path
) -> None:
    renamed = tmp_path / archives[0].name.replace("FY2025", "FY2024")
    renamed.write_bytes(archives[0].read_bytes())
    pipeline = Pipeline(settings)
    published = added(pipeline, renamed)
    assert "not_what_the_name_says" in {finding.kind for finding in published.findings}
    assert pipeline.edition().of(TABLE) == ()
