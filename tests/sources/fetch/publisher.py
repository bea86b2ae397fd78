"""A publisher's site on this machine: answers in the publishers' shapes, and breaks as they do."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tallystick.clock import Clock

START = datetime(2026, 8, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    """What the site says. `cut` closes the connection after so many bytes; `length` lies about their number."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    length: int | None = None


def told(value: Any) -> Answer:
    return Answer(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


Route = Callable[[Asked], Answer]


@dataclass
class Publisher:
    """`routes` by host and path; a list of answers is given one after the other, the last one for good."""

    address: str = ""
    routes: dict[str, Route | list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        route = self.routes.get(asked.host + asked.path)
        if route is None:
            return Answer(b"no such page", 404)
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        return route(asked)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A site that answers on a free port of this machine while the block runs."""
    site = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the tests quiet."""

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            sent = json.loads(self.rfile.read(size)) if size else None
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            answer = site.answer(Asked(self.command, self.headers["Host"], url.path, query, dict(self.headers), sent))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.end_headers()
            self.wfile.write(answer.body if answer.cut is None else answer.body[: answer.cut])
            self.close_connection = answer.cut is not None or answer.length is not None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Time:
    """Time that passes only when somebody sleeps, and by `each` at every look at the clock."""

    now: datetime = START
    passed: float = 0.0
    each: float = 0.0
    slept: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self._look, self._sleep)

    def _look(self) -> float:
        self.passed += self.each
        return self.passed

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds
        self.now += timedelta(seconds=seconds)


def ranged(body: bytes, etag: str = '"one"') -> Route:
    """A file that can be continued and asked for conditionally."""

    def route(asked: Asked) -> Answer:
        headers = {"ETag": etag}
        if asked.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers=headers)
        wanted = asked.headers.get("Range")
        if wanted and asked.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                return Answer(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
            told_range = f"bytes {start}-{len(body) - 1}/{len(body)}"
            return Answer(body[start:], 206, {**headers, "Content-Range": told_range})
        return Answer(body, headers=headers)

    return route


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Pack the members; the same members always give the same bytes, whatever the clock says."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()
