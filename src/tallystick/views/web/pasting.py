"""What readers paste: one page takes a POST, works on it and forgets it. Another site could win nothing by it.

The server keeps no cookie and no state, so a forged request changes nothing; all the same, pages of other sites may
not have it work for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect

from tallystick.errors import BusyError, TallystickError, UnknownName, UsageError
from tallystick.views.asked import Asked, day_of
from tallystick.views.html.check import PATH, Pasted, checked_page
from tallystick.views.urls import fields
from tallystick.views.visit import Document, Visit
from tallystick.views.web.links import KEPT, ServerLinks
from tallystick.views.web.refusal import refusal
from tallystick.views.web.waiting import waiting
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import ENGLISH

TAKES = frozenset({PATH})
"""The paths that a reader may send something to."""
_FORM = "application/x-www-form-urlencoded"
_OURS = ("same-origin", "none")


def pasting(app: FastAPI, bench: Workbench) -> None:
    """The page that takes what is pasted."""

    async def answer(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
            wrong = UsageError("this is not what the form sends", next_step=f"send it as {_FORM}")
            return refusal(PATH, 415, wrong)
        try:
            body = await request.body()
        except ClientDisconnect:  # who went away has no answer, and a body too long is refused further out
            return Response(status_code=400)
        return await run_in_threadpool(_answer, bench, request, body)

    app.add_api_route(PATH, answer, methods=["POST"], include_in_schema=False)


def is_of_another_site(asked: Headers, is_ours: Callable[[str], bool]) -> bool:
    """Whether a page of another site sends this: as browsers say where it comes from, else where it began.

    `is_ours` tells of the host of an origin whether it is one of our names. Programs say neither.
    """
    if site := asked.get("sec-fetch-site"):
        return site not in _OURS
    origin = asked.get("origin")
    return origin is not None and not is_ours(origin)


def _answer(bench: Workbench, request: Request, body: bytes) -> Response:
    asked = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
    try:
        made = _made(bench, asked, fields(body))
    except BusyError as error:
        return waiting(bench, request.scope, 503, error)
    except TallystickError as error:
        return refusal(PATH, 400, error)
    return Response(made.body, made.status, {"cache-control": "no-store", **made.headers}, made.media_type)


def _made(bench: Workbench, asked: Asked, told: dict[str, str]) -> Document:
    language = asked.get("lang", (ENGLISH,))[-1] or ENGLISH
    if language not in bench.languages:
        raise UnknownName("language", language[:40], bench.languages)
    kept: dict[str, Any] = {name: asked[name] for name in KEPT if name in asked}
    with bench.current.bench(day_of(asked)) as its:
        links = ServerLinks(kept, site=bench.site)
        visit = Visit(its, bench.pages, bench.languages[language], links, PATH, asked)
        return checked_page(visit, Pasted(told.get("text", ""), told.get("on", "").strip()))
