"""A cluster of the tests' own that speaks Spark Connect, on loopback, gone when they are done.

It is Sail's: a driver that hands tasks to two workers, which send one another what they shuffle.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.engines.server import free_port

_AS_CLUSTER = {
    "SAIL_MODE": "local-cluster",
    "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
    "SAIL_CLUSTER__WORKER_MAX_COUNT": "2",
    "RUST_LOG": "error",
}


@contextmanager
def spark(port: int = 0) -> Iterator[str]:
    """The address of a fresh server at a port; who connects to it waits for it."""
    port = port or free_port()
    words = [sys.executable, "-m", "pysail", "spark", "server", "--port", f"{port}"]
    with subprocess.Popen(words, env=os.environ | _AS_CLUSTER, stdin=subprocess.DEVNULL) as server:
        try:
            yield f"sc://127.0.0.1:{port}/"
        finally:
            server.kill()
