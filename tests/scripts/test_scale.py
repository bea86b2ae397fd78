"""The benchmark of growth runs, at a size that a test has time for, and its rows are as it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
from scripts.generate_transactions import Wanted, full
from scripts.scale.__main__ import A_FILE, files

STEPS = ("ingest, CPU s", "ingest, peak MB", "Edition and first figure, s by the clock", "metrics, s")


def test_every_step_is_measured_and_held_against_the_engine_s_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.scale", "0.001", "--folder", str(tmp_path)]
    command += ["--memory", "1GB", "--step", "metrics"]
    command += ["--compiled", os.environ["TALLYSTICK_COMPILED"]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = {name.strip(): float(value) for name, value in re.findall(r"^  (\S.*?) {2,}([\d.]+)", ran.stdout, re.M)}
    assert all(told[step] > 0 for step in STEPS)
    assert {line.split("  ")[1] for line in ran.stdout.splitlines() if line.endswith(" x")} >= {
        "ingest, CPU s", "metrics, s",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_measurement_that_was_cut_off_goes_on_in_its_home(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.scale", "0.001", "--folder", str(tmp_path), "--memory", "1GB"]
    command += ["--home", str(tmp_path / "home"), "--forget", "--step", "metrics"]
    command += ["--compiled", os.environ["TALLYSTICK_COMPILED"]]
    first, again = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert "ingest, CPU s" in first
    assert "ingest, CPU s" not in again
    assert "metrics, s" in again
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert not (tmp_path / "home" / "archive").exists()


def test_more_than_the_disk_holds_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.scale", "900000000", "--folder", str(tmp_path)]
    command += ["--compiled", os.environ["TALLYSTICK_COMPILED"]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "name another --folder" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_each_year_has_actions_of_its_own_and_few_firms_have_most_of_them(tmp_path: Path) -> None:
    years = files(2 * A_FILE + 5)
    assert [(one.fiscal_year, one.first, one.rows) for one in years] == [
        (2025, 0, A_FILE), (2024, A_FILE, A_FILE), (2023, 2 * A_FILE, 5),
    ]  # fmt: skip
    with zipfile.ZipFile(full(tmp_path, Wanted(3000, 1, first=7_000_000, skewed=True))) as packed:
        packed.extractall(tmp_path)
    rows = f"read_csv('{tmp_path}/*.csv', all_varchar = true)"
    first, keys = duckdb.sql(
        f"SELECT min(contract_transaction_unique_key LIKE '%\\_700%' ESCAPE '\\'), "
        f"count(DISTINCT contract_transaction_unique_key) FROM {rows}"
    ).fetchall()[0]
    assert (first, keys) == (True, 3000)
    firms = [
        n for (n,) in duckdb.sql(f"SELECT count(*) FROM {rows} GROUP BY recipient_uei ORDER BY 1 DESC").fetchall()
    ]
    assert sum(firms[: len(firms) // 100 + 1]) > 3000 / 10
    usd = "abs(federal_action_obligation::DECIMAL(18, 2))"
    ((share,),) = duckdb.sql(
        f"SELECT sum({usd}) FILTER (place <= 60) / sum({usd}) "
        f"FROM (SELECT *, row_number() OVER (ORDER BY {usd} DESC) AS place FROM {rows})"
    ).fetchall()
    assert share > 0.4
