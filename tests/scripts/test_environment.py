"""scripts/environment.sh on machines that lack something: it says what, and leaves nothing half-made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "cmp", "cat", "cp", "rm")
OLD = "#!/bin/sh\nexit 1\n"
BARE = """#!/bin/sh
case "$2" in
  *version_info*) exit 0 ;;
  *) exit 1 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with no environment yet."""
    folder = tmp_path / "checkout"
    (folder / "scripts").mkdir(parents=True)
    for script in ("environment.sh", "geography.sh"):
        shutil.copy(ROOT / "scripts" / script, folder / "scripts")
    shutil.copytree(ROOT / "locks", folder / "locks")
    return folder


def executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def machine(tmp_path: Path, **programs: str) -> Path:
    """A folder that is the whole PATH: a few tools of the system, and the programs given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    for name, text in programs.items():
        executable(folder / name, text)
    return folder


def made(checkout: Path, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "scripts/environment.sh", "run"], cwd=checkout, env={"PATH": str(path)}, capture_output=True,
        text=True,
    )  # fmt: skip


def test_without_any_python_it_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    ran = made(checkout, machine(tmp_path))
    assert ran.returncode == 1
    assert "Python 3.11 or newer" in ran.stderr
    assert "apt-get install python3" in ran.stderr


def test_a_python_that_is_too_old_is_none(checkout: Path, tmp_path: Path) -> None:
    ran = made(checkout, machine(tmp_path, python3=OLD))
    assert ran.returncode == 1
    assert "Python 3.11 or newer" in ran.stderr


def test_where_debian_keeps_venv_apart_and_we_may_not_install_it_says_so(checkout: Path, tmp_path: Path) -> None:
    ran = made(checkout, machine(tmp_path, python3=BARE, id="#!/bin/sh\necho 1000\n"))
    assert ran.returncode == 1
    assert "apt-get install python3-venv" in ran.stderr
    assert not (checkout / ".venv").exists()


def test_as_root_on_debian_it_installs_what_is_kept_apart(checkout: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    apt = f'#!/bin/sh\necho "$@" >> {told}\n'
    python = BARE.replace("*version_info*)", '*"sys.version_info >= (3, 11)"*) exit 0 ;;\n  *print*)').replace(
        "exit 0 ;;\n  *)", "echo python3.11-venv; exit 0 ;;\n  *)"
    )
    path = machine(tmp_path, python3=python, id="#!/bin/sh\necho 0\n", **{"apt-get": apt})
    assert made(checkout, path).returncode == 1, "this machine's apt-get installs nothing"
    assert "install -y -qq python3.11-venv" in told.read_text()


def test_an_environment_that_is_up_to_date_is_left_alone(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    executable(checkout / ".venv/bin/python", "#!/bin/sh\nexit 0\n")
    shutil.copy(checkout / "locks/run.txt", checkout / ".venv/made-from-run")
    geography = checkout / "src/tallystick/_geography"
    geography.mkdir(parents=True)
    shutil.copy(checkout / "locks/geography/package-lock.json", geography / "made-from")
    ran = made(checkout, machine(tmp_path))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_one_whose_interpreter_is_gone_is_made_anew(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    shutil.copy(checkout / "locks/run.txt", checkout / ".venv/made-from-run")
    assert made(checkout, machine(tmp_path)).returncode == 1, "it goes on to look for a Python, and finds none here"


def test_ci_runs_what_the_readme_says_and_nothing_else() -> None:
    commands = [
        line for line in (ROOT / ".ci/run").read_text().splitlines() if not line.startswith(("#", "set", "cd"))
    ]
    assert commands == ["exec make test"]
    assert "make test" in (ROOT / "README.md").read_text()
