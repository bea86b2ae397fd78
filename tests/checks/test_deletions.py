"""Rows that only take a row away say nothing that could be missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tallystick.checks.judge import judge
from tallystick.checks.profile import profiles
from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.release import Provenance, Release
from tallystick.nouns.source import Beside, Column, Deletes, Expect, Publication, Type

TOLD = Publication(
    grain="one action",
    columns={"key": Column(required=True), "amount": Column(type=Type.MONEY, required=True), "change": Column()},
    key=["key"],
    expect=Expect(implausible=Beside(amount="amount", group=["key"])),
)
GONE = Deletes(column="change", value="D")
RELEASE = Release(Provenance("s", "delta.zip", as_of=date(2026, 2, 6)), "a", 1, datetime(2026, 2, 6, tzinfo=UTC))


def delta(path: Path, rows: str) -> Subject:
    engine = DuckDB()
    engine.write(
        f"SELECT 'all' AS scope, 'm' AS member, * FROM (VALUES {rows}) t(source_row, key, amount, change)", path
    )
    return Subject(RELEASE, "t", TOLD, "keys", path, profiles(engine, path, TOLD, GONE), engine, GONE)


def test_a_delta_of_deletions_alone_asks_nobody(tmp_path: Path) -> None:
    assert judge(delta(tmp_path / "a.parquet", "(1, 'x', NULL::DECIMAL(20,2), 'D'), (2, 'y', NULL, 'D')")) == ()


def test_a_row_that_states_no_amount_is_found_beside_deletions(tmp_path: Path) -> None:
    rows = "(1, 'x', NULL::DECIMAL(20,2), 'C'), (2, 'y', NULL, 'D')"
    assert [finding.kind for finding in judge(delta(tmp_path / "a.parquet", rows))] == [
        "empty_column",
        "column_not_there",
    ]
