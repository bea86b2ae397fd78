"""What publishers said is remembered across processes."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tallystick.errors import FetchError
from tallystick.sources.fetch.memory import Memory, Validators
from tests.sources.fetch.publisher import START

SPEND = """
import sys
from datetime import datetime
from pathlib import Path
from tallystick.errors import FetchError
from tallystick.sources.fetch.memory import Memory
memory, spent = Memory(Path(sys.argv[1])), 0
for _ in range(10):
    try:
        memory.spend("sam", 25, datetime.fromisoformat(sys.argv[2]))
        spent += 1
    except FetchError:
        pass
memory.close()
print(spent)
"""


def test_the_calls_of_a_day_are_refused_before_the_limit_is_passed(memory: Memory) -> None:
    for _ in range(10):
        memory.spend("sam", 10, START)
    with pytest.raises(FetchError) as refused:
        memory.spend("sam", 10, START)
    assert refused.value.what == "the 10 calls that 'sam' grants a day are spent"
    assert refused.value.next_step == "come back after 2026-08-21 00:00 UTC"


def test_the_next_day_grants_calls_anew(memory: Memory) -> None:
    memory.spend("sam", 1, START)
    memory.spend("sam", 1, START + timedelta(hours=12))


def test_processes_at_once_do_not_spend_more_calls_than_are_granted(tmp_path: Path) -> None:
    path = tmp_path / "fetches.sqlite"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SPEND, str(path), START.isoformat()], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert sum(int(process.communicate()[0]) for process in running) == 25


def test_a_closed_memory_remembers_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "fetches.sqlite"
    with closing(Memory(path)) as first:
        first.fetched("https://files.example.gov/a", Validators('"one"'), "abc", START)
        first.fetched("https://files.example.gov/a", Validators('"two"'), "def", START)
        first.shut("files.example.gov", START + timedelta(hours=1), START)
    with closing(Memory(path)) as second:
        assert second.last("https://files.example.gov/a") == (Validators('"two"'), "def")
        with pytest.raises(FetchError, match="asked to be left alone"):
            second.check_open("files.example.gov", START)
        second.check_open("files.example.gov", START + timedelta(hours=2))
