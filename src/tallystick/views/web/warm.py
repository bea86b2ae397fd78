"""Makes pages and sheets before anyone asks for them, whenever another Edition is in force."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress

from tallystick.current.state import State
from tallystick.errors import TallystickError
from tallystick.nouns.page import FIRST
from tallystick.views.web.answering import Answering
from tallystick.views.web.events import Bell
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import ENGLISH

_LIES_AT = {"area": "/area/{aor}", "state": "/place/{state}", "county": "/place/{state}/{county_fips}"}
"""Where the sheets of each kind lie, by the columns of their subjects."""
_SOON = 0.2
_READERS_FIRST = 1.0
"""Seconds after another Edition came in force in which pages that are open ask for themselves again."""


@asynccontextmanager
async def warming(answering: Answering, bench: Workbench) -> AsyncIterator[None]:
    """Keep the shipped pages, an entry of each register and a sheet of each kind, made while the server runs."""
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
        await asyncio.sleep(_READERS_FIRST)
        is_whole = await _made(answering, bench, state, _shipped(bench))
        for made_of in (entries, sheets):
            is_whole = is_whole and await _made(answering, bench, state, await asyncio.to_thread(made_of, bench))
        if is_whole:
            await rung.wait()


async def _made(answering: Answering, bench: Workbench, state: State, addresses: Iterable[tuple[str, str]]) -> bool:
    """Have what lies at each address, a path and its query, made; whether the state was the same to the end."""
    for path, query in addresses:
        while _is_exchanged(bench):  # readers of open pages wait for that, and nobody for this
            await asyncio.sleep(_SOON)
        if bench.current.state.tag != state.tag:
            return False
        await answering.warm(path, query)
    return True


def _is_exchanged(bench: Workbench) -> bool:
    """Whether another Edition is about to come in force."""
    watcher = bench.watcher
    return watcher is not None and not watcher.trouble and bench.current.is_behind()


def _shipped(bench: Workbench) -> Iterator[tuple[str, str]]:
    """Every page in every language, English first."""
    for language in sorted(bench.languages, key=lambda tag: (tag != ENGLISH, tag)):
        for name in bench.pages:
            yield "/" if name == FIRST else f"/{name}", "" if language == ENGLISH else f"lang={language}"


def entries(bench: Workbench) -> list[tuple[str, str]]:
    """The first entry of each register. What is between registers is worked out then, for every other entry too."""
    with suppress(TallystickError), bench.current.bench() as its:
        return [(f"/registers/{one.about}", "") for name in its.kept.schemas for one in its.kept.of(name)[:1]]
    return []


def sheets(bench: Workbench) -> list[tuple[str, str]]:
    """One sheet of each kind. Its SELECTs are compiled then and its tables made: the others take a moment each."""
    with suppress(TallystickError), bench.current.bench() as its:
        subjects = {name: its.table(its.sheets[name].subject.table)[:1] for name in _LIES_AT if name in its.sheets}
        return [(_LIES_AT[name].format_map(row), "") for name, rows in subjects.items() for row in rows]
    return []
