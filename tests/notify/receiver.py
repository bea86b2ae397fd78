"""A server on this machine that hears webhooks: it keeps what came, and answers as a test says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """`heard` are the bodies and headers that came, `answers` the statuses to give (the last one stays)."""

    address: str = ""
    heard: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [204])
    came: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def names(self) -> list[str]:
        """The ids of the messages that came, in order."""
        return [headers["webhook-id"] for _, headers in self.heard]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port while the block runs."""
    its = Receiver()
    its.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Keep the tests quiet."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            its.heard.append((body, {name.lower(): value for name, value in self.headers.items()}))
            its.came.set()
            its.may_answer.wait()
            status = its.answers.pop(0) if len(its.answers) > 1 else its.answers[0]
            try:
                self.send_response(status)
                self.send_header("location", f"{its.address}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()
            except ConnectionError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    its.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield its
    finally:
        its.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()
