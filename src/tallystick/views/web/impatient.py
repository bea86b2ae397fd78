"""The HTTP protocol of the server, which waits for nobody for ever: not to ask, and not to take his answer."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tallystick.views.web.limits import Limits

CROWDED = "tallystick.crowded"
"""Set in the scope of a request that comes over a connection beyond those that a server has."""
_TOLD = 100
"""So many more are told that it is crowded. Those beyond are dropped, or no file could be opened any more."""


def impatient(limits: Limits) -> type[HttpToolsProtocol]:
    """The protocol: a request's head must come whole in time, and an answer be taken.

    Who sends drop by drop, or asks and does not read, is cut off.
    """

    class Impatient(HttpToolsProtocol):
        _waiting: asyncio.TimerHandle | None = None
        _giving: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if len(self.connections) > limits.connections + _TOLD:
                transport.abort()
                return
            self._begin()

        def connection_lost(self, exc: Exception | None) -> None:
            self._enough()
            self._taken()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            self._begin()
            super().on_message_begin()
            if len(self.connections) > limits.connections:
                cast(dict[str, object], self.scope)[CROWDED] = True

        def on_headers_complete(self) -> None:
            self._enough()
            super().on_headers_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._taken()
            self._giving = self.loop.call_later(limits.giving_seconds, self.transport.abort)

        def resume_writing(self) -> None:
            self._taken()
            super().resume_writing()

        def _begin(self) -> None:
            self._enough()
            self._waiting = self.loop.call_later(limits.header_seconds, self.transport.close)

        def _enough(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()

        def _taken(self) -> None:
            if self._giving is not None:
                self._giving.cancel()

    return Impatient
