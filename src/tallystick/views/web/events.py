"""News as it happens, as server-sent events: a release landed, another Edition is in force.

An event's id says how far the reader has come, so that a connection that broke goes on with all that it missed.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from tallystick.current import Current, News
from tallystick.errors import BusyError
from tallystick.nouns.release import Release
from tallystick.views.web.refusal import refusal
from tallystick.views.web.workbench import Workbench

_HEARTBEAT = 15
_ID = re.compile(r"(\d{1,12})~([0-9a-z.-]{1,80})")


@dataclass(frozen=True)
class Come:
    """How far a reader has come: the releases heard of, and the state last heard of."""

    landed: int
    tag: str

    @property
    def id(self) -> str:
        """As an event carries it."""
        return f"{self.landed}~{self.tag}"


class Bell:
    """Wakes those who wait in an event loop, from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._rung = asyncio.Event()

    def ring(self, _: News) -> None:
        """Wake all who wait."""
        with suppress(RuntimeError):  # the loop is closed, and nobody waits in it any more
            self._loop.call_soon_threadsafe(self._ring)

    @property
    def next(self) -> asyncio.Event:
        """What is set when it rings next. Taken before looking, nothing is missed."""
        return self._rung

    def _ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()


def events(app: FastAPI, bench: Workbench) -> AbstractAsyncContextManager[None]:
    """`/events`: `release` when one lands, `edition` when another is in force."""
    bells: list[Bell] = []
    listening: set[object] = set()

    async def answer(request: Request) -> Response:
        if len(listening) >= bench.limits.listeners:
            bench.measures.shed.labels("listeners").inc()
            busy = BusyError("as many follow the news as can be served", next_step="ask again in a minute")
            return refusal("/events", 429, busy, retry_after=60)
        come = _come(request, bench.current)
        return EventSourceResponse(_counted(_told(bench.current, bells[0], come)), ping=_HEARTBEAT)

    async def _counted(told: AsyncIterator[ServerSentEvent]) -> AsyncIterator[ServerSentEvent]:
        listening.add(told)
        bench.measures.listeners.set(len(listening))
        try:
            async for event in told:
                yield event
        finally:
            listening.discard(told)
            bench.measures.listeners.set(len(listening))

    @asynccontextmanager
    async def ringing() -> AsyncIterator[None]:
        bells.append(Bell())
        bench.current.hear(bells[0].ring)
        yield

    app.add_api_route("/events", answer, include_in_schema=False)
    return ringing()


async def _told(current: Current, bell: Bell, come: Come) -> AsyncIterator[ServerSentEvent]:
    """All that happened since a reader had come so far, then what happens."""
    yield ServerSentEvent(comment="following", id=come.id)
    while True:
        rung = bell.next
        events, come = _since(current, come)
        for event in events:
            yield event
        await rung.wait()


def _since(current: Current, come: Come) -> tuple[list[ServerSentEvent], Come]:
    """What happened since, and how far whoever hears of it has come."""
    made = []
    for release in current.landed_after(come.landed):
        come = Come(come.landed + 1, come.tag)
        made.append(_event("release", _release(release), come))
    state = current.state
    if state.tag != come.tag:
        come = Come(come.landed, state.tag)
        told = {"edition": state.edition, "releases": state.position.releases}
        made.append(_event("edition", told, come))
    return made, come


def _event(name: str, told: Mapping[str, object], come: Come) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(told), event=name, id=come.id)


def _release(release: Release) -> dict[str, object]:
    return {"release": release.id, "source": release.source, "name": release.name}


def _come(request: Request, current: Current) -> Come:
    """How far a reader has come: by the last event had, else by the Edition that the page shows, else now."""
    now = Come(current.position.releases, current.state.tag)
    last = _ID.fullmatch(request.headers.get("last-event-id", ""))
    if last:
        return Come(min(int(last[1]), now.landed), last[2])
    shown = request.query_params.get("edition")
    return now if shown in (None, current.state.edition) else Come(now.landed, "")
