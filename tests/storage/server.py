"""A SeaweedFS of the tests' own, on loopback, gone when they are done; and a way to it on which things go wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.engines.server import free_port

KEY, SECRET = "tests", "only-here"
_ACTIONS = ["Admin", "Read", "Write", "List", "Tagging"]
_PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
_PIECE = 1 << 16
Fault = Callable[[str, str], str | None]
"""Given a method and a path: 'slow down', 'refuse', 'cut', or None to let it through."""


def program() -> Path | None:
    """The program of SeaweedFS, as its package lays it beside Python's."""
    found = shutil.which("weed", path=f"{Path(sys.executable).parent}") or shutil.which("weed")
    return Path(found) if found else None


@contextmanager
def seaweedfs(folder: Path) -> Iterator[int]:
    """The port of a fresh server that keeps its objects below `folder`."""
    identity = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": _ACTIONS}
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    port, s3 = free_port(), {"s3.config": config, "s3.port.iceberg": 0, "s3.port.lance": 0}
    told = {name: free_port() for name in (*_PORTS, "s3.port.grpc")} | s3 | {"s3.port": port}
    told |= {"dir": folder, "ip": "127.0.0.1", "ip.bind": "127.0.0.1", "master.telemetry": "false"}
    told |= {"master.volumeSizeLimitMB": 256, "volume.max": 40, "volume.minFreeSpace": "1MiB"}
    words = [str(program()), "server", "-filer", "-s3", *(f"-{name}={value}" for name, value in told.items())]
    log = folder / "log"
    with log.open("wb") as out, subprocess.Popen(words, stdout=out, stderr=out, cwd=folder) as process:
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it takes an object: its parts find one another in their own time."""
    patience = threading.Event()
    for _ in range(300):
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            if connection.getresponse().status == 403:  # it asks who that is: it knows its identities
                return
        except OSError:
            pass
        finally:
            connection.close()
        patience.wait(0.1)
    raise AssertionError(log.read_text(errors="replace")[-2000:])


@contextmanager
def faulty(port: int, fault: Fault) -> Iterator[str]:
    """The address of a way to the server at `port` on which `fault` says what goes wrong."""

    class Way(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _pass(self) -> None:
            wrong = fault(self.command, self.path)
            length = int(self.headers.get("content-length", 0))
            if wrong == "cut":
                self.rfile.read(length // 2)
                self.close_connection = True
                return
            body = self.rfile.read(length)
            if wrong:
                status, code = (503, "SlowDown") if wrong == "slow down" else (403, "AccessDenied")
                self._answer(status, {}, f"<Error><Code>{code}</Code></Error>".encode())
                return
            with closing(HTTPConnection("127.0.0.1", port)) as there:
                there.request(self.command, self.path, body, dict(self.headers))
                answer = there.getresponse()
                status, headers, told = answer.status, dict(answer.getheaders()), answer.read()
            with suppress(ConnectionError):  # who asked may have given up, as another part was cut
                self._answer(status, headers, told)

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", headers.get("Content-Length", str(len(body))))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _pass  # noqa: N815

    with ThreadingHTTPServer(("127.0.0.1", 0), Way) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
