"""A cluster of the tests' own that speaks Spark Connect, on loopback, gone when they are done.

It is Sail's: a driver that hands tasks to two workers, which send one another what they shuffle. Where
`TALLYSTICK_TEST_SPARK` names the folder of an Apache Spark it is that one: a master, two workers, and its own server.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.server import free_port

_AS_CLUSTER = {
    "SAIL_MODE": "local-cluster",
    "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
    "SAIL_CLUSTER__WORKER_MAX_COUNT": "2",
    "RUST_LOG": "error",
}


_OWN = (
    "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
    "--master", "local-cluster[2,1,1024]",
    "--driver-memory", "4g",
    "--conf", "spark.ui.enabled=false",
    "--conf", "spark.driver.bindAddress=127.0.0.1",
    "--conf", "spark.driver.host=127.0.0.1",
    "--conf", "spark.sql.shuffle.partitions=2",
    "--conf", "spark.connect.grpc.binding.address=127.0.0.1",
)  # fmt: skip


@contextmanager
def spark(port: int = 0) -> Iterator[str]:
    """The address of a fresh server at a port; who connects to it waits for it."""
    port = port or free_port()
    home = os.environ.get("TALLYSTICK_TEST_SPARK")
    with _own(Path(home), port) if home else _sail(port):
        yield f"sc://127.0.0.1:{port}/"


@contextmanager
def _sail(port: int) -> Iterator[None]:
    words = [sys.executable, "-m", "pysail", "spark", "server", "--port", f"{port}"]
    with subprocess.Popen(words, env=os.environ | _AS_CLUSTER, stdin=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.kill()


@contextmanager
def _own(home: Path, port: int) -> Iterator[None]:
    submit, at = home / "bin" / "spark-submit", f"spark.connect.grpc.binding.port={port}"
    words = [str(submit), *_OWN, "--conf", at, "spark-internal"]
    its = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            words, cwd=folder, env=os.environ | its, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as server,
    ):  # fmt: skip
        try:
            _wait_for(port, server)
            yield
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Spark ended with {server.returncode} before it answered")
