"""scripts/geography.sh brings the shapes of maps once, leaves nothing half-made, and stops nothing when it cannot."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "cmp", "cp", "rm", "mv", "mkdir", "touch")
LIES = Path("src/tallystick/_geography")
PUTS = """#!/bin/sh
for last; do :; done
atlas="$last/node_modules/us-atlas"
mkdir -p "$atlas"
touch "$atlas/counties-albers-10m.json" "$atlas/LICENSE"
"""
DIES = PUTS + "kill -9 $PPID\n"
FAILS = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/geography.sh", folder / "scripts")
    shutil.copytree(ROOT / "locks", folder / "locks")
    return folder


def ran(checkout: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """The script where the whole PATH is a few tools of the system and the programs given."""
    path = checkout.parent / "bin"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (path / tool).symlink_to(found)
    for name, text in programs.items():
        (path / name).write_text(text)
        (path / name).chmod(0o755)
    return subprocess.run(
        ["/bin/sh", "scripts/geography.sh"], cwd=checkout, env={"PATH": str(path)}, capture_output=True, text=True
    )


def held(checkout: Path) -> set[str]:
    return {path.name for path in (checkout / LIES).iterdir()} if (checkout / LIES).is_dir() else set()


WHOLE = {"counties-albers-10m.json", "LICENSE", "made-from"}


def test_the_shapes_are_brought_with_their_licence_and_a_stamp(checkout: Path) -> None:
    assert ran(checkout, npm=PUTS).returncode == 0
    assert held(checkout) == WHOLE
    assert (checkout / LIES / "made-from").read_bytes() == (ROOT / "locks/geography/package-lock.json").read_bytes()


def test_shapes_that_lie_there_as_locked_are_left_alone(checkout: Path) -> None:
    ran(checkout, npm=PUTS)
    again = ran(checkout, npm=FAILS)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert held(checkout) == WHOLE


def test_shapes_of_another_lock_are_brought_anew(checkout: Path) -> None:
    ran(checkout, npm=PUTS)
    (checkout / LIES / "made-from").write_text("another")
    assert ran(checkout, npm=PUTS).returncode == 0
    assert (checkout / LIES / "made-from").read_text() != "another"


def test_killed_in_the_middle_the_next_run_begins_again(checkout: Path) -> None:
    assert ran(checkout, npm=DIES).returncode < 0
    assert "made-from" not in held(checkout)
    assert ran(checkout, npm=PUTS).returncode == 0
    assert held(checkout) == WHOLE


@pytest.mark.parametrize("programs", [{"npm": FAILS}, {"python3": FAILS}])
def test_where_they_cannot_be_fetched_it_says_so_and_stops_nothing(checkout: Path, programs: dict[str, str]) -> None:
    tried = ran(checkout, **programs)
    assert tried.returncode == 0
    assert "maps are left out" in tried.stderr
    assert "scripts/geography.sh" in tried.stderr
    assert held(checkout) == set()


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "locks/geography/package-lock.json").read_text()
    assert "://" not in lock
    assert "resolved" not in lock
    assert "integrity" in lock
