"""Who is worked for next: each address in its turn, however much one of them asks.

Addresses are known here while something of theirs waits or is made: nothing is kept or written down.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager


class Turns:
    """So many at work at once, of so many in all, of which one address has at most `share`. For one thread."""

    def __init__(self, at_once: int, most: int, share: int) -> None:
        self._free = at_once
        self._most = most
        self._share = share
        self._there: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def is_busy(self) -> bool:
        """Whether anybody works or waits."""
        return self._there.total() > 0

    def is_full(self, who: str) -> bool:
        """Whether there is no place for one more of this address."""
        return self._there.total() >= self._most or self._there[who] >= self._share

    def turn(self, who: str) -> AbstractAsyncContextManager[None]:
        """A place from now on, which must be entered: then it waits for its turn to work."""
        self._there[who] += 1
        return self._turn(who)

    @asynccontextmanager
    async def _turn(self, who: str) -> AsyncIterator[None]:
        try:
            await self._come(who)
            try:
                yield
            finally:
                self._next()
        finally:
            self._there[who] -= 1
            self._there += Counter()  # forgets who has nothing here any more

    async def _come(self, who: str) -> None:
        if self._free:
            self._free -= 1
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._next()  # the turn came as the reader went
            raise

    def _next(self) -> None:
        """Give the turn to the address that waits longest for one, and put that address last."""
        while self._waiting:
            who, theirs = self._waiting.popitem(last=False)
            mine = theirs.popleft()
            if theirs:
                self._waiting[who] = theirs
            if not mine.done():
                mine.set_result(None)
                return
        self._free += 1
