"""What the documentation says is run, and what it points to is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Block, blocks, links, pages

RUN = [block for page in pages() for block in blocks(page.read_text(), page.relative_to(ROOT).as_posix())]


def environment(home: Path, folder: Path) -> dict[str, str]:
    """A clean environment in which `tallystick` is this checkout's command over `home`."""
    command = folder / "tallystick"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m tallystick "$@"\n')
    command.chmod(0o755)
    kept = {
        name: os.environ[name] for name in ("LANG", "HOME", "TMPDIR", "TALLYSTICK_COMPILED") if name in os.environ
    }
    return kept | {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "TALLYSTICK_HOME": str(home),
        "TALLYSTICK_THREADS": "1",
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a reader who has run the first command: the starter edition is built."""
    folder = tmp_path_factory.mktemp("docs")
    env = environment(folder / "home", folder)
    subprocess.run(["tallystick", "build"], env=env, cwd=folder, check=True, capture_output=True)
    return env


@pytest.mark.parametrize("block", RUN, ids=str)
def test_a_block_marked_for_running_runs(block: Block, prepared: dict[str, str], tmp_path: Path) -> None:
    commands = {"sh": ["sh", "-eu", "-c", block.code], "python": [sys.executable, "-W", "error", "-c", block.code]}
    ran = subprocess.run(commands[block.language], env=prepared, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_the_readme_has_blocks_that_are_run() -> None:
    assert {block.language for block in RUN if block.page == "README.md"} == {"sh", "python"}


def test_only_what_is_fenced_for_running_is_found() -> None:
    text = "a\n```sh run\necho one\n```\n```sh\nrm -r x\n```\n```python run\nprint(1)\n```\n"
    assert [(b.line, b.language, b.code) for b in blocks(text, "x.md")] == [
        (2, "sh", "echo one\n"),
        (8, "python", "print(1)\n"),
    ]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    missing = [target for target in links(page.read_text()) if not (page.parent / target).exists()]
    assert missing == []


def test_every_exit_code_of_an_error_stands_in_the_readme() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+)", (ROOT / "README.md").read_text(), re.M)}
    errors = (ROOT / "src/tallystick/errors.py").read_text()
    raised = {int(code) for code in re.findall(r"exit_code = (\d+)", errors)}
    assert raised <= told
