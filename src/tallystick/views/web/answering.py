"""Between requests and their makers: answers kept, one making for all who ask the same, and a bound on them."""

from __future__ import annotations

import asyncio
import logging
import traceback
from contextlib import AbstractAsyncContextManager
from time import monotonic
from typing import Any

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tallystick.errors import BusyError, TallystickError
from tallystick.nouns.page import FIRST
from tallystick.views.html.routes import RELOAD
from tallystick.views.web.documents import HURRIED
from tallystick.views.web.kept import Kept, Key, Store
from tallystick.views.web.pasting import TAKES
from tallystick.views.web.refusal import refusal
from tallystick.views.web.turns import Turns
from tallystick.views.web.waiting import waiting
from tallystick.views.web.workbench import Workbench

_NOT_KEPT = ("/assets/", "/events", "/health", "/metrics")
_CONVERSES = "/mcp"
_GIVING = 2
_NO_END = 1_000_000
_SOON, _LONGEST_WAIT = 0.2, 60.0
_UNHURRIED = "tallystick.unhurried"
_LOG = logging.getLogger(__name__)


class Answering:
    """Gives GET requests the answer kept for the state in force, or has it made once for all who ask for it."""

    def __init__(self, app: ASGIApp, bench: Workbench) -> None:
        self._app = app
        self._bench = bench
        self._store = Store(bench.limits.kept)
        self._making: dict[Key, asyncio.Task[Kept]] = {}
        limits = bench.limits
        self._turns = Turns(limits.at_once, limits.at_once + limits.waiting, limits.share)
        self._ahead = Turns(1, _NO_END, _NO_END)
        self._there = asyncio.Semaphore(_GIVING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _waits_its_turn(scope):
            await self._converse(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_NOT_KEPT):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = await self._answer(scope, headers)
        await _conditional(answer, headers)(scope, receive, send)

    async def warm(self, path: str, query: str = "") -> None:
        """Have what lies at `path` made before anyone asks, after what somebody waits for, if that is not long."""
        ends = monotonic() + _LONGEST_WAIT
        while self._turns.is_busy and monotonic() < ends:
            await asyncio.sleep(_SOON)
        scope = _scope(path, query, self._bench.hosts)
        task = self._task(self._key(scope, Headers(scope=scope)), scope)
        await asyncio.wait([task])
        if not task.cancelled() and (defect := task.exception()):
            self._defect(path, defect)

    def forget(self) -> None:
        """Give up what was answered in states that are over."""
        self._store.keep_only(self._bench.current.state.tag)
        self._bench.measures.bytes.set(self._store.bytes)

    async def _answer(self, scope: Scope, headers: Headers) -> Kept | Response:
        """What is kept, or made while the reader has patience."""
        whole = _without(scope, RELOAD)
        measures, limits, key = self._bench.measures, self._bench.limits, self._key(whole, headers)
        kept = self._store.get(key)
        if kept is not None:
            measures.kept.inc()
            return kept
        if key not in self._making and self._turns.is_full(_who(scope)):
            measures.shed.labels("full").inc()
            return await self._what_there_is(scope) or waiting(self._bench, scope, 429, _full())
        task = self._task(key, whole)
        ends = monotonic() + limits.patience
        while not task.done() and (left := ends - monotonic()) > 0:
            await asyncio.wait([task], timeout=min(limits.first, left))
            if not task.done() and (told := await self._what_there_is(scope)):
                return told
        if not task.done():
            measures.shed.labels("slow").inc()
            return waiting(self._bench, scope, 503, _slow())
        defect = task.exception()
        return task.result() if defect is None else self._defect(scope["path"], defect)

    async def _what_there_is(self, scope: Scope) -> Kept | None:
        """A page with all of it that was worked out before, which takes no turn; None where that is no page."""
        name = scope["path"].removeprefix("/") or FIRST
        if name not in self._bench.pages or self._there.locked():
            return None
        async with self._there:
            made = await _whole(self._app, {**scope, HURRIED: True})
        return made if made.status == 200 else None

    async def _converse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a conversation answered in its turn, once its request has come whole: who sends slowly holds none."""
        try:
            had = await asyncio.wait_for(_received(receive), self._bench.limits.header_seconds)
        except TimeoutError:
            self._bench.measures.shed.labels("slow").inc()
            await refusal(scope["path"], 408, _slowly())(scope, receive, send)
            return
        who = _who(scope)
        if self._turns.is_full(who):
            self._bench.measures.shed.labels("full").inc()
            await waiting(self._bench, scope, 429, _full())(scope, receive, send)
            return
        turn = self._turns.turn(who)
        with self._bench.measures.talking.track_inprogress():
            async with turn:
                await self._told(scope, _again(had, receive), send)

    async def _told(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer; of a page that took something, a defect is told without a word of what was sent."""
        if scope["path"] not in TAKES:
            await self._app(scope, receive, send)
            return
        task = asyncio.ensure_future(_whole(self._app, scope, receive))
        await asyncio.wait([task])
        defect = task.exception()
        made = task.result() if defect is None else self._defect(scope["path"], defect)
        answer = made if isinstance(made, Response) else Response(made.body, made.status, dict(made.headers))
        await answer(scope, receive, send)

    def _defect(self, path: str, defect: BaseException) -> Response:
        self._bench.measures.defect(type(defect).__name__)
        # where it is and no more: what an error says may hold what was asked
        where = "".join(traceback.format_tb(defect.__traceback__))
        _LOG.error("a defect of ours: %s\n%s", type(defect).__name__, where)
        return refusal(path, 500, _broken())

    def _task(self, key: Key, scope: Scope) -> asyncio.Task[Kept]:
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(scope, self._turn(scope)))
            self._making[key].add_done_callback(lambda task: self._settle(key, task))
            self._bench.measures.making.set(len(self._making))
        return self._making[key]

    def _turn(self, scope: Scope) -> AbstractAsyncContextManager[None]:
        return (self._ahead if _UNHURRIED in scope else self._turns).turn(_who(scope))

    async def _make(self, scope: Scope, turn: AbstractAsyncContextManager[None]) -> Kept:
        async with turn:
            made = await _whole(self._app, scope)
            await asyncio.to_thread(lambda: (made.packed, made.etag))
            return made

    def _settle(self, key: Key, task: asyncio.Task[Kept]) -> None:
        del self._making[key]
        measures = self._bench.measures
        measures.making.set(len(self._making))
        if task.cancelled() or task.exception() is not None:
            return
        measures.made.inc()
        made = task.result()
        if made.status == 200 and made.headers.get("cache-control") != "no-store":
            self._store.put(key, made)
            measures.bytes.set(self._store.bytes)

    def _key(self, scope: Scope, headers: Headers) -> Key:
        """The state, and all of a request that its answer depends on; in which order parameters stand is no part."""
        told = sorted(QueryParams(scope["query_string"]).multi_items(), key=lambda pair: pair[0])
        wanted = headers.get("accept", "") if scope["path"].startswith("/api/") else ""
        return (
            self._bench.current.state.tag,
            scope["path"],
            wanted,
            *(part for pair in told for part in pair),
        )


def _without(scope: Scope, name: str) -> Scope:
    """The request less one parameter."""
    told = QueryParams(scope["query_string"]).multi_items()
    if all(other != name for other, _ in told):
        return scope
    left = QueryParams([pair for pair in told if pair[0] != name])
    return {**scope, "query_string": str(left).encode()}


def _waits_its_turn(scope: Scope) -> bool:
    """Whether it is no document that may be kept: a conversation, or something that a reader sends."""
    path: str = scope["path"]
    return path.startswith(_CONVERSES) or (path in TAKES and scope["method"] == "POST")


async def _received(receive: Receive) -> list[Message]:
    """The messages of a whole request."""
    had = [await receive()]
    while had[-1].get("more_body"):
        had.append(await receive())
    return had


def _again(had: list[Message], receive: Receive) -> Receive:
    """Receives what was had before, then what comes."""
    left = list(had)

    async def again() -> Message:
        return left.pop(0) if left else await receive()

    return again


def _who(scope: Scope) -> str:
    """The address that asks; '' where there is none to know."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _conditional(answer: Kept | Response, asked: Headers) -> Response:
    """The answer as this reader is to have it: 304 when he has it, packed when he can unpack it."""
    if isinstance(answer, Response):
        return answer
    headers = dict(answer.headers)
    if answer.status != 200:
        return Response(answer.body, answer.status, headers)
    headers.setdefault("etag", answer.etag)
    headers.setdefault("cache-control", "no-cache")
    headers["vary"] = "Accept-Encoding, Accept"
    held = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    if "*" in held or headers["etag"].removeprefix("W/") in held:
        told = {name: headers[name] for name in ("etag", "cache-control", "vary")}
        return Response(b"", 304, told)
    if answer.packed is not None and _unpacks(asked):
        return Response(answer.packed, 200, headers | {"content-encoding": "gzip"})
    return Response(answer.body, 200, headers)


def _unpacks(asked: Headers) -> bool:
    told = [part.replace(" ", "") for part in asked.get("accept-encoding", "").lower().split(",")]
    return any(part.split(";")[0] in ("gzip", "*") and not part.endswith((";q=0", ";q=0.0")) for part in told)


async def _whole(app: ASGIApp, scope: Scope, body_of: Receive | None = None) -> Kept:
    """The whole answer of `app`, whoever waits for it or goes away: to a GET, or to what `body_of` brings."""
    status, headers, body = 500, dict[str, str](), bytearray()
    is_asked = False

    async def receive() -> Message:
        nonlocal is_asked
        if is_asked:
            await asyncio.Event().wait()  # nobody goes away
        is_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update(
                {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}
            )
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope if body_of else {**scope, "method": "GET"}, body_of or receive, send)
    headers.pop("content-length", None)
    return Kept(status, headers, bytes(body))


def _scope(path: str, query: str, hosts: frozenset[str] | None) -> dict[str, Any]:
    """A request of our own."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", sorted(hosts)[0].encode())] if hosts else [],
        "client": None,
        "server": None,
        _UNHURRIED: True,
    }


def _broken() -> TallystickError:
    return TallystickError("a defect of ours", next_step="tell those who keep this server what you asked")


def _slowly() -> TallystickError:
    return TallystickError("the request did not come whole in time", next_step="send it again")


def _full() -> BusyError:
    return BusyError(
        "more is being asked than can be worked out at once", next_step="ask again in a few seconds", retry_after=2
    )


def _slow() -> BusyError:
    return BusyError(
        "this takes longer than a reader should wait; it is being worked out", next_step="ask again in a few seconds"
    )
