"""Files of one source read at once: the same bytes, Findings and Edition as one after another, whoever is killed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.sources import ahead
from tallystick.views.cli.main import tallystick

SOURCE = "usaspending_captures"
FILES = 10
KILLED_BEFORE = 4
HEADER = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,"
    "Product/Service Description,NAICS Description,Transaction Description\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of one source: most good, one cut off in a quoted cell, one with a cell that does not fit."""
    made = tmp_path_factory.mktemp("captures")
    for number in range(FILES):
        rows = [f"ICE,70X{n:05},FIRM {n % 97},{n}.{number}5,2025-03-01,0,GUNS,ARMS,TEXT {n}\n" for n in range(1, 400)]
        rows += ["ICE,70X1,FIRM,much,2025-03-01,0,GUNS,ARMS,TEXT\n"] if number == 1 else []
        rows += ['ICE,70X2,"FIRM'] if number == 2 else []
        (made / f"CBP_ICE_FY2025_asof_202602{number + 10}_a.csv").write_text(HEADER + "".join(rows))
    return made


def pipeline(home: Path, threads: int) -> Pipeline:
    return Pipeline(Settings(home, (bundled_records(),), threads=threads, memory_limit="1GB"))


def taken(line: Pipeline, folder: Path) -> list[Release]:
    source = line.catalog.source(SOURCE)
    stated = [(source, path, Provenance(SOURCE, path.name)) for path in sorted(folder.iterdir())]
    return list(line.add_all(stated).taken)


def facts(home: Path) -> Mapping[str, Any]:
    """All that must not tell how many read: files by their hashes, and what the ledger says but for the time."""
    line = pipeline(home, 1)
    held = ("archive", "published")
    return {
        "files": {
            str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in home.rglob("*")
            if path.is_file() and path.relative_to(home).parts[0] in held and ".incoming" not in path.parts
        },
        "releases": [(one.id, one.provenance, one.sha256, one.size) for one in line.ledger.releases()],
        "publications": list(line.ledger.publications()),
        "edition": line.edition(),
    }


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What came of reading one after another."""
    home = tmp_path_factory.mktemp("alone")
    assert len(taken(pipeline(home, 1), folder)) == FILES
    told = facts(home)
    assert len(told["files"]) == 2 * FILES
    assert {found.kind for made in told["publications"] for found in made.findings} >= {
        "misfit_cell",
        "unreadable_row",
    }
    return told


def test_the_command_gives_the_same_on_one_core_and_on_four(
    folder: Path, alone: Mapping[str, Any], tmp_path: Path
) -> None:
    given = list(map(str, sorted(folder.iterdir())))
    told = []
    for jobs in ("1", "4"):
        home = str(tmp_path / jobs)
        ran = CliRunner().invoke(tallystick, ["add", SOURCE, *given, "-j", jobs, "--home", home, "--format", "csv"])
        assert "cannot be taken apart" in ran.stderr
        told.append(ran.stdout)
        assert facts(Path(home)) == alone
    assert told[0] == told[1]


def test_a_reader_that_is_killed_costs_nothing(
    folder: Path, alone: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[str]] = []
    start = subprocess.Popen

    def noted(*asked: Any, **given: Any) -> subprocess.Popen[str]:
        started.append(start(*asked, **given))
        return started[-1]

    tell = ahead._tell

    def telling(stream: Any, told: Release | ahead.Whereabouts) -> None:
        tell(stream, told)
        if isinstance(told, Release) and len(killed) < 2:  # it was asked for a release, and reads it now
            (its,) = [process for process in started if process.stdin is stream]
            its.send_signal(signal.SIGKILL)
            killed.append(its)

    killed: list[subprocess.Popen[str]] = []
    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(ahead, "_tell", telling)
    assert len(taken(pipeline(tmp_path / "home", 4), folder)) == FILES
    assert [process.returncode for process in killed] == [-signal.SIGKILL, -signal.SIGKILL]
    assert facts(tmp_path / "home") == alone


def test_killed_while_four_read_nothing_is_there_by_half_and_the_next_goes_on(
    folder: Path, alone: Mapping[str, Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.sources.test_jobs", str(home), str(folder)]
    assert subprocess.run(command, check=False, env=dict(os.environ)).returncode == -signal.SIGKILL
    left = facts_at_rest(home)
    assert len(left["publications"]) == KILLED_BEFORE
    assert left["files"].items() <= alone["files"].items()
    assert left["publications"] == alone["publications"][:KILLED_BEFORE]
    assert len(taken(pipeline(home, 4), folder)) == FILES
    assert facts(home) == alone


def facts_at_rest(home: Path) -> Mapping[str, Any]:
    """The files and publications of a home, with nothing read that was left unread."""
    line = pipeline(home, 1)
    files = [path for part in ("archive", "published") for path in (home / part).rglob("*") if path.is_file()]
    return {
        "files": {
            str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if ".incoming" not in path.parts
        },
        "publications": list(line.ledger.publications()),
    }


def main(home: Path, folder: Path) -> None:
    """Take the files in with four readers, and be killed when some of them are in the ledger."""
    line = pipeline(home, 4)
    source = line.catalog.source(SOURCE)

    def killing(_name: str, done: int, _of: int) -> None:
        if done == KILLED_BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)

    stated = [(source, path, Provenance(SOURCE, path.name)) for path in sorted(folder.iterdir())]
    line.add_all(stated, killing)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
