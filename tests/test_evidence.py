"""A frozen bundle can be checked and rerun by a stranger, and gives itself away when it was tampered with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.archive.bundle import damage
from tallystick.bench import Bench
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

pytestmark = pytest.mark.real_data

WEAPONS = Question(
    "obligations", {"agency": "ICE", "naics": "332994"}, start=date(2025, 1, 20), end=date(2025, 9, 30)
)
BY_MONTH = Question("obligations", {"agency": "ICE"}, by=("month",), start=date(2024, 10, 1), end=date(2025, 9, 30))
SHARE = Question("share_of_top_recipient", {"agency": "ICE"}, start=date(2024, 10, 1), end=date(2025, 9, 30))
NAME = "CBP_ICE_FY2025_Contract_Obligations.csv"
FILES = {
    "usaspending_captures": [
        "procurement/usaspending_transactions_api/earlier_captures/CBP_ICE_FY2025_asof_20260213_7f66b0a.csv.gz",
        "procurement/usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv",
        "procurement/usaspending_transactions_api/CBP_ICE_FY2024_Contract_Obligations.csv",
    ],
    "naics_codes": ["reference/naics.csv", "reference/naics_names_observed.csv"],
}


@pytest.fixture(scope="module")
def bench(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home = tmp_path_factory.mktemp("home")
    pipeline = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="2GB"))
    for source, files in FILES.items():
        for file in files:
            pipeline.add(pipeline.catalog.source(source), real_data / file, Provenance(source, Path(file).name))
    return Bench(pipeline)


@pytest.fixture(scope="module")
def frozen(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bench.freeze([WEAPONS, BY_MONTH, SHARE], tmp_path_factory.mktemp("frozen") / "weapons", originals=True)


@pytest.fixture
def copy(frozen: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(shutil.copytree(frozen, tmp_path / "copy"))


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the bundle's folder, with nothing of ours in its environment."""
    return subprocess.run(
        words, cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )


def contents(folder: Path) -> Mapping[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_figure_in_the_bundle_is_the_bench_s(bench: Bench, frozen: Path) -> None:
    assert (frozen / "data/results/01-obligations/result.csv").read_text() == "value\n71515761.68\n"
    assert bench.ask(WEAPONS).value == Decimal("71515761.68")


def test_standard_tools_find_the_bundle_whole(frozen: Path) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        checked = run(frozen, "sha256sum", "--check", "--strict", manifest)
        assert checked.returncode == 0, checked.stderr
    assert damage(frozen) is None


def test_the_rerun_script_gives_the_same_bytes_from_the_bundle_alone(copy: Path) -> None:
    ran = run(copy, sys.executable, "data/rerun.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "every answer came out to the same bytes" in ran.stdout
    assert ran.stdout.count("same bytes  results/") == 6


def test_python_alone_adds_the_evidence_up_and_finds_each_amount_in_the_publishers_file(copy: Path) -> None:
    ran = run(copy, sys.executable, "-I", "-S", "data/resum.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    weapons, months, share = ran.stdout.splitlines()
    assert weapons.endswith("rows add up to the result; 156 of 156 amounts looked up are in the originals")
    assert "add up to the result" in months
    assert "no plain sum" in share


def test_frozen_twice_the_bundle_is_the_same_to_the_byte(bench: Bench, frozen: Path, tmp_path: Path) -> None:
    again = bench.freeze([WEAPONS, BY_MONTH, SHARE], tmp_path / "again", originals=True)
    assert contents(again) == contents(frozen)


def test_only_releases_that_the_rows_reach_are_in_the_bundle_unless_all_are_asked_for(
    bench: Bench, frozen: Path, tmp_path: Path
) -> None:
    everything = bench.freeze([WEAPONS], tmp_path / "everything", everything=True, originals=True)
    names = [{path.name for path in (f / "data/releases").rglob("*") if path.is_file()} for f in (frozen, everything)]
    codes = {"naics.csv", "naics_names_observed.csv"}
    assert names[0] == codes | {"CBP_ICE_FY2025_Contract_Obligations.csv"}
    assert names[1] == names[0] | {"CBP_ICE_FY2024_Contract_Obligations.csv"}


def test_the_releases_in_the_bundle_are_the_publishers_bytes(frozen: Path, real_data: Path) -> None:
    (held,) = (frozen / "data/releases").rglob("CBP_ICE_FY2025_Contract_Obligations.csv")
    assert held.read_bytes() == (real_data / FILES["usaspending_captures"][1]).read_bytes()


def test_files_that_hold_what_is_withheld_of_persons_stay_out_until_they_are_put_in_place(
    bench: Bench, tmp_path: Path, real_data: Path
) -> None:
    folder = bench.freeze([WEAPONS], tmp_path / "handed-on")
    (told,) = (
        told
        for told in json.loads((folder / "data/provenance.json").read_text())["releases"]
        if told["source"] == "usaspending_captures"
    )
    original = folder / "data/releases" / told["id"] / told["name"]
    assert not original.exists()
    assert list(folder.rglob("naics.csv")), "a list of codes holds nothing of persons"
    assert run(folder, sys.executable, "data/rerun.py").returncode == 0
    without = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert without.returncode == 0
    assert "156 of 156 amounts looked up are in the originals or excerpts of them (156 in excerpts)" in without.stdout
    assert told["sha256"] in without.stdout
    shutil.copyfile(real_data / FILES["usaspending_captures"][1], original)
    beside = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert beside.returncode == 0
    assert "156 of 156 amounts looked up are in the originals\n" in beside.stdout
    original.write_bytes(original.read_bytes() + b" ")
    tampered = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert tampered.returncode == 1
    assert "NOT the file that was read" in tampered.stdout


def test_an_excerpt_that_was_changed_or_taken_away_is_told(bench: Bench, tmp_path: Path, real_data: Path) -> None:
    folder = bench.freeze([WEAPONS], tmp_path / "handed-on")
    (excerpt,) = folder.rglob("excerpt.csv")
    whole = excerpt.read_text()
    assert not {"Recipient Name", "Transaction Description"} & set(whole.splitlines()[0].split(","))
    excerpt.write_text(whole.replace("9999966.1", "9999966.2"))
    changed = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert (changed.returncode, "155 of 156" in changed.stdout) == (1, True)
    shutil.copyfile(real_data / FILES["usaspending_captures"][1], excerpt.with_name(NAME))
    beside = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert (beside.returncode, "1 row(s) of the excerpt are NOT in the original" in beside.stdout) == (1, True)
    excerpt.with_name(NAME).unlink()
    excerpt.unlink()
    gone = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert (gone.returncode, "156 COULD NOT BE LOOKED UP" in gone.stdout) == (3, True)


def test_an_evidence_row_beyond_the_end_of_its_file_does_not_hold(copy: Path) -> None:
    evidence = copy / "data/results/01-obligations/evidence.csv"
    (row,) = (line for line in evidence.read_text().splitlines() if "9999966.10" in line)
    number = re.search(rf"{NAME},(\d+),", row)
    assert number
    evidence.write_text(evidence.read_text().replace(f"{NAME},{number[1]},", f"{NAME},99999,"))
    ran = run(copy, sys.executable, "-I", "-S", "data/resum.py")
    assert (ran.returncode, "155 of 156" in ran.stdout) == (1, True)


def test_no_address_or_number_of_a_contact_is_in_a_bundle_that_is_handed_on(bench: Bench, tmp_path: Path) -> None:
    folder = bench.freeze([Question("obligations", {"agency": "ICE"})], tmp_path / "all")
    (evidence,) = folder.rglob("evidence.csv")
    text = evidence.read_text()
    assert "(withheld)" in text
    assert not re.findall(r"[\w.]+@\w+\.\w+|\(?\b[2-9]\d\d\)?[-. ][2-9]\d\d[-.]\d{4}\b", text)


def test_a_figure_that_looks_at_the_year_before_takes_that_years_release_with_it(
    bench: Bench, tmp_path: Path
) -> None:
    change = Question("change_on_year_before", {"agency": "ICE"}, start=date(2025, 1, 1), end=date(2025, 6, 30))
    folder = bench.freeze([change], tmp_path / "change", originals=True)
    names = {path.name for path in (folder / "data/releases").rglob("*") if path.is_file()}
    assert bench.ask(change).value is not None
    assert {"CBP_ICE_FY2024_Contract_Obligations.csv", "CBP_ICE_FY2025_Contract_Obligations.csv"} <= names
    assert run(folder, sys.executable, "data/rerun.py").returncode == 0


def test_an_amount_that_no_row_holds_is_frozen_as_unknown_not_as_zero(bench: Bench, tmp_path: Path) -> None:
    folder = bench.freeze([Question("ceiling", {"agency": "ICE"})], tmp_path / "ceiling")
    assert run(folder, sys.executable, "data/rerun.py").returncode == 0
    ran = run(folder, sys.executable, "-I", "-S", "data/resum.py")
    assert ran.returncode == 0
    assert "hold no amount, and the result says none: unknown" in ran.stdout


def test_an_estimate_of_lengths_is_made_again_from_the_bundle_alone(bench: Bench, tmp_path: Path) -> None:
    asked = Question("share_left_for_the_next_stage", {"process": "contracts", "stage": "base_period"})
    folder = bench.freeze([asked], tmp_path / "lengths")
    assert run(folder, sys.executable, "data/rerun.py").returncode == 0
    assert "statsmodels==" in (folder / "data/requirements.txt").read_text()
    (told,) = (folder / "data/results/01-share_left_for_the_next_stage/result.csv").read_text().split()[1:]
    assert 0 < float(told) < 1


@pytest.mark.parametrize("file", ["results/01-obligations/result.csv", "provenance.json", "rerun.py"])
def test_a_changed_file_is_found_by_its_hash(copy: Path, file: str) -> None:
    with (copy / "data" / file).open("ab") as out:
        out.write(b" ")
    checked = run(copy, "sha256sum", "--check", "--quiet", "manifest-sha256.txt")
    assert checked.returncode != 0
    assert f"data/{file}: FAILED" in checked.stdout
    assert damage(copy) is not None


def test_a_changed_figure_is_found_even_where_the_hashes_were_made_anew(copy: Path) -> None:
    (copy / "data/results/01-obligations/result.csv").write_text("value\n81515761.68\n")
    reran = run(copy, sys.executable, "data/rerun.py")
    assert reran.returncode == 1
    assert "DIFFERENT  results/01-obligations/result.csv" in reran.stdout
    resummed = run(copy, sys.executable, "-I", "-S", "data/resum.py")
    assert resummed.returncode == 1
    assert "DO NOT add up" in resummed.stdout


def test_a_changed_amount_is_found_in_the_publishers_file(copy: Path) -> None:
    evidence = copy / "data/results/01-obligations/evidence.csv"
    evidence.write_text(evidence.read_text().replace("9999966.10", "9999966.11"))
    ran = run(copy, sys.executable, "-I", "-S", "data/resum.py")
    assert ran.returncode == 1
    assert "155 of 156" in ran.stdout


def test_a_folder_that_is_there_and_a_claim_that_is_not_are_refused(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there already"):
        bench.freeze([WEAPONS], tmp_path)
    with pytest.raises(UsageError, match="no question to freeze"):
        bench.freeze([], tmp_path / "nothing")
    with pytest.raises(UnknownName):
        bench.freeze(["no-such-claim"], tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
