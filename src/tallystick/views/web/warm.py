"""Makes the pages that the project ships before anyone asks for them, whenever another Edition is in force."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

from tallystick.views.html.written import FIRST
from tallystick.views.web.answering import Answering
from tallystick.views.web.events import Bell
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import ENGLISH


@asynccontextmanager
async def warming(answering: Answering, bench: Workbench) -> AsyncIterator[None]:
    """Keep the shipped pages made for as long as the server runs."""
    bell = Bell()
    bench.current.hear(bell.ring)
    task = asyncio.create_task(_kept_warm(answering, bench, bell))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _kept_warm(answering: Answering, bench: Workbench, bell: Bell) -> None:
    while True:
        rung, state = bell.next, bench.current.state
        answering.forget()
        for path, query in _shipped(bench):
            if bench.current.state.tag != state.tag:
                break
            await answering.warm(path, query)
        else:
            await rung.wait()


def _shipped(bench: Workbench) -> Iterator[tuple[str, str]]:
    """Every page in every language, English first."""
    for language in sorted(bench.languages, key=lambda tag: (tag != ENGLISH, tag)):
        for name in bench.pages:
            yield "/" if name == FIRST else f"/{name}", "" if language == ENGLISH else f"lang={language}"
