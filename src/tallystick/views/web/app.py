"""The server: requests become visits, visits documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from tallystick.current import Current
from tallystick.errors import TallystickError, UnknownName
from tallystick.nouns.page import Page
from tallystick.views.api.part import api
from tallystick.views.asked import Asked, day_of
from tallystick.views.html import routes
from tallystick.views.html.render import document
from tallystick.views.urls import url
from tallystick.views.visit import Document, Visit
from tallystick.views.words import ENGLISH, Words

KEPT = ("as_known_on", "lang")
"""The parameters that every link keeps: the day and the language that the reader chose."""
_ASSETS = Path(routes.__file__).parent / "assets"


@dataclass(frozen=True)
class ServerLinks:
    """Links of a server: every one keeps the language and the day that the reader chose.

    `site` is the scheme and host under which readers reach it.
    """

    kept: Asked = field(default_factory=dict, hash=False)
    live: bool = True
    site: str = ""

    def to(self, path: str, asked: Asked | None = None) -> str:
        """The URL of a document."""
        told = {name: values for name, values in (asked or {}).items() if name not in KEPT}
        return url(path, {**told, **self.kept})

    def whole(self, path: str, asked: Asked | None = None) -> str:
        """The URL of a document with the site's scheme and host."""
        return self.site + self.to(path, asked)

    def keeping(self, **other: str) -> ServerLinks:
        """Such links with another language or day to keep; '' keeps none."""
        kept = {name: values for name, values in self.kept.items() if name not in other}
        return replace(self, kept=kept | {name: (value,) for name, value in other.items() if value})

    def asset(self, name: str) -> str:
        """The URL of a file that pages need."""
        return f"/assets/{name}"


def make_app(current: Current, pages: Mapping[str, Page], languages: Mapping[str, Words], site: str = "") -> FastAPI:
    """The application over what is in force; `site` is the scheme and host under which readers reach it."""
    app = FastAPI(title="Tallystick", docs_url=None, redoc_url=None, openapi_url=None)
    api(app, current, pages)
    app.mount("/assets", StaticFiles(directory=_ASSETS), name="assets")
    for route in routes.ROUTES:
        app.add_api_route(
            route.path, _answering(route.make, current, pages, languages, site), include_in_schema=False
        )
    return app


def _answering(
    make: routes.Maker, current: Current, pages: Mapping[str, Page], languages: Mapping[str, Words], site: str
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        asked = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
        words = languages.get(asked.get("lang", (ENGLISH,))[-1], languages[ENGLISH])
        kept: Asked = {name: asked[name] for name in KEPT if name in asked}
        with current.bench(day_of(asked)) as bench:
            visit = Visit(bench, pages, words, ServerLinks(kept, site=site), request.url.path, asked)
            made = _made(make, visit, request.path_params)
        return Response(made.body, made.status, dict(made.headers), made.media_type)

    return answer


def _made(make: routes.Maker, visit: Visit, path: Mapping[str, str]) -> Document:
    try:
        return make(visit, path)
    except TallystickError as error:
        return document("error.html", visit, 404 if isinstance(error, UnknownName) else 400, error=error)
