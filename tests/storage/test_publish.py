"""Machines that share a bucket and a ledger: one Edition in force, whatever becomes of who publishes the next."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tallystick.archive import bucket as module
from tallystick.archive.bucket import Bucket
from tallystick.archive.front import CURRENT
from tallystick.archive.ledger import Publication
from tallystick.bench import Bench
from tallystick.errors import ArchiveError, OutOfReach
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.settings import Storage
from tallystick.views.cli.main import outcome, tallystick
from tests.storage.conftest import Machine
from tests.storage.server import faulty
from tests.tables.conftest import HEADER

ROOT = Path(__file__).parents[2]


def capture(folder: Path, year: int, usd: str = "2.00") -> Path:
    """The folder, with a capture of one fiscal year in it: 120 actions of so much each."""
    folder.mkdir(exist_ok=True)
    with (folder / f"CBP_ICE_FY{year}_asof_{year}1001_small.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for number in range(120):
            piid = f"70CMSW{year}P{number:06d}"
            award = f"CONT_AWD_{piid}_7012_-NONE-_-NONE-"
            writer.writerow([
                "ICE", piid, "EXAMPLE INC", usd, f"{year}-03-0{number % 9 + 1}", "0", "GUNS", "ARMS", "AS SAID", award
            ])  # fmt: skip
    return folder


def obligated(pipeline: Pipeline) -> Any:
    bench = Bench(pipeline.again())
    try:
        return bench.ask(Question("obligations", {"agency": "ICE"})).value
    finally:
        bench.close()


def in_force(storage: Storage) -> str:
    """The id of the Edition that the bucket has in force, after every file that it names was found whole there."""
    bucket = Bucket(storage)
    found = bucket.read(CURRENT)
    assert found is not None
    told = bucket.read(json.loads(found[0])["manifest"])
    assert told is not None
    its = json.loads(told[0])
    for table in its["tables"].values():
        for file in table["files"]:
            body = bucket.read(file["path"])
            assert body is not None
            assert hashlib.sha256(body[0]).hexdigest() == file["sha256"]
    assert its["edition"] == json.loads(found[0])["edition"]
    return str(its["edition"])


@pytest.fixture
def shared(storage: Storage, database: str) -> Storage:
    """A bucket and a ledger in PostgreSQL."""
    return replace(storage, ledger=database)


def test_another_machine_answers_from_the_bucket_and_reads_nothing(
    shared: Storage, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machine("one", shared), machine("other", shared)
    one.take_in(capture(tmp_path / "data", 2024))
    edition = one.build()
    monkeypatch.setattr("tallystick.readings.publish", None)  # whoever read a release anew would stumble here
    assert other.build() == edition
    assert obligated(other) == obligated(one) == Decimal("240.00")
    assert in_force(shared) == edition.id
    assert not list(other.verify())
    one.ledger.close()
    other.ledger.close()


def test_two_that_take_in_the_same_and_more_at_once_publish_each_once(
    shared: Storage, machine: Machine, tmp_path: Path
) -> None:
    folders = [capture(tmp_path / name, 2023) for name in ("one", "two")]
    capture(folders[0], 2024)
    capture(folders[1], 2025)
    machines = [machine(f"machine {place}", shared) for place in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: pair[0].take_in(pair[1]), zip(machines, folders, strict=True)))
        editions = set(pool.map(Pipeline.build, machines))
    (edition,) = editions
    ledger = machines[0].ledger
    assert sorted(one.name[8:14] for one in ledger.releases()) == ["FY2023", "FY2024", "FY2025"]
    assert len(list(ledger.publications())) == 3
    assert in_force(shared) == edition.id
    assert obligated(machines[1]) == Decimal("720.00")
    for each in machines:
        each.ledger.close()


def test_a_reading_of_ours_makes_way_for_the_one_that_stands(
    shared: Storage, machine: Machine, tmp_path: Path
) -> None:
    one, other = machine("one", shared), machine("other", shared)
    one.take_in(capture(tmp_path / "data", 2024))
    (stands,) = one.ledger.publications()
    path = other.shelf.path(stands.files[0])
    path.parent.mkdir(parents=True)
    path.write_bytes(b"what another build of the engine wrote")
    other.shelf.replace(stands.files)
    assert other.shelf.has(stands.files)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == stands.files[0]["sha256"]
    one.ledger.close()
    other.ledger.close()


def test_a_ledger_that_did_not_lead_to_what_is_in_force_publishes_nothing(
    storage: Storage, machine: Machine, tmp_path: Path
) -> None:
    """Two files of a ledger, of which one is a copy of the other as it was before."""
    one = machine("one", storage)
    one.take_in(capture(tmp_path / "data", 2023))
    first = one.build()
    one.ledger.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    one, copy, stranger = machine("one", storage), machine("copy", storage), machine("stranger", storage)
    assert copy.build() == first, "it knows what is in force"
    one.take_in(capture(tmp_path / "data", 2024))
    second = one.build()
    for late in (copy, stranger):
        with pytest.raises(ArchiveError, match=f"Edition {second.id} in force, which this ledger never led to"):
            late.take_in(capture(tmp_path / "more", 2025))
        assert len(list(late.ledger.releases())) == (late is copy), "nothing was recorded"
        with pytest.raises(ArchiveError, match="never led to"):
            late.build()
    assert in_force(storage) == second.id


def test_what_a_bucket_refuses_leaves_the_last_edition_in_force_and_the_next_run_mends(
    storage: Storage, s3: int, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RETRIES", 1)
    before = machine("one", storage)
    before.take_in(capture(tmp_path / "data", 2023))
    first = before.build()
    capture(tmp_path / "data", 2024)
    for refused in ("archive/", "published/"):

        def refuse(method: str, path: str, its: str = refused) -> str | None:
            return "refuse" if method == "PUT" and its in path else None

        with faulty(s3, refuse) as way:
            faced = machine("one", replace(storage, endpoint=way))
            with pytest.raises(OutOfReach):
                faced.take_in(tmp_path / "data")
            assert faced.edition() == first
            assert obligated(faced) == Decimal("240.00")
    assert in_force(storage) == first.id
    with faulty(s3, lambda method, path: "slow down" if method == "PUT" and "current" in path else None) as way:
        faced = machine("one", replace(storage, endpoint=way))
        faced.take_in(tmp_path / "data")
        with pytest.raises(OutOfReach):
            faced.build()
    assert in_force(storage) == first.id
    again = machine("one", storage)
    assert again.build() != first
    assert obligated(again) == Decimal("480.00")
    assert in_force(storage) == again.edition().id


@pytest.mark.parametrize("instant", ["archive/", "published/", "editions/", CURRENT])
def test_a_writer_killed_in_the_middle_leaves_the_last_edition_in_force_and_the_next_run_mends(
    storage: Storage, s3: int, machine: Machine, tmp_path: Path, instant: str
) -> None:
    """It is killed while it puts an object of that name, which then never arrives."""
    one = machine("one", storage)
    one.take_in(capture(tmp_path / "data", 2023))
    first = one.build()
    capture(tmp_path / "data", 2024)
    running: list[subprocess.Popen[bytes]] = []

    def kill(method: str, path: str) -> str | None:
        if method == "PUT" and instant in path:
            os.kill(running[0].pid, signal.SIGKILL)
            return "cut"
        return None

    with faulty(s3, kill) as way:
        words = [sys.executable, "-m", "tests.storage.publishing", str(tmp_path / "one"), str(tmp_path / "data")]
        where = {"TALLYSTICK_STORE": storage.bucket, "TALLYSTICK_STORE_ENDPOINT": way}
        with subprocess.Popen(words, cwd=ROOT, env=os.environ | where) as process:
            running.append(process)
        assert process.returncode == -signal.SIGKILL
    assert in_force(storage) == first.id
    again = machine("one", storage)
    again.take_in(tmp_path / "data")
    assert in_force(storage) == first.id
    second = again.build()
    assert in_force(storage) == second.id != first.id
    assert obligated(again) == Decimal("480.00")
    assert not list(again.verify())


def test_a_folder_that_was_thrown_away_and_a_home_that_had_no_bucket_are_brought_in(
    storage: Storage, machine: Machine, tmp_path: Path
) -> None:
    alone = machine("one", Storage())
    alone.take_in(capture(tmp_path / "data", 2023))
    edition = alone.build()
    alone.ledger.close()
    moved = machine("one", storage)
    assert moved.build() == edition, "one setting was changed"
    assert in_force(storage) == edition.id
    moved.ledger.close()
    for folder in ("archive", "published", "derived", "editions"):
        shutil.rmtree(tmp_path / "one" / folder)
    again = machine("one", storage)
    assert again.build() == edition
    assert obligated(again) == Decimal("240.00")
    (release,) = again.ledger.releases()
    with again.store.open(release.sha256) as file:
        assert hashlib.sha256(file.read()).hexdigest() == release.sha256


def test_a_copy_of_a_machine_that_has_all_elsewhere_is_a_home_for_one(
    shared: Storage, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine("one", shared)
    one.take_in(capture(tmp_path / "data", 2023))
    edition = one.build()
    one.ledger.close()
    monkeypatch.setenv("TALLYSTICK_LEDGER", shared.ledger)
    monkeypatch.setenv("TALLYSTICK_STORE", shared.bucket)
    monkeypatch.setenv("TALLYSTICK_STORE_ENDPOINT", shared.endpoint)
    words = ["backup", str(tmp_path / "copy"), "--home", str(tmp_path / "empty"), "--quiet"]
    assert CliRunner().invoke(tallystick, words, catch_exceptions=False).exit_code == 0
    copy = machine("copy", Storage())
    assert copy.build() == edition
    assert not list(copy.verify())
    copy.ledger.close()


def test_a_home_moves_to_a_ledger_and_a_bucket_by_one_command(
    shared: Storage, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = machine("alone", Storage())
    alone.take_in(capture(tmp_path / "data", 2023))
    edition = alone.build()
    alone.ledger.close()
    monkeypatch.setenv("TALLYSTICK_LEDGER", shared.ledger)
    monkeypatch.setenv("TALLYSTICK_STORE", shared.bucket)
    monkeypatch.setenv("TALLYSTICK_STORE_ENDPOINT", shared.endpoint)

    def restored(folder: str, home: str) -> int:
        return outcome(["restore", str(tmp_path / folder), "--home", str(tmp_path / home), "--quiet"])

    assert restored("alone", "alone") == 0, "where it stands"
    assert restored("alone", "another") == 0, "again, and elsewhere"
    there = machine("there", shared)
    assert there.build() == edition
    assert obligated(there) == Decimal("240.00")
    assert in_force(shared) == edition.id
    assert not list(there.verify())
    there.ledger.close()
    stranger = machine("stranger", Storage())
    stranger.take_in(capture(tmp_path / "more", 2025))
    stranger.ledger.close()
    before = Bucket(shared).keys("")
    assert restored("stranger", "another") == 2
    assert Bucket(shared).keys("") == before


def test_an_object_that_is_gone_or_another_is_found(storage: Storage, machine: Machine, tmp_path: Path) -> None:
    one = machine("one", storage)
    one.take_in(capture(tmp_path / "data", 2023))
    (made,) = one.ledger.publications()
    assert isinstance(made, Publication)
    here = Bucket(storage)
    exchanged = next(iter(here.keys("published/")))
    found = here.read(exchanged)
    assert found is not None
    assert here.swap(exchanged, found[0][:-8] + b"damaged!", found[1])
    assert [finding.kind for finding in one.verify()] == ["published_damaged"]
