"""The command line's own manners: names, help, errors, exit codes."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from tallystick.views.cli.main import tallystick
from tests.views.cli.conftest import Run


def test_a_wrong_command_suggests_the_near_one(run: Run) -> None:
    ran = run("shwo")
    assert ran.code == 2
    assert "did you mean show?" in ran.err


def test_the_help_teaches_by_examples(run: Run) -> None:
    ran = run("show", "--help")
    assert ran.code == 0
    assert "Examples:" in ran.out
    assert "tallystick show obligations --where agency=ICE" in ran.out


def test_asking_where_there_is_no_archive_says_what_to_do_and_makes_nothing(run: Run) -> None:
    ran = run("show", "obligations")
    assert ran.code == 7
    assert "tallystick build" in ran.err
    assert run("show", "obligations").code == 7, "the first asking must not have made an archive"


def test_an_impossible_day_is_refused_with_an_example(run: Run) -> None:
    ran = run("show", "obligations", "--from", "2025-02-30")
    assert ran.code == 2
    assert "2025-01-20" in ran.err


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [("tallystick.views.cli.main", {"ibis", "duckdb", "numpy"}), ("tallystick.views.cli.show", {"scipy"})],
)
def test_what_only_some_commands_need_is_imported_by_them_alone(module: str, kept_out: set[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert kept_out.isdisjoint(told.stdout.split())


def test_every_command_that_is_listed_is_there() -> None:
    context = click.Context(tallystick)
    names = tallystick.list_commands(context)
    found = [tallystick.get_command(context, name) for name in names]
    assert names == [command.name for command in found if command]
