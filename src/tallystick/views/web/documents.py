"""The documents of the workbench: requests become visits, visits documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response

from tallystick.errors import BusyError, TallystickError, UnknownName, UsageError
from tallystick.views.asked import Asked, day_of
from tallystick.views.html.render import document
from tallystick.views.html.routes import KNOWN, ROUTES, Route
from tallystick.views.problem import PROBLEM, as_problem
from tallystick.views.visit import Document, Visit
from tallystick.views.web.headers import is_shared
from tallystick.views.web.links import KEPT, ServerLinks
from tallystick.views.web.refusal import refusal
from tallystick.views.web.waiting import waiting
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import ENGLISH

HURRIED = "tallystick.hurried"
"""In the scope of a request that wants what there is, and waits for nothing."""


def documents(app: FastAPI, bench: Workbench) -> None:
    """Every route of documents."""
    for route in ROUTES:
        app.add_api_route(route.path, _answering(route, bench), include_in_schema=False)


def _answering(route: Route, bench: Workbench) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        asked = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
        try:
            made = _made(route, bench, request, asked)
        except BusyError as error:
            return waiting(bench, request.scope, 503, error)
        except TallystickError as error:
            return refusal(request.url.path, 400, error)
        return Response(made.body, made.status, dict(made.headers), made.media_type)

    return answer


def _made(route: Route, bench: Workbench, request: Request, asked: Asked) -> Document:
    """The document, or the page that says what is wrong with what was asked.

    Raises `BusyError`, and `TallystickError` for a day or a language that there is none of.
    """
    language = asked.get("lang", (ENGLISH,))[-1] or ENGLISH
    if language not in bench.languages:
        raise UnknownName("language", language[:40], bench.languages)
    words = bench.languages[language]
    kept: Asked = {name: asked[name] for name in KEPT if name in asked}
    with bench.current.bench(day_of(asked), hurried=HURRIED in request.scope) as its:
        looked = Looked(asked)
        visit = Visit(its, bench.pages, words, ServerLinks(kept, site=bench.site), request.url.path, looked)
        try:
            made = route.make(visit, request.path_params)
            refuse_unknown(looked, route)
            return made
        except BusyError:
            raise
        except TallystickError as error:
            status = 404 if isinstance(error, UnknownName) else 400
            if is_shared(request.url.path):
                return Document(as_problem(status, error), PROBLEM, status)
            return document("error.html", visit, status, error=error)


class Looked(dict[str, tuple[str, ...]]):
    """Parameters that remember which of them were looked at."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.at: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, ...]:
        self.at.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.at.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.at.add(str(name))
        return super().__contains__(name)


def refuse_unknown(asked: Looked, route: Route) -> None:
    """Refuse a parameter that nothing looked at: a filter misspelt must not pass for an answer to it."""
    known = KNOWN | route.takes | asked.at
    unknown = sorted(set(asked) - known)
    if unknown:
        raise UsageError(
            f"there is no parameter '{unknown[0][:60]}' here",
            where=route.path,
            next_step=f"there are: {', '.join(sorted(known))}",
        )
