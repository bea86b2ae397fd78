"""The files that put Tallystick on a machine say what the schema, systemd and our own commands take."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from tallystick.settings import from_environment
from tallystick.views.cli.main import tallystick

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMMAND = "/opt/tallystick/.venv/bin/tallystick"
UNITS = sorted((*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")))


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text(encoding="utf-8"))
    return parser


def started() -> Iterator[tuple[str, list[str]]]:
    """What each unit and container starts, without the program's name."""
    for unit in DEPLOY.glob("*.service"):
        for key in ("ExecStart", "ExecStartPost"):
            if line := read(unit)["Service"].get(key):
                program, *arguments = shlex.split(line)
                assert program == COMMAND, unit
                yield f"{unit.name} {key}", arguments
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    for name, service in compose["services"].items():
        if "command" in service:
            yield f"compose {name}", service["command"]
    (told,) = re.findall(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    yield "Dockerfile", yaml.safe_load(told)


@pytest.mark.parametrize(("where", "arguments"), list(started()), ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_started_is_a_command_of_ours(where: str, arguments: list[str]) -> None:
    name, *rest = arguments
    with click.Context(tallystick) as context:
        command = tallystick.get_command(context, name)
        assert command is not None, where
        command.make_context(name, list(rest))


def test_the_compose_file_is_one_by_its_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    told = subprocess.run([*command, str(DEPLOY / "compose.yml")], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_a_compose_file_with_a_word_that_is_none_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yml"
    wrong.write_text((DEPLOY / "compose.yml").read_text().replace("healthcheck:", "healthchek:"))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    assert subprocess.run([*command, str(wrong)], capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_to_systemd(unit: Path, tmp_path: Path) -> None:
    its = read(unit)
    assert "Description" in its["Unit"]
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service").exists()
    if (analyze := shutil.which("systemd-analyze")) is None:
        return
    for other in UNITS:
        text = other.read_text(encoding="utf-8").replace(COMMAND, shutil.which("true") or "/bin/true")
        (tmp_path / other.name).write_text(text, encoding="utf-8")
    command = [analyze, "verify", "--man=no", str(tmp_path / unit.name)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0
    assert unit.name not in told.stderr, told.stderr


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: unit.name)
def test_what_a_unit_sets_is_a_setting(unit: Path) -> None:
    told = dict(part.split("=", 1) for part in shlex.split(read(unit)["Service"]["Environment"]))
    assert str(from_environment({**told, "TALLYSTICK_RECORDS": ""}).home) == "/var/lib/tallystick"


@pytest.mark.parametrize("name", [*(unit.name for unit in UNITS if unit.suffix == ".timer"), "compose.yml"])
def test_what_lies_there_is_documented(name: str) -> None:
    told = "\n".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("office.md", "serving.md"))
    assert name in told
