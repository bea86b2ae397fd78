"""Answers kept, one making for all who ask the same, and what happens when too much is asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tallystick.archive.ledger import Position
from tallystick.current import Current, State
from tallystick.nouns.page import Page
from tallystick.views.web.answering import Answering
from tallystick.views.web.documents import HURRIED
from tallystick.views.web.limits import Limits
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import Words

LIMITS = Limits(at_once=1, waiting=0, patience=5.0, kept=40_000)
FIRST = State("first0000000", Position(1, 0, 1), date(2026, 1, 1))


@dataclass
class InForce:
    """What is in force, without a ledger."""

    state: State = FIRST


@dataclass
class Slow:
    """An application that answers each path only once it is let, and counts how often it was asked."""

    asked: list[str] = field(default_factory=list)
    let: dict[str, asyncio.Event] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if HURRIED in scope:
            await Response("what there is of it", media_type="text/html")(scope, receive, send)
            return
        self.asked.append(path)
        if path in self.let:
            await self.let[path].wait()
        if path == "/broken":
            raise ValueError(f"about {path}")
        status = 404 if path == "/nowhere" else 200
        await Response(f"{path} " * 300, status, media_type="text/html")(scope, receive, send)


SPANISH = Words("es", {"This page is being worked out": "Se calcula"})
MONEY = Page("money", "Money", "", 1, (), "money.md")
Said = Callable[[httpx.AsyncClient, Slow, InForce], Awaitable[None]]


def said(conversation: Said, limits: Limits = LIMITS) -> None:
    """Run a conversation with the layer over a slow application."""

    async def run() -> None:
        slow, in_force = Slow(), InForce()
        layer = Answering(slow, Workbench(cast(Current, in_force), {"money": MONEY}, {"es": SPANISH}, limits=limits))
        transport = httpx.ASGITransport(layer)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await conversation(client, slow, in_force)

    asyncio.run(run())


async def _begun(slow: Slow, path: str) -> None:
    while path not in slow.asked:
        await asyncio.sleep(0)


def test_an_answer_is_made_once_for_a_state_in_whichever_order_parameters_stand() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, in_force: InForce) -> None:
        first = await client.get("/money?by=psc&metric=obligations")
        again = await client.get("/money?metric=obligations&by=psc")
        assert (first.content, slow.asked) == (again.content, ["/money"])
        in_force.state = State("second000000", Position(2, 0, 2), date(2026, 1, 1))
        await client.get("/money?metric=obligations&by=psc")
        assert slow.asked == ["/money", "/money"]
        await client.get("/money?metric=obligations&by=agency")
        assert len(slow.asked) == 3

    said(conversation)


def test_all_who_ask_the_same_wait_for_one_making_even_when_the_first_goes_away() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        slow.let["/money"] = asyncio.Event()
        asking = [asyncio.create_task(client.get("/money")) for _ in range(30)]
        await _begun(slow, "/money")
        asking[0].cancel()
        slow.let["/money"].set()
        answers = await asyncio.gather(*asking[1:])
        assert {answer.status_code for answer in answers} == {200}
        assert slow.asked == ["/money"]

    said(conversation)


def test_what_is_too_much_is_told_to_come_again_while_what_is_kept_is_given() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        await client.get("/kept")
        slow.let["/slow"] = asyncio.Event()
        working = asyncio.create_task(client.get("/slow"))
        await _begun(slow, "/slow")
        shed = await client.get("/api/v1/metrics")
        assert shed.status_code == 429
        assert int(shed.headers["retry-after"]) > 0
        assert shed.headers["content-type"] == "application/problem+json"
        page = await client.get("/another")
        assert (page.status_code, page.headers["retry-after"]) == (429, "2")
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
        assert (await client.get("/kept")).status_code == 200
        slow.let["/slow"].set()
        assert (await working).status_code == 200
        assert (await client.get("/another")).status_code == 200

    said(conversation)


def test_a_reader_who_waited_long_enough_is_told_when_to_ask_again_and_then_has_it() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        slow.let["/slow"] = asyncio.Event()
        first = await client.get("/slow")
        assert (first.status_code, first.headers["retry-after"], first.headers["cache-control"]) == (
            503,
            "5",
            "no-store",
        )
        slow.let["/slow"].set()
        while (again := await client.get("/slow")).status_code != 200:
            pass
        assert slow.asked == ["/slow"]
        assert again.text.startswith("/slow")

    said(conversation, Limits(patience=0.01))


def test_what_went_wrong_is_not_kept_and_says_nothing_of_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        broken = await client.get("/broken")
        assert broken.status_code == 500
        assert "about" not in broken.text
        assert [(await client.get("/nowhere")).status_code for _ in range(2)] == [404, 404]
        assert slow.asked == ["/broken", "/nowhere", "/nowhere"]

    said(conversation)
    assert "ValueError" in caplog.text
    assert "about /broken" not in caplog.text


def test_more_than_there_is_room_for_is_given_up_the_longest_unasked_first() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        pages = [f"/page-{number:02}" for number in range(20)]
        for page in pages:
            await client.get(page)
        await client.get(pages[-1])
        assert slow.asked == pages
        await client.get(pages[0])
        assert slow.asked[len(pages) :] == [pages[0]]

    said(conversation)


def test_a_page_that_takes_long_is_given_with_what_there_is_of_it_and_then_whole() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        slow.let["/money"] = asyncio.Event()
        first = await client.get("/money")
        assert (first.status_code, first.text) == (200, "what there is of it")
        slow.let["/money"].set()
        while (whole := await client.get("/money")).text == first.text:
            pass
        assert whole.text.startswith("/money")
        assert slow.asked == ["/money"], "what the first reader had begun was given to the second"

    said(conversation, Limits(first=0.01))


def test_a_page_for_which_there_is_no_turn_is_given_with_what_there_is_of_it() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        slow.let["/slow"] = asyncio.Event()
        working = asyncio.create_task(client.get("/slow"))
        await _begun(slow, "/slow")
        assert (await client.get("/money")).text == "what there is of it"
        assert (await client.get("/api/v1/metrics")).status_code == 429
        slow.let["/slow"].set()
        await working

    said(conversation)


def test_who_waits_has_the_menu_in_the_language_of_the_reader_and_may_stop_the_asking() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        slow.let["/claims/x"] = asyncio.Event()
        page = (await client.get("/claims/x?lang=es")).text
        assert 'href="/money?lang=es"' in page
        assert "<h1>Se calcula</h1>" in page
        assert '<a href="/claims/x?reload=no&amp;lang=es">' in page
        stopped = (await client.get("/claims/x?lang=es&reload=no")).text
        assert 'http-equiv="refresh"' not in stopped
        assert "data-waits" not in stopped
        assert '<a href="/claims/x?lang=es">' in stopped
        assert slow.asked == ["/claims/x"], "whether it asks again changes nothing of what is made"

    said(conversation, Limits(patience=0.01, first=0.01))


def test_a_conversation_takes_a_turn_like_a_document_and_one_too_many_is_told_to_come_again() -> None:
    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        await client.get("/kept")
        slow.let["/mcp"] = asyncio.Event()
        talking = asyncio.create_task(client.post("/mcp", json={}))
        await _begun(slow, "/mcp")
        shed = await client.post("/mcp", json={})
        assert (shed.status_code, shed.headers["content-type"]) == (429, "application/problem+json")
        assert int(shed.headers["retry-after"]) > 0
        assert (await client.get("/api/v1/metrics")).status_code == 429, "documents and conversations share the turns"
        assert (await client.get("/kept")).status_code == 200
        slow.let["/mcp"].set()
        assert (await talking).status_code == 200
        assert (await client.post("/mcp", json={})).status_code == 200

    said(conversation)


def test_who_sends_a_conversation_drop_by_drop_holds_no_turn() -> None:
    async def drops() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(0.05)
        yield b"}"

    async def conversation(client: httpx.AsyncClient, slow: Slow, _: InForce) -> None:
        assert (await client.post("/mcp", content=drops())).status_code == 408
        assert slow.asked == []

    said(conversation, Limits(header_seconds=0.01))
