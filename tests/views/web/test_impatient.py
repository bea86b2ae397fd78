"""Connections that ask and do not read, those that are too many, and bodies that do not end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import cast

import httpx
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from tallystick.current import Current
from tallystick.views.web.answering import Answering
from tallystick.views.web.guard import Guard
from tallystick.views.web.impatient import impatient
from tallystick.views.web.limits import Limits
from tallystick.views.web.run import _listening
from tallystick.views.web.workbench import Workbench
from tests.views.web.test_answering import InForce, Slow

SOON = 60.0


def over(app: ASGIApp, limits: Limits, conversation: Callable[[int], Awaitable[None]]) -> None:
    """Run a conversation with a server of ours over an application, given its port."""

    async def run() -> None:
        config = uvicorn.Config(app, http=impatient(limits), lifespan="off", log_config=None, host="127.0.0.1")
        socket, url = _listening(config, [0])
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([socket]))
        while not server.started:
            await asyncio.sleep(0)
        await conversation(int(url.rsplit(":", 1)[1]))
        server.should_exit = True
        await serving

    asyncio.run(run())


def guarded(limits: Limits) -> Guard:
    bench = Workbench(cast(Current, InForce()), {}, {}, limits=limits)
    return Guard(Answering(Slow(), bench), bench, ["/money"])


def test_who_asks_and_takes_nothing_is_cut_off() -> None:
    gone = asyncio.Event()

    async def endless(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await asyncio.wait_for(_sent(receive, send), SOON))["type"] != "http.disconnect":
            pass
        gone.set()

    async def conversation(port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.wait_for(gone.wait(), SOON)
        writer.close()

    over(endless, Limits(giving_seconds=0.01), conversation)


async def _sent(receive: Receive, send: Send) -> dict[str, object]:
    """What is heard of the reader once a part more was sent, as far as he takes any."""
    await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
    heard = asyncio.ensure_future(receive())
    await asyncio.wait([heard], timeout=0)
    if not heard.done():
        heard.cancel()
        return {"type": ""}
    return dict(heard.result())


def test_who_comes_over_too_many_connections_is_told_to_come_again() -> None:
    async def conversation(port: int) -> None:
        others = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            answer = await client.get("/money")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert answer.headers["content-security-policy"]
            for _, writer in others:
                writer.close()
                await writer.wait_closed()
            while (answer := await client.get("/money")).status_code == 503:
                pass
            assert answer.status_code == 200

    over(guarded(Limits()), Limits(connections=2), conversation)


def test_a_body_that_goes_on_and_on_is_refused_as_too_long() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 10

    async def run() -> None:
        transport = httpx.ASGITransport(guarded(Limits(body=99)))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for path in ("/check", "/mcp"):
                assert (await client.post(path, content=parts())).status_code == 413
            assert (await client.post("/check", content=b"x" * 99)).status_code == 200

    asyncio.run(run())
