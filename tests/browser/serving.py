"""A real server process over a home folder, on any free port."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx

_LISTENS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server over `home`, for as long as the caller needs it."""
    command = [sys.executable, "-m", "tallystick", "serve", "--port", "0", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        told: list[str] = []
        for line in process.stdout:
            told.append(line)
            if found := _LISTENS.search(line):
                break
        else:
            raise AssertionError("the server did not begin to listen:\n" + "".join(told))
        # what it says later is read too, so that it never waits for a reader
        reading = Thread(target=told.extend, args=(process.stdout,), daemon=True)
        reading.start()
        try:
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=30)
            reading.join()
        said = "".join(told)
        assert "Traceback" not in said, f"the server met a defect of ours:\n{said}"
        assert "a defect of ours" not in said, f"the server met a defect of ours:\n{said}"


def made(client: httpx.Client, address: str) -> httpx.Response:
    """What lies at an address, once it is made: the server says when to ask again for what takes long."""
    while "retry-after" in (answer := client.get(address)).headers:
        time.sleep(float(answer.headers["retry-after"]))
    return answer
