"""Copies a home in processes of their own, each killed at another instant.

    python -m tests.archive.backing_up HOME COPIES INSTANTS

Prints as JSON how many instants there are in a copy that nobody stops, and how each process ended.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tallystick.archive.backup import back_up
from tests.archive.adding import Killer, ended, started


def _watched(_name: str, _done: int, _of: int) -> None:
    """Nobody looks on."""


def counted(home: Path, copy: Path) -> int:
    """How many instants there are in copying."""
    listening, telling = os.pipe()
    killer = Killer(0)

    def act(_told: int) -> None:
        back_up(home, copy, _watched)
        sys.setprofile(None)
        os.write(telling, str(killer.seen).encode())

    assert ended(*started(act, lambda: sys.setprofile(killer)))["code"] == 0
    os.close(telling)
    with os.fdopen(listening) as told:
        return int(told.read())


def killed(home: Path, copy: Path, instant: int) -> int:
    killer = Killer(instant)

    def act(_told: int) -> None:
        back_up(home, copy, _watched)

    return int(ended(*started(act, lambda: sys.setprofile(killer)))["code"])


def main(home: Path, copies: Path, parts: int) -> None:
    instants = counted(home, copies / "whole")
    chosen = [instants * part // parts for part in range(1, parts)]
    codes = {instant: killed(home, copies / str(instant), instant) for instant in chosen}
    sys.stdout.write(json.dumps({"instants": instants, "codes": codes}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
