"""Whoever asks much makes nobody else wait longer than for his turn."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from tallystick.views.web.turns import Turns


def run(conversation: Coroutine[Any, Any, None]) -> None:
    asyncio.run(conversation)


def test_addresses_take_turns_however_much_one_of_them_asks() -> None:
    async def conversation() -> None:
        turns, done = Turns(1, 100, 100), list[str]()
        begin = asyncio.Event()

        async def work(who: str) -> None:
            async with turns.turn(who):
                await begin.wait()
                done.append(who)

        asked = ["greedy"] * 10 + ["other", "third", "other"]
        tasks = [asyncio.create_task(work(who)) for who in asked]
        await asyncio.sleep(0)
        begin.set()
        await asyncio.gather(*tasks)
        assert done[:5] == ["greedy", "greedy", "other", "third", "greedy"]
        assert sorted(done) == sorted(asked)

    run(conversation())


def test_one_address_cannot_take_every_place() -> None:
    async def conversation() -> None:
        turns = Turns(1, 4, 3)
        for _ in range(3):
            turns.turn("greedy")
        assert turns.is_full("greedy")
        assert not turns.is_full("other")
        turns.turn("other")
        assert turns.is_full("third"), "all places together are bounded too"

    run(conversation())


def test_who_goes_away_before_his_turn_keeps_nobody_waiting() -> None:
    async def conversation() -> None:
        turns = Turns(1, 10, 10)
        hold = asyncio.Event()

        async def work(who: str) -> str:
            async with turns.turn(who):
                await hold.wait()
                return who

        first, second, third = (asyncio.create_task(work(who)) for who in "abc")
        await asyncio.sleep(0)
        second.cancel()
        with suppress(asyncio.CancelledError):
            await second
        hold.set()
        assert [await first, await third] == ["a", "c"]
        async with turns.turn("d"):
            assert not turns.is_full("d")

    run(conversation())


def test_turns_are_busy_for_as_long_as_somebody_works_or_waits() -> None:
    async def told() -> list[bool]:
        turns = Turns(1, 2, 2)
        seen = [turns.is_busy]
        async with turns.turn("one"):
            seen.append(turns.is_busy)
        return [*seen, turns.is_busy]

    assert asyncio.run(told()) == [False, True, False]
