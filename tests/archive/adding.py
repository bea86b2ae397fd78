"""Adds releases in processes of its own, to be killed, starved of disk or set against one another.

    python -m tests.archive.adding killed-at-calls HOMES FILES INSTANTS
    python -m tests.archive.adding killed-by-clock HOMES FILES SECONDS
    python -m tests.archive.adding limited HOMES FILES BYTES
    python -m tests.archive.adding at-once HOME FILES PROCESSES

Prints one JSON line for each process: how it ended, and the releases that it was told were added. The processes are
forked from one that has everything imported, so that a hundred of them take seconds.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tallystick.catalog import Catalog
from tallystick.errors import TallystickError
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

SOURCE = "usaspending_captures"
CATALOG = Catalog((bundled_records(),))
# What changes the disk, or waits for it: the instants at which a kill could leave something half done.
TELLING = {"open", "fsync", "link", "mkdir", "mkdtemp", "unlink", "rmdir", "close", "write", "execute", "flock"}


def pipeline(home: Path) -> Pipeline:
    made = Pipeline(Settings(home=home, records=(bundled_records(),), threads=1, memory_limit="500MB"))
    vars(made)["catalog"] = CATALOG
    return made


def add_all(home: Path, files: list[Path], told: int) -> None:
    """Add each file; tell each release only after it was acknowledged."""
    line = pipeline(home)
    for file in files:
        release, _ = line.add(CATALOG.source(SOURCE), file, Provenance(SOURCE, file.name))
        os.write(told, f"{release.id}\n".encode())


class Killer:
    """Counts the calls and returns of what touches the disk, and kills its own process at the one asked for."""

    def __init__(self, instant: int) -> None:
        self.left = instant
        self.seen = 0

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:
        if event in ("c_call", "c_return") and getattr(called, "__name__", "") in TELLING:
            self.seen += 1
            if self.seen == self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def started(act: Callable[[int], None], prepare: Callable[[], None] = lambda: None) -> tuple[int, int]:
    """A forked process that does `act`, given where to tell what was acknowledged: its id, and where to listen."""
    listening, telling = os.pipe()
    process = os.fork()
    if process == 0:
        code = 70
        try:
            os.close(listening)
            prepare()
            act(telling)
            code = 0
        except TallystickError as error:
            sys.stderr.write(f"{error}\n")
            code = error.exit_code
        finally:
            sys.setprofile(None)
            sys.stderr.flush()
            os._exit(code)
    os.close(telling)
    return process, listening


def ended(process: int, listening: int) -> dict[str, Any]:
    with os.fdopen(listening) as told:
        acknowledged = told.read().split()
    _, status = os.waitpid(process, 0)
    return {"code": os.waitstatus_to_exitcode(status), "acknowledged": acknowledged}


def killed_at_call(home: Path, files: list[Path], instant: float) -> dict[str, Any]:
    killer = Killer(int(instant))
    return ended(*started(lambda told: add_all(home, files, told), lambda: sys.setprofile(killer)))


def killed_by_clock(home: Path, files: list[Path], seconds: float) -> dict[str, Any]:
    process, listening = started(lambda told: add_all(home, files, told))
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return ended(process, listening)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def limited(home: Path, files: list[Path], size: float) -> dict[str, Any]:
    """No file may grow over `size` bytes: a write past that fails as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))

    return ended(*started(lambda told: add_all(home, files, told), limit))


def at_once(home: Path, files: list[Path], processes: int) -> list[dict[str, Any]]:
    """Every process adds every file, each beginning with another one."""
    running = []
    for number in range(processes):
        turned = files[number:] + files[:number]
        running.append(started(lambda told, turned=turned: add_all(home, turned, told)))  # type: ignore[misc]
    return [ended(*one) for one in running]


def counted(home: Path, files: list[Path]) -> int:
    """How many instants there are in adding the files."""
    listening, telling = os.pipe()
    killer = Killer(0)

    def act(_told: int) -> None:
        add_all(home, files, _told)
        sys.setprofile(None)
        os.write(telling, str(killer.seen).encode())

    assert ended(*started(act, lambda: sys.setprofile(killer)))["code"] == 0
    os.close(telling)
    with os.fdopen(listening) as told:
        return int(told.read())


def main(mode: str, homes: Path, files: list[Path], numbers: list[float]) -> None:
    if mode == "at-once":
        found = at_once(homes, files, int(numbers[0]))
    elif mode == "count":
        found = [{"instants": counted(homes, files)}]
    else:
        act = {"killed-at-calls": killed_at_call, "killed-by-clock": killed_by_clock, "limited": limited}[mode]
        found = [act(homes / str(place), files, number) for place, number in enumerate(numbers)]
    for one in found:
        sys.stdout.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3].split(",")], json.loads(sys.argv[4]))
