"""The built wheel works outside the checkout: records, templates and the starter edition are in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.pipeline import code
from tallystick.settings import bundled_geography, bundled_records

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Installed:
    """The package installed into a folder of its own, run from an empty one."""

    site: Path
    empty: Path

    def run(self, *arguments: str, records: Path | None = None) -> str:
        env = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
        env |= {"PYTHONPATH": str(self.site), "TALLYSTICK_THREADS": "1"}
        if records is not None:
            env["TALLYSTICK_RECORDS"] = str(records)
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tallystick", *arguments],
            env=env, cwd=self.empty, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    site = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    (folder / "empty").mkdir()
    return Installed(site, folder / "empty")


def test_the_wheel_builds_the_starter_edition_and_answers_from_an_empty_folder(installed: Installed) -> None:
    built = json.loads(installed.run("build", "--format", "json"))
    assert any(row["source"] == "starter_actions" and row["in_force"] for row in built)
    question = ("show", "obligations", "--where", "agency=ICE", "--where", "piid=70CTD022FR0000170")
    told = json.loads(installed.run(*question, "--from", "2025-04-11", "--to", "2025-04-11", "--format", "json"))
    assert told["value"] == 29898236.00
    assert (installed.site / "tallystick" / "_records").is_dir()
    assert (installed.empty / ".tallystick" / "ledger.sqlite").is_file()


def test_the_wheel_and_the_checkout_it_was_made_from_have_one_name(installed: Installed) -> None:
    """Else the same releases would make another Edition here than there."""
    asked = (
        "from tallystick.catalog import Catalog\nfrom tallystick.pipeline import code\n"
        "from tallystick.settings import bundled_records\nprint(code(Catalog((bundled_records(),))))"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed.site)}
    ran = subprocess.run(
        [sys.executable, "-c", asked], env=env, cwd=installed.empty, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == code(Catalog((bundled_records(),)))


def test_own_records_are_laid_over_those_in_the_wheel(installed: Installed) -> None:
    installed.run("new", "metric", "laid_over", "--records", "mine")
    own = installed.empty / "mine"
    assert "laid_over" in installed.run("metrics", "--format", "csv", records=own)
    theirs = json.loads(installed.run("metrics", "--format", "json", records=own))
    assert {"obligations", "laid_over"} <= {metric["metric"] for metric in theirs}


def test_importing_the_package_loads_no_engine_and_makes_nothing(installed: Installed) -> None:
    code = (
        "import sys, tallystick, pathlib\n"
        "assert tallystick.__file__.startswith(sys.argv[1]), tallystick.__file__\n"
        "heavy = {'duckdb', 'ibis', 'pyarrow', 'polars', 'pandas', 'httpx', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert not list(pathlib.Path().iterdir())\n"
    )
    folder = installed.empty.parent / "nothing"
    folder.mkdir()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed.site)}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(installed.site)], env=env, cwd=folder, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_the_wheel_carries_the_shapes_of_maps_where_set_up_has_brought_them(installed: Installed) -> None:
    held = {path.name for path in bundled_geography().glob("*")}
    carried = {path.name for path in (installed.site / "tallystick" / "_geography").glob("*")}
    assert carried == held
