"""Under a profile that rounds, every channel tells the same rounded counts, and hides the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq
import pytest

from tallystick.settings import People, Settings
from tallystick.views.cli.main import outcome
from tallystick.views.mcp.tools import Tools
from tests.test_two_worlds import SITE, World, world
from tests.views.sheets import sheets_in

BY = "by=month&by=aor"
Told = dict[tuple[str, str], int | None]
"""The count of each month and area; None where it is hidden."""


def of(rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Told:
    """Counts as written in any form; fails where one that is absent is not said to be hidden."""
    told: Told = {}
    for row in rows:
        is_hidden = str(row["hidden"]).lower() in ("true", "1")
        assert is_hidden == (row["value"] in (None, "", "hidden")), row
        told[str(row["month"])[:10], str(row["aor"])] = None if is_hidden else int(float(row["value"]))
    return told


def by_csv(one: World) -> Told:
    return of(csv.DictReader(io.StringIO(one.client.get(f"/data?metric=arrests&{BY}&format=csv").text)))


def by_json(one: World) -> Told:
    return of(one.client.get(f"/data?metric=arrests&{BY}&format=json").json()["rows"])


def by_parquet(one: World) -> Told:
    body = one.client.get(f"/data?metric=arrests&{BY}&format=parquet").content
    return of(pq.read_table(io.BytesIO(body)).to_pylist())


def by_workbook(one: World) -> Told:
    body = one.client.get(f"/data?metric=arrests&{BY}&format=xlsx").content
    head, *rows = next(iter(sheets_in(body).cells.values()))
    return of([dict(zip(head, row, strict=True)) for row in rows])


def by_api(one: World) -> Told:
    return of(one.client.get(f"/api/v1/metrics/arrests/answer?{BY}").json()["rows"])


def by_tool(one: World) -> Told:
    return of(json.loads(Tools(one.current, SITE).ask_metric("arrests", by=["month", "aor"]))["rows"])


CHANNELS: tuple[Callable[[World], Told], ...] = (by_csv, by_json, by_parquet, by_workbook, by_api, by_tool)


@pytest.mark.parametrize(
    ("profile", "people", "base"),
    [("rounded", People(), 10), ("custom", People(threshold=20, rounding=5, zeros=False), 5)],
)
def test_every_channel_tells_the_same_rounded_counts(
    guarded_home: Settings, profile: str, people: People, base: int, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with ExitStack() as stack:
        one = world(replace(guarded_home, profile=profile, people=people), stack)
        first, *others = (channel(one) for channel in CHANNELS)
    assert all(told == first for told in others)
    counts = [count for count in first.values() if count is not None]
    assert counts
    assert len(counts) < len(first)
    assert all(count % base == 0 for count in counts)
    monkeypatch.setenv("TALLYSTICK_PROFILE", profile)
    for name, value in (("THRESHOLD", people.threshold), ("ROUNDING", people.rounding)):
        monkeypatch.setenv(f"TALLYSTICK_{name}", str(value or ""))
    monkeypatch.setenv("TALLYSTICK_ZEROS", "hidden" if people.zeros is False else "")
    line = ["show", "arrests", "--by", "month", "--by", "aor", "--format", "csv", "--home", str(guarded_home.home)]
    assert outcome(line) == 0
    assert of(csv.DictReader(io.StringIO(capsys.readouterr().out))) == first
