"""tallystick add, findings, accept, undo, verify: what comes in, what is found in it, and who lets it stand."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.views.cli.conftest import Run


def findings(run: Run) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("findings", "--severe", "--format", "json").out)
    return told


@pytest.fixture
def strange(small_data: Path) -> Path:
    """A code list with a column that nobody named."""
    path = small_data / "strange" / "naics.csv"
    path.parent.mkdir()
    path.write_text("naics_code,naics_description,colour\n332994,Small Arms Manufacturing,blue\n")
    return path


def test_a_severe_finding_holds_a_release_back_until_a_person_accepts_it(run: Run, strange: Path) -> None:
    assert run("add", "naics_codes", str(strange)).code == 4
    (finding,) = findings(run)
    same = ("--kind", finding["kind"], "--severity", "severe", "--format", "json")
    assert json.loads(run("findings", *same).out) == [finding]
    assert json.loads(run("findings", "--kind", "stale_tab", "--format", "json").out) == []
    assert "colour" in finding["says"]
    assert run("findings", "--strict").code == 8
    accepted = run("accept", finding["finding"][:6], "--because", "a colour is no harm", "--by", "data desk")
    assert accepted.code == 0
    assert run("findings", "--strict").code == 0
    assert run("undo", finding["finding"], "--because", "it is", "--by", "data desk").code == 0
    assert run("findings", "--strict").code == 8


def test_adding_tells_at_once_what_only_a_judgement_finds_and_how_grave_it_is(run: Run, small_data: Path) -> None:
    path = small_data / "CBP_ICE_FY2025_asof_20260801_cut.csv"
    whole = (small_data / "CBP_ICE_FY2025_asof_20260820_small.csv").read_text().splitlines()
    cells = next(csv.reader(whole[1:2]))
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(next(csv.reader(whole[:1])))
        for n in range(300):  # three whole pages, the largest first, and no de-obligation
            piid, usd = f"70CUT{n:04}", f"{90000 - n * 100}.00"
            writer.writerow([piid, cells[1], usd, *cells[3:9], f"CONT_AWD_{piid}_7012_-NONE-_-NONE-"])
    ran = run("add", "usaspending_captures", str(path), "--format", "json")
    (row,) = json.loads(ran.out)
    told = json.loads(run("findings", "--format", "json").out)
    grave = {finding["kind"] for finding in told if finding["severity"] == "incomplete"}
    assert grave == {"truncated_capture", "promised_scope", "scope_row_count"}
    assert (ran.code, row["severe"], row["incomplete"]) == (4, 0, len(grave))
    again = run("add", "usaspending_captures", str(path)).out
    assert "incomplete: 7012/FY2025" in again
    assert f"  where: {path.name}, 7012/FY2025" in again
    assert "  next:  capture this scope again to its last page" in again


def test_a_file_that_is_kept_and_cannot_be_read_is_not_said_to_be_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sam_opportunities_2026-03-05.json"
    path.write_text('{"error": {"code": "API_KEY_INVALID"}}', encoding="utf-8")
    ran = run("add", "sam_opportunities", str(path))
    assert ran.code != 0
    assert f"{path.name} is kept, and cannot be read: this is no answer" in ran.err


def test_adding_what_a_person_accepted_before_is_no_failure(run: Run, strange: Path) -> None:
    ran = run("add", "naics_codes", str(strange))
    assert (ran.code, "severe: " in ran.err, "colour" in ran.err) == (4, True, True)
    run("accept", findings(run)[0]["finding"], "--because", "a colour is no harm", "--by", "data desk")
    assert run("add", "naics_codes", str(strange)).code == 0


def test_accepting_asks_for_a_reason(run: Run, strange: Path) -> None:
    run("add", "naics_codes", str(strange))
    ran = run("accept", findings(run)[0]["finding"], "--by", "data desk")
    assert ran.code == 2
    assert "--because" in ran.err


def test_adding_the_same_file_again_changes_nothing(run: Run, small_data: Path) -> None:
    first = run("add", "naics_codes", str(small_data / "naics.csv"), "--format", "csv")
    second = run("add", "naics_codes", str(small_data / "naics.csv"), "--format", "csv")
    assert first.code == second.code == 0
    assert first.out == second.out


def test_a_wrong_file_among_good_ones_leaves_nothing_half_done(run: Run, small_data: Path) -> None:
    ran = run("add", "naics_codes", str(small_data / "naics.csv"), str(small_data / "absent.csv"))
    assert ran.code == 4
    assert "absent.csv" in ran.err
    assert run("findings").code == 7, "no archive may have been made"


def test_verify_says_what_is_damaged(run: Run, small_data: Path, tmp_path: Path) -> None:
    run("add", "naics_codes", str(small_data / "naics.csv"))
    assert run("verify").code == 0
    (kept,) = [path for path in (tmp_path / ".tallystick" / "archive").rglob("*") if path.is_file()]
    kept.chmod(0o644)
    kept.write_bytes(b"damaged")
    ran = run("verify")
    assert ran.code == 6
    assert re.search(r"naics\.csv", ran.out)


def test_two_releases_of_a_source_are_compared_row_by_row(run: Run, small_data: Path) -> None:
    run("add", "naics_codes", str(small_data / "naics.csv"))
    later = small_data / "later" / "naics.csv"
    later.parent.mkdir()
    later.write_text("naics_code,naics_description\n332994,Small Arms Manufacturing\n332992,Ammunition\n")
    run("add", "naics_codes", str(later))
    first, second = (row["release"] for row in json.loads(run("releases", "--format", "json").out))
    (summary,) = json.loads(run("diff", first, second, "--format", "json").out)
    assert (summary["added"], summary["removed"], summary["unchanged"]) == (1, 0, 1)
    rows = json.loads(run("diff", first, second, "--show", "rows", "--format", "json").out)
    assert [(row["change"], row["code"]) for row in rows] == [("added", "332992")]
    assert run("diff", first, second, "--strict").code == 8
    assert run("diff", first, first, "--strict").code == 0


def test_a_release_that_nobody_has_gets_near_names(run: Run, small_data: Path) -> None:
    run("add", "naics_codes", str(small_data / "naics.csv"))
    assert run("diff", "nothing", "2026-01-01").code == 2


def test_what_is_severe_is_told_at_once_with_its_cell_and_the_command_that_shows_it(
    run: Run, small_data: Path
) -> None:
    capture = next(small_data.glob("CBP_ICE_FY2025_asof_*.csv"))
    capture.write_text(capture.read_text().replace(",7.07,", ",seven,"))
    ran = run("add", "usaspending_captures", str(capture))
    assert ran.code == 4
    assert "severe" in ran.err
    assert "seven" in ran.err
    finding = re.search(r"tallystick findings ([0-9a-f]{10})", ran.err)
    assert finding
    assert "seven" in run("findings", finding.group(1)).out
    assert f"tallystick findings {finding.group(1)}" in run("build").err


def test_a_note_is_not_accepted_since_it_keeps_nothing_out(run: Run, small_data: Path) -> None:
    run("build", "--data", str(small_data))
    rows = json.loads(run("findings", "--format", "json").out)
    light = next(row["finding"] for row in rows if row["severity"] in ("note", "warning"))
    ran = run("accept", light, "--because", "looked", "--by", "data desk")
    assert ran.code == 2
    assert "there is nothing to accept" in ran.err
