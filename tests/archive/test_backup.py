"""A copy of a home is whole at every instant, holds what the home holds, and gives it back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tallystick.archive.backup import Copied, back_up
from tallystick.archive.ledger import ACCEPT, Decision, Ledger
from tallystick.errors import ArchiveError, UsageError
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.views.cli.main import tallystick
from tests.archive.adding import CATALOG, SOURCE, pipeline

HEADER = (
    "Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,"
    "Product/Service Description,NAICS Description,Transaction Description\n"
)
PARTS = 12
DECISION = Decision("a finding", ACCEPT, "seen", "the desk", datetime(2026, 8, 20, tzinfo=UTC))


def quietly(_name: str, _done: int, _of: int) -> None:
    """Nobody looks on."""


def add(line: Pipeline, folder: Path, number: int) -> str:
    """A release of its own, and its id."""
    path = folder / f"CBP_ICE_FY2025_asof_2026021{number}_a.csv"
    rows = [f"ICE,70X{n:04},FIRM {n},{n}.{number}5,2025-03-01,0,GUNS,ARMS,TEXT {n}\n" for n in range(1, 151)]
    path.write_text(HEADER + "".join(rows))
    return line.add(CATALOG.source(SOURCE), path, Provenance(SOURCE, path.name))[0].id


@pytest.fixture
def home(tmp_path: Path) -> Path:
    line = pipeline(tmp_path / "home")
    add(line, tmp_path, 1)
    add(line, tmp_path, 2)
    line.ledger.decide(DECISION)
    (tmp_path / "home" / "answers.sqlite").write_bytes(b"")
    return tmp_path / "home"


def releases(home: Path) -> list[str]:
    with Ledger(home / "ledger.sqlite") as ledger:
        return [release.id for release in ledger.releases()]


def is_whole(home: Path) -> bool:
    return list(pipeline(home).verify()) == []


def test_a_copy_is_a_home_and_gives_the_same_edition(home: Path, tmp_path: Path) -> None:
    copied = back_up(home, tmp_path / "copy", quietly)
    assert copied.releases == 2
    assert copied.files == 4
    assert is_whole(tmp_path / "copy")
    assert not (tmp_path / "copy" / "answers.sqlite").exists()
    shutil.rmtree(home)
    back_up(tmp_path / "copy", home, quietly)
    assert is_whole(home)
    assert pipeline(home).edition().id == pipeline(tmp_path / "copy").edition().id
    assert pipeline(home).ledger.decisions() == {DECISION.subject: DECISION}


def test_only_what_is_new_is_copied_again(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "copy", quietly)
    assert back_up(home, tmp_path / "copy", quietly) == Copied(2, 0, 0)
    add(pipeline(home), tmp_path, 3)
    assert back_up(home, tmp_path / "copy", quietly).files == 2
    assert releases(tmp_path / "copy") == releases(home)


def test_what_is_added_meanwhile_is_in_the_next_copy(home: Path, tmp_path: Path) -> None:
    before = releases(home)
    late: list[str] = []

    def adding(_name: str, done: int, _of: int) -> None:
        if done == 1:
            late.append(add(pipeline(home), tmp_path, 3))

    back_up(home, tmp_path / "copy", adding)
    assert releases(tmp_path / "copy") == before
    assert is_whole(tmp_path / "copy")
    back_up(home, tmp_path / "copy", quietly)
    assert releases(tmp_path / "copy") == [*before, *late]


def test_killed_at_any_instant_the_copy_is_whole_and_goes_on(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.archive.backing_up", str(home), str(tmp_path / "copies"), str(PARTS)]
    told = subprocess.run(command, capture_output=True, check=True, env=dict(os.environ), text=True)
    found = json.loads(told.stdout)
    assert set(found["codes"].values()) == {-signal.SIGKILL}
    assert len(found["codes"]) == PARTS - 1
    for instant in found["codes"]:
        copy = tmp_path / "copies" / instant
        if (copy / "ledger.sqlite").exists():
            assert is_whole(copy)
        back_up(home, copy, quietly)
        assert is_whole(copy)
        assert releases(copy) == releases(home)


def test_a_full_disk_leaves_the_copy_as_it_was(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(home, tmp_path / "copy", quietly)
    before = releases(home)
    add(pipeline(home), tmp_path, 3)
    monkeypatch.setattr("tallystick.archive.backup.copyfile", _full)
    with pytest.raises(ArchiveError, match="could not be kept"):
        back_up(home, tmp_path / "copy", quietly)
    assert releases(tmp_path / "copy") == before
    assert is_whole(tmp_path / "copy")


def _full(_source: Path, _to: Path) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("to", [lambda home: home, lambda home: home / "copy", lambda home: home.parent])
def test_a_copy_lies_outside(home: Path, to: Callable[[Path], Path]) -> None:
    with pytest.raises(UsageError, match="outside"):
        back_up(home, to(home), quietly)


def test_a_copy_of_another_home_is_refused(home: Path, tmp_path: Path) -> None:
    add(pipeline(tmp_path / "other"), tmp_path, 5)
    back_up(tmp_path / "other", tmp_path / "copy", quietly)
    with pytest.raises(UsageError, match="no copy of it"):
        back_up(home, tmp_path / "copy", quietly)
    assert len(releases(tmp_path / "copy")) == 1


def test_the_command_says_what_was_copied_and_refuses_an_empty_home(home: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(tallystick, ["backup", str(tmp_path / "copy"), "--home", str(home)])
    assert run.exit_code == 0, run.output
    assert "2 releases are in" in run.output
    none = CliRunner().invoke(tallystick, ["backup", str(tmp_path / "copy"), "--home", str(tmp_path / "none")])
    assert none.exit_code != 0
