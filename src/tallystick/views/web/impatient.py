"""The HTTP protocol of the server, which does not wait for ever for a request to come."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


def impatient(seconds: float) -> type[HttpToolsProtocol]:
    """The protocol, with so many seconds for a request's head to come whole: who sends it drop by drop is cut off."""

    class Impatient(HttpToolsProtocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._begin()

        def connection_lost(self, exc: Exception | None) -> None:
            self._enough()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            self._begin()
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._enough()
            super().on_headers_complete()

        def _begin(self) -> None:
            self._enough()
            self._waiting = self.loop.call_later(seconds, self.transport.close)

        def _enough(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()

    return Impatient
