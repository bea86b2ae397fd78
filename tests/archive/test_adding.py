"""Whatever happens while releases are added, what was acknowledged is there and what is there is whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallystick.archive.durable import leftovers
from tallystick.errors import ArchiveError
from tallystick.nouns.edition import Edition
from tallystick.nouns.release import Provenance
from tests.archive.adding import CATALOG, SOURCE, pipeline

ROOT = Path(__file__).parents[2]
HEADER = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,"
    "Product/Service Description,NAICS Description,Transaction Description\n"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three small captures, of three fiscal years."""
    folder = tmp_path_factory.mktemp("files")
    made = []
    for year in (2023, 2024, 2025):
        rows = [f"ICE,7{year}{n:04},FIRM {n},{n}.25,{year}-03-01,0,GUNS,ARMS,TEXT {n}\n" for n in range(1, 151)]
        made.append(folder / f"CBP_ICE_FY{year}_asof_{year + 1}0101_small.csv")
        made[-1].write_text(HEADER + "".join(rows))
    return made


@pytest.fixture(scope="module")
def expected(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The Edition when nothing went wrong."""
    home = tmp_path_factory.mktemp("undisturbed")
    add(home, files)
    return pipeline(home).edition()


def add(home: Path, files: list[Path]) -> None:
    line = pipeline(home)
    for file in files:
        line.add(CATALOG.source(SOURCE), file, Provenance(SOURCE, file.name))


def run(mode: str, homes: Path, files: list[Path], numbers: list[float]) -> list[dict[str, Any]]:
    names = ",".join(map(str, files))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.archive.adding", mode, str(homes), names, json.dumps(numbers)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def is_whole(home: Path, acknowledged: list[str]) -> None:
    """Nothing acknowledged is lost, and nothing that can be seen is half there."""
    line = pipeline(home)
    releases = {release.id for release in line.ledger.releases()}
    read = {publication.release for publication in line.ledger.publications()}
    assert set(acknowledged) <= read <= releases
    assert list(line.verify()) == []


def goes_on(home: Path, files: list[Path], expected: Edition) -> None:
    """What was interrupted is done again, to the same Edition, and leftovers are gone."""
    add(home, files)
    assert pipeline(home).edition() == expected
    assert list(pipeline(home).verify()) == []
    for folder in ("archive", "published"):
        assert leftovers(home / folder) == []


def test_a_process_killed_at_any_call_that_touches_the_disk_loses_nothing(
    files: list[Path], expected: Edition, tmp_path: Path
) -> None:
    (counted,) = run("count", tmp_path / "count", files[:2], [])
    every = range(1, counted["instants"] + 1)
    instants = sorted(random.Random(2).sample(every, min(24, len(every))))
    results = run("killed-at-calls", tmp_path, files[:2], list(instants))
    assert sum(result["code"] == -signal.SIGKILL for result in results) > len(results) * 0.9
    assert {len(result["acknowledged"]) for result in results} >= {0, 1}
    for place, result in enumerate(results):
        is_whole(tmp_path / str(place), result["acknowledged"])
        goes_on(tmp_path / str(place), files, expected)


def test_a_process_killed_by_the_clock_loses_nothing(files: list[Path], expected: Edition, tmp_path: Path) -> None:
    chance = random.Random(7)
    results = run("killed-by-clock", tmp_path, files, [chance.uniform(0.001, 0.6) for _ in range(8)])
    assert any(result["code"] == -signal.SIGKILL for result in results)
    for place, result in enumerate(results):
        is_whole(tmp_path / str(place), result["acknowledged"])
        goes_on(tmp_path / str(place), files, expected)


def test_a_write_that_fails_at_any_size_is_an_error_and_loses_nothing(
    files: list[Path], expected: Edition, tmp_path: Path
) -> None:
    sizes = [0, 100, 1_500, 4_096, 10_000, 30_000, 60_000, 100_000]
    results = run("limited", tmp_path, files, list(sizes))
    assert {result["code"] for result in results} <= {0, ArchiveError.exit_code}
    assert results[0]["code"] == ArchiveError.exit_code
    for place, result in enumerate(results):
        is_whole(tmp_path / str(place), result["acknowledged"])
        goes_on(tmp_path / str(place), files, expected)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 700 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system; the limit on file sizes is tested without it")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_refuses_plainly_and_what_was_acknowledged_before_is_whole(
    files: list[Path], small_disk: Path, tmp_path: Path
) -> None:
    home = small_disk / "home"
    added: list[str] = []

    def add_until_full() -> None:
        for number in range(200):
            file = tmp_path / f"CBP_ICE_FY2023_asof_{20260101 + number}_full.csv"
            file.write_text(files[0].read_text().replace("TEXT", random.Random(number).randbytes(60).hex()))
            line = pipeline(home)
            release, _ = line.add(CATALOG.source(SOURCE), file, Provenance(SOURCE, file.name))
            added.append(release.id)

    with pytest.raises(ArchiveError) as raised:
        add_until_full()
    assert "space" in str(raised.value) or "full" in str(raised.value)
    assert added
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    is_whole(home, added)
    add(home, files)
    is_whole(home, added)


def test_processes_that_add_the_same_files_at_once_agree(
    files: list[Path], expected: Edition, tmp_path: Path
) -> None:
    results = run("at-once", tmp_path / "home", files, [3])
    assert [result["code"] for result in results] == [0, 0, 0]
    assert len({frozenset(result["acknowledged"]) for result in results}) == 1
    is_whole(tmp_path / "home", results[0]["acknowledged"])
    assert pipeline(tmp_path / "home").edition() == expected
    assert len(list(pipeline(tmp_path / "home").ledger.releases())) == len(files)
