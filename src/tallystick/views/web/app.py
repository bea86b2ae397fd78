"""The server: its parts, and the layers around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from tallystick.errors import UsageError
from tallystick.reporting.taking import Taking
from tallystick.views.api.part import api
from tallystick.views.api.reports import reports
from tallystick.views.mcp.part import mcp
from tallystick.views.web.answering import Answering
from tallystick.views.web.assets import assets
from tallystick.views.web.documents import documents
from tallystick.views.web.events import events
from tallystick.views.web.guard import Guard
from tallystick.views.web.health import health
from tallystick.views.web.pasting import pasting
from tallystick.views.web.refusal import refusal
from tallystick.views.web.warm import warming
from tallystick.views.web.workbench import Part, Workbench


def programs(app: FastAPI, bench: Workbench) -> None:
    """The API."""
    api(app, bench.current, bench.pages, takes_reports=bench.taking is not None)


def office_reports(app: FastAPI, bench: Workbench) -> AbstractAsyncContextManager[None] | None:
    """What offices report, where this server takes it."""
    if bench.taking is None:
        return None
    reports(app, bench.taking, bench.limits.reporting)
    return _started(bench.taking)


@asynccontextmanager
async def _started(taking: Taking) -> AsyncIterator[None]:
    taking.start()
    try:
        yield
    finally:
        taking.close()


PARTS: tuple[Part, ...] = (assets, events, health, office_reports, programs, mcp, pasting, documents)
"""Everything that the server answers, in the order in which routes are tried: the pages people write come last.

A part that answers programs may add its own handlers of errors to the application.
"""


def make_app(bench: Workbench, parts: Sequence[Part] = PARTS) -> ASGIApp:
    """The application over what is in force."""
    entered: list[AbstractAsyncContextManager[None]] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for context in (*entered, warming(answering, bench)):
                await stack.enter_async_context(context)
            yield

    app = FastAPI(title="Tallystick", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_exception_handler(HTTPException, _not_there)
    entered += [context for part in parts if (context := part(app, bench)) is not None]
    answering = Answering(app, bench)
    return Guard(answering, bench, [*map(_path, app.routes), *(f"/{name}" for name in bench.pages)])


async def _not_there(request: Request, error: Exception) -> Response:
    """What lies at no route, or may not be asked like this."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = UsageError("there is nothing at this address", next_step="begin at the overview")
    return refusal(request.url.path, status, told)


def _path(route: BaseRoute) -> str:
    return str(getattr(route, "path", "/"))
