"""What every request must be, and what every answer carries: the outermost layer of the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tallystick.errors import BusyError, TallystickError, UsageError
from tallystick.views.api.reports import PATH as REPORTS
from tallystick.views.web.headers import headers, is_shared
from tallystick.views.web.impatient import CROWDED
from tallystick.views.web.pasting import TAKES, is_of_another_site
from tallystick.views.web.refusal import refusal
from tallystick.views.web.workbench import Workbench

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What browsers call this machine."""
OWN = ("127.0.0.1", "::1", "localhost")
"""The addresses that only this machine reaches."""
_CONVERSES = "/mcp"
_COME_AGAIN = 5


class Guard:
    """Refuses what no route should see, puts the headers on, and counts. It writes nothing down."""

    def __init__(self, app: ASGIApp, bench: Workbench, routes: Iterable[str]) -> None:
        self._app = app
        self._bench = bench
        self._routes = frozenset(_first(path) for path in routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = _Answered(scope, send)
        begun = time.perf_counter()
        refused = _crowded(scope["path"]) if CROWDED in scope else self._refused(scope)
        if refused is not None:
            self._bench.measures.shed.labels("crowded" if CROWDED in scope else "refused").inc()
            await refused(scope, receive, answered.send)
        else:
            await self._passed(scope, receive, answered)
        route = _first(scope["path"]) if _first(scope["path"]) in self._routes else "other"
        self._bench.measures.requests.labels(route, str(answered.status)).inc()
        if answered.status < 400 and route != "/events":
            self._bench.measures.seconds.labels(route).observe(time.perf_counter() - begun)

    async def _passed(self, scope: Scope, receive: Receive, answered: _Answered) -> None:
        """Have it answered; what the routes make of a body that was cut off is not told, but that it was too long."""
        body = _Body(receive, self._most(scope))

        async def send(message: Message) -> None:
            if answered.is_begun or not body.is_over:
                await answered.send(message)

        try:
            await self._app(scope, body.receive, send)
        except Exception:
            if not body.is_over:
                raise
        if body.is_over and not answered.is_begun:
            self._bench.measures.shed.labels("refused").inc()
            made = refusal(scope["path"], 413, _over("the request's body", self._most(scope), "bytes"))
            made.headers["connection"] = "close"
            await made(scope, receive, answered.send)

    def _refused(self, scope: Scope) -> Response | None:
        path, asked = scope["path"], Headers(scope=scope)
        if self._bench.hosts is not None and _host(asked.get("host", "")) not in self._bench.hosts:
            return refusal(path, 421, UsageError("this server does not go by that name", next_step=_NAMES))
        if scope["method"] == "OPTIONS" and is_shared(path):
            return Response(status_code=204, headers=_PREFLIGHT)
        allowed = self._allowed(path)
        if scope["method"] not in allowed:
            made = refusal(path, 405, UsageError("this server only reads", next_step="ask with GET"))
            made.headers["allow"] = ", ".join(allowed)
            return made
        if scope["method"] == "POST" and path in TAKES and is_of_another_site(asked, self._is_ours(asked)):
            return refusal(path, 403, UsageError("another site sent this", next_step="paste it into the page itself"))
        return self._too_much(scope, asked)

    def _allowed(self, path: str) -> tuple[str, ...]:
        if path.startswith(REPORTS) and self._bench.taking is not None:
            return ("POST",)
        if path.startswith(_CONVERSES):
            return ("POST", "DELETE")
        return ("GET", "HEAD", "POST") if path in TAKES else ("GET", "HEAD")

    def _most(self, scope: Scope) -> int:
        """How long the body of a request may be."""
        is_report = scope["path"].startswith(REPORTS) and self._bench.taking is not None
        return self._bench.limits.report if is_report else self._bench.limits.body

    def _is_ours(self, asked: Headers) -> Callable[[str], bool]:
        """Whether an origin is one of the names that this server answers to; the one it was called by, if any."""
        hosts = self._bench.hosts
        names = hosts if hosts is not None else {_host(asked.get("host", ""))}
        return lambda origin: host_of(origin) in names

    def _too_much(self, scope: Scope, asked: Headers) -> Response | None:
        limits, path = self._bench.limits, scope["path"]
        length = asked.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most(scope):
            return refusal(path, 413, _over("the request's body", self._most(scope), "bytes"))
        if len(scope["query_string"]) + len(path) > limits.url:
            return refusal(path, 414, _over("the address", limits.url, "characters"))
        told = QueryParams(scope["query_string"]).multi_items()
        if len(told) > limits.parameters:
            return refusal(path, 400, _over("the list of parameters", limits.parameters, "parameters"))
        if any(len(value) > limits.value or "\x00" in value for _, value in told) or "\x00" in path:
            return refusal(path, 400, _over("a parameter", limits.value, "characters, none of them a NUL"))
        return None


class _Answered:
    """Sends on, with our headers, and remembers the status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._path = scope["path"]
        self._send = send
        self.status = 500
        self.is_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.is_begun = message["status"], True
            told = MutableHeaders(scope=message)
            for name, value in headers(self._path).items():
                told.setdefault(name, value)
        await self._send(message)


class _Body:
    """Receives no more of a body than `most` bytes; more than that is as if the client had gone."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._had = 0

    @property
    def is_over(self) -> bool:
        """Whether there was more of it."""
        return self._had > self._most

    async def receive(self) -> Message:
        message = await self._receive()
        self._had += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_over else message


def _crowded(path: str) -> Response:
    busy = BusyError("too many are connected at once", next_step="ask again in a few seconds")
    made = refusal(path, 503, busy, retry_after=_COME_AGAIN)
    made.headers["connection"] = "close"
    return made


def _first(path: str) -> str:
    """The first part of a path: `/claims` of `/claims/x`."""
    return "/" + path.split("/", 2)[1] if path.startswith("/") else path


def host_of(site: str) -> str:
    """The host of a site's URL."""
    return _host(site.partition("//")[2].partition("/")[0])


def _host(told: str) -> str:
    """The host without its port."""
    name, sign, port = told.lower().rpartition(":")
    return name if sign and port.isdecimal() else told.lower()


def _over(what: str, most: int, unit: str) -> TallystickError:
    return UsageError(f"{what} is longer than this server takes", next_step=f"keep to {most} {unit}")


_NAMES = "use the address that 'tallystick serve' printed, or serve with --name and the name that you use"
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "Content-Type, If-None-Match, Mcp-Session-Id, Mcp-Protocol-Version",
    "access-control-max-age": "86400",
}
