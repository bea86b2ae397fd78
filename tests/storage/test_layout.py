"""What other engines read: the rows of an Edition by its manifest, from a folder or a bucket, of any day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from pyarrow import fs
from scripts.generate_transactions import Wanted, delta, full

from tallystick.archive.bucket import Bucket
from tallystick.engines.duckdb import DuckDB, named
from tallystick.nouns.edition import Edition
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, Storage
from tallystick.views.cli.main import outcome
from tests.docs.blocks import ROOT, blocks
from tests.storage.conftest import Machine
from tests.storage.server import KEY, SECRET
from tests.storage.test_publish import capture, in_force

TABLE = "usaspending_captures_published"
PAGE = "docs/read-from-elsewhere.md"
ROW = ["release_id", "member", "source_row"]


@pytest.fixture(scope="module")
def read() -> Any:
    """The function of the documentation, as it stands there."""
    (code,) = [one.code for one in blocks((ROOT / PAGE).read_text(), PAGE) if one.language == "python"]
    said: dict[str, Any] = {}
    exec(code.partition("\n\n\nfor name in")[0], said)
    return said["read"]


def ours(pipeline: Pipeline, edition: Edition, table: str) -> Counter[tuple[Any, ...]]:
    """The rows that the embedded engine has of a table, as often as they are there."""
    with DuckDB(pipeline.built(edition), read_only=True) as engine:
        return Counter(engine.run(f"SELECT {', '.join(ROW)}, scope FROM {named(table)}").fetchall())


def theirs(rows: Any) -> Counter[tuple[Any, ...]]:
    return Counter(zip(*(rows.column(name).to_pylist() for name in (*ROW, "scope")), strict=True))


def test_a_manifest_read_with_the_lines_of_the_page_has_the_rows_that_stand(
    settings: Settings, tmp_path: Path, read: Any
) -> None:
    """A year that was restated counts as it was stated last, beside one that was stated once."""
    pipeline = Pipeline(settings)
    pipeline.take_in(capture(tmp_path / "data", 2023))
    (again,) = capture(tmp_path / "again", 2023, "5.00").iterdir()
    again.rename(again.with_name("CBP_ICE_FY2023_asof_20240101_small.csv"))
    pipeline.take_in(capture(tmp_path / "again", 2024))
    edition = pipeline.edition()
    told = pipeline.manifest(edition)
    assert told["edition"] == edition.id
    assert set(told["tables"]) == {TABLE}
    found = read(fs.LocalFileSystem(), "", told["tables"][TABLE], ["federal_action_obligation_usd"])
    assert theirs(found) == ours(pipeline, edition, TABLE)
    assert sum(found["federal_action_obligation_usd"].to_pylist()) == Decimal(120 * 5 + 120 * 2)


def test_rows_that_were_amended_are_without(settings: Settings, tmp_path: Path, read: Any) -> None:
    """The delta of the sample states some actions anew and takes others away."""
    data, wanted = tmp_path / "data", Wanted(rows=1_000)
    data.mkdir()
    full(data, wanted)
    delta(data, wanted, 40, "20260206")
    pipeline = Pipeline(settings)
    assert not pipeline.take_in(data).refused
    edition = pipeline.edition()
    ((name, table),) = pipeline.manifest(edition)["tables"].items()
    whole = sum(pq.read_metadata(file["path"]).num_rows for file in table["files"])
    found = read(fs.LocalFileSystem(), "", table, ["federal_action_obligation_usd"])
    assert theirs(found) == ours(pipeline, edition, name)
    assert 0 < whole - found.num_rows == pq.read_metadata(table["without"]).num_rows
    with DuckDB(pipeline.built(edition), read_only=True) as engine:
        ((total,),) = engine.run(f"SELECT sum(federal_action_obligation_usd) FROM {named(name)}").fetchall()
    assert sum(found["federal_action_obligation_usd"].to_pylist()) == total


def test_the_bucket_gives_other_engines_the_edition_in_force_and_that_of_a_past_day(
    storage: Storage, machine: Machine, tmp_path: Path, read: Any
) -> None:
    one = machine("one", storage)
    one.take_in(capture(tmp_path / "data", 2023))
    one.take_in(capture(tmp_path / "data", 2024, "3.00"))
    now, then = one.build(), one.build(date(2023, 12, 31))
    assert in_force(storage) == now.id != then.id
    there = fs.S3FileSystem(
        access_key=KEY, secret_key=SECRET, scheme="http", endpoint_override=storage.endpoint.partition("//")[2]
    )
    root = f"{storage.bucket.removeprefix('s3://')}/"
    for edition, usd in ((now, Decimal(600)), (then, Decimal(240))):
        body = Bucket(storage).read(f"editions/{edition.id}.json")
        assert body is not None
        table = json.loads(body[0])["tables"][TABLE]
        rows = read(there, root, table, ["federal_action_obligation_usd"])
        assert theirs(rows) == ours(one, edition, TABLE)
        assert sum(rows["federal_action_obligation_usd"].to_pylist()) == usd
        lazily = pl.scan_parquet(
            [f"s3://{root}{file['path']}" for file in table["files"]],
            storage_options={
                "aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "aws_region": storage.region,
                "aws_endpoint_url": storage.endpoint, "aws_allow_http": "true",
            },
            missing_columns="insert",
        )  # fmt: skip
        assert lazily.select(pl.col("federal_action_obligation_usd").sum()).collect().item() == usd


def test_a_year_is_found_without_opening_the_files_of_others(settings: Settings, tmp_path: Path, read: Any) -> None:
    for year in (2022, 2023, 2024):
        capture(tmp_path / "data", year)
    pipeline = Pipeline(settings)
    pipeline.take_in(tmp_path / "data")
    table = pipeline.manifest(pipeline.edition())["tables"][TABLE]
    kept = [file for file in table["files"] if "7012/FY2023" in file["rows"]]
    assert len(table["files"]) == 3
    assert [file["rows"] for file in kept] == [{"7012/FY2023": 120}]
    for file in table["files"]:
        if file not in kept:
            Path(file["path"]).unlink()  # whoever opened one of these would stumble
    rows = read(fs.LocalFileSystem(), "", table, ["action_date"], "7012/FY2023")
    assert {day.year for day in rows["action_date"].to_pylist()} == {2023}
    assert rows.num_rows == 120


def test_row_groups_have_statistics_of_what_is_asked_by(settings: Settings, tmp_path: Path) -> None:
    """Where rows stand in the order of their days, an engine that is asked for some skips the other groups."""
    rows, days = 130_000, [date(2024, 1, 1).toordinal() + number for number in range(260)]
    folder = capture(tmp_path / "data", 2024)
    (file,) = folder.iterdir()
    header = file.read_text().splitlines()[0]
    with file.open("w") as out:
        out.write(f"{header}\n")
        for number in range(rows):
            day, piid = date.fromordinal(days[number * len(days) // rows]), f"70CMSW24P{number:07d}"
            out.write(f"ICE,{piid},EXAMPLE INC,2.00,{day},0,GUNS,ARMS,AS SAID,CONT_AWD_{piid}_7012_-NONE-_-NONE-\n")
    pipeline = Pipeline(settings)
    pipeline.take_in(folder)
    ((_, table),) = pipeline.manifest(pipeline.edition())["tables"].items()
    told = pq.read_metadata(table["files"][0]["path"])
    places = {told.schema.column(place).name: place for place in range(told.num_columns)}
    spans = [
        {name: told.row_group(group).column(places[name]).statistics for name in ("action_date", "scope")}
        for group in range(told.num_row_groups)
    ]
    assert told.num_row_groups == 2
    assert spans[0]["action_date"].max <= spans[1]["action_date"].min
    assert {span["scope"].min for span in spans} == {"7012/FY2024"}
    asked = pq.ParquetFile(table["files"][0]["path"])
    last = [group for group, span in enumerate(spans) if span["action_date"].max >= date(2024, 9, 15)]
    assert last == [1]
    assert asked.read_row_group(1, columns=["action_date"]).num_rows == told.row_group(1).num_rows < 10_000


def test_the_command_prints_what_it_says(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline = Pipeline(settings)
    pipeline.take_in(capture(tmp_path / "data", 2024))
    assert outcome(["manifest", "--home", str(settings.home)]) == 0
    assert json.loads(capsys.readouterr().out) == pipeline.manifest(pipeline.edition())
