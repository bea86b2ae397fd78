"""The log keeps what it acknowledged through a SIGKILL and a full disk, and two processes may write at once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.errors import ArchiveError
from tallystick.reporting.kinds import STAGE_EVENTS
from tallystick.reporting.log import FILE, Log
from tests.reporting.made import accepted, counts, token
from tests.reporting.writing import ROWS, ids

PATIENT = 120


def writing(home: Path, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.reporting.writing", str(home), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def acknowledged(told: list[str]) -> list[int]:
    """The numbers of the batches that were acknowledged with a whole line."""
    return [int(line.split()[0]) for line in told if line.endswith("\n") and line[0].isdigit()]


def is_whole(log: Log, batches: int) -> set[int]:
    """The batches that the log has, each of them with all of its rows."""
    known = log.known(STAGE_EVENTS, [its_id for number in range(batches) for its_id in ids(number)])
    had = {number: sum(its_id in known for its_id in ids(number)) for number in range(batches)}
    assert set(had.values()) <= {0, ROWS}
    return {number for number, rows in had.items() if rows}


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_time_the_log_holds_all_that_was_acknowledged_and_no_batch_in_part(
    tmp_path: Path, seed: int
) -> None:
    chance, told = random.Random(seed), list[str]()
    with writing(tmp_path, 100_000) as process:
        assert process.stdout is not None
        for _ in range(chance.randint(1, 40)):
            told.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    with Log.of(tmp_path) as log:
        held = is_whole(log, max(acknowledged(told)) + 3)
        assert set(acknowledged(told)) <= held
        assert log.position() == len(held)
        assert accepted(log, counts("SEA,2026-03-01,arrests,1,1", by=token(log))).new == 1


def test_a_full_disk_is_an_error_that_says_so_and_takes_nothing_back(tmp_path: Path) -> None:
    with writing(tmp_path, 100_000, 400_000) as process:
        assert process.stdout is not None
        *told, refused = process.stdout.read().splitlines(keepends=True)
    assert process.wait(PATIENT) == ArchiveError.exit_code
    assert "free some space" in refused
    with Log.of(tmp_path) as log:
        assert is_whole(log, len(told) + 2) == set(acknowledged(told))
        assert accepted(log, counts("SEA,2026-03-01,arrests,1,1", by=token(log))).new == 1


def test_two_processes_that_report_the_same_at_once_record_each_row_once(tmp_path: Path) -> None:
    Log.of(tmp_path).close()
    both = [writing(tmp_path, 30) for _ in range(2)]
    told = [process.communicate(timeout=PATIENT)[0].splitlines() for process in both]
    new = [sum(int(line.split()[1]) for line in lines) for lines in told]
    assert [len(lines) for lines in told] == [30, 30]
    assert sum(new) == 30 * ROWS
    with Log.of(tmp_path) as log:
        assert is_whole(log, 30) == set(range(30))
        assert log.position() == 30


def test_a_log_that_is_damaged_says_so_and_what_to_do(tmp_path: Path) -> None:
    with Log.of(tmp_path) as log:
        token(log)
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError, match="not a log of reports, or it is damaged"):
        Log.of(tmp_path)
