"""Appends batches in a process of its own, to be killed, starved of disk or set against another.

    python -m tests.reporting.writing HOME BATCHES [BYTES]

Prints a line for each batch once it is acknowledged: its number, and how many of its rows were new. BYTES is the
size beyond which no file may grow: when one would, the error is printed and the process ends with its exit code.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from tallystick.errors import TallystickError
from tallystick.reporting.log import Log
from tests.reporting.made import accepted, events, token

ROWS = 50


def ids(number: int) -> list[str]:
    """The ids of the events of a batch."""
    return [f"w-{number}-{place}" for place in range(ROWS)]


def main(home: str, batches: str, most: str = "") -> int:
    with Log.of(Path(home)) as log:
        by = token(log)
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
        for number in range(int(batches)):
            rows = [f"{its_id},installation,Site {its_id},survey,enter,,2026-03-01," for its_id in ids(number)]
            try:
                receipt = accepted(log, events(*rows, by=by))
            except TallystickError as error:
                os.write(1, f"refused: {error}\n".encode())
                return error.exit_code
            os.write(1, f"{number} {receipt.new}\n".encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
