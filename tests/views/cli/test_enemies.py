"""Bad input and broken homes: each gets what, where and what next, a code that is not zero, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.views.cli.conftest import Ran, Run

ROOT = Path(__file__).parents[3]


def says_what_where_and_what_next(ran: Ran) -> bool:
    return "Traceback" not in ran.err and "where:" in ran.err and "next:" in ran.err and "defect" not in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256)) * 64),
        ("page.csv", b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>"),
        ("cut.csv.gz", b"\x1f\x8b\x08\x00cut"),
        ("nul.csv", b"naics_code,naics_description\n\x00\x00,\x00\n"),
    ],
)
def test_a_file_that_is_no_release_is_refused_and_others_still_answer(
    run: Run, small_data: Path, name: str, content: bytes
) -> None:
    run("build", "--data", str(small_data))
    bad = small_data / name
    bad.write_bytes(content)
    ran = run("add", "usaspending_captures", str(bad))
    assert ran.code == 4
    assert "Traceback" not in ran.err + ran.out
    assert name in ran.err + ran.out
    assert run("show", "obligations").code == 0


def test_a_folder_in_place_of_a_file_says_how_to_name_files(run: Run, small_data: Path) -> None:
    ran = run("add", "naics_codes", str(small_data))
    assert ran.code == 2
    assert says_what_where_and_what_next(ran)


def test_a_missing_file_is_named(run: Run) -> None:
    ran = run("add", "naics_codes", "absent.csv")
    assert ran.code == 4
    assert says_what_where_and_what_next(ran)


def test_a_wrong_source_gets_near_names_and_makes_no_archive(run: Run, tmp_path: Path) -> None:
    ran = run("add", "naics_code", "absent.csv")
    assert ran.code == 2
    assert "did you mean naics_codes" in ran.err
    assert not (tmp_path / ".tallystick").exists()


def test_a_home_that_cannot_be_written_is_an_error_of_the_archive(run: Run, small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = run("add", "naics_codes", str(small_data / "naics.csv"), "--home", str(tmp_path / "file" / "home"))
    assert ran.code == 6
    assert says_what_where_and_what_next(ran)


def test_a_damaged_ledger_is_an_error_of_the_archive(run: Run, small_data: Path, tmp_path: Path) -> None:
    run("add", "naics_codes", str(small_data / "naics.csv"))
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
        if (tmp_path / ".tallystick" / name).exists():
            (tmp_path / ".tallystick" / name).write_bytes(b"not a database at all" * 200)
    ran = run("show", "obligations")
    assert ran.code == 6
    assert says_what_where_and_what_next(ran)


def test_a_records_folder_that_is_not_there_is_named(run: Run) -> None:
    ran = run("metrics", "--records", "absent")
    assert ran.code == 2
    assert says_what_where_and_what_next(ran)


def test_a_record_that_is_wrong_says_which_key(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "mine/sources/us/broken"
    own.mkdir(parents=True)
    (own / "source.yml").write_text("title: Broken\npublisher: 3\n")
    ran = run("sources", "--records", "mine")
    assert ran.code == 3
    assert "source.yml" in ran.err
    assert says_what_where_and_what_next(ran)


def test_an_output_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("metrics", "--output", str(tmp_path / "absent" / "metrics.csv"), "--format", "csv")
    assert ran.code == 1
    assert says_what_where_and_what_next(ran)


def test_control_characters_of_a_record_do_not_reach_a_terminal(run: Run, small_data: Path) -> None:
    (small_data / "naics.csv").write_text("naics_code,naics_description,\x1b[2J\n332994,Arms,x\n")
    run("add", "naics_codes", str(small_data / "naics.csv"))
    assert "\x1b" not in run("findings").out


def command(*arguments: str, home: Path) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TALLYSTICK_")}
    env = kept | {"PYTHONPATH": str(ROOT / "src"), "TALLYSTICK_HOME": str(home), "TALLYSTICK_THREADS": "1"}
    whole = [sys.executable, "-m", "tallystick", *arguments]
    return subprocess.Popen(whole, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=home.parent)


def until(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process has made `path`, or has ended."""
    while not path.exists() and process.poll() is None:
        os.sched_yield()


def test_a_build_killed_in_the_middle_goes_on_when_run_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    killed = command("build", home=home)
    until(home / "published", killed)
    killed.kill()
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    again = command("build", "--format", "json", home=home)
    out, err = again.communicate()
    assert again.returncode == 0, err
    assert b"starter_actions" in out


def test_an_interruption_ends_with_130_and_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stopped = command("build", home=home)
    until(home / "published", stopped)
    stopped.send_signal(signal.SIGINT)
    _, err = stopped.communicate()
    assert stopped.returncode == 130
    assert b"Traceback" not in err


def test_a_pipe_whose_reader_went_away_is_quiet(tmp_path: Path) -> None:
    with command("metrics", "--format", "json", home=tmp_path / "home") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, b"")


def test_a_defect_of_ours_is_one_line_that_says_where_to_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody thought of it\nsecond line")

    monkeypatch.setattr("tallystick.open", broken)
    ran = run("metrics")
    assert ran.code == 70
    assert "ZeroDivisionError: nobody thought of it" in ran.err
    assert "second line" not in ran.err
    assert "--debug" in ran.err
