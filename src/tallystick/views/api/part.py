"""The API as a part of the server: its routes, its description, its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI, Response

from tallystick.current import Current
from tallystick.nouns.page import Page
from tallystick.views.api import changes, claims, findings, metrics, pages, releases, sheets, sources, tables, targets
from tallystick.views.api.described import description
from tallystick.views.api.problems import handle
from tallystick.views.formats import as_json

PREFIX = "/api/"
_NOUNS = (metrics, claims, findings, sources, releases, tables, targets, sheets, pages, changes)


@dataclass(frozen=True)
class Served:
    """What the API is served from."""

    current: Current
    pages: Mapping[str, Page]


def api(app: FastAPI, current: Current, written: Mapping[str, Page]) -> None:
    """Add the API to an application."""
    app.state.desk = Served(current, written)
    for noun in _NOUNS:
        app.include_router(noun.router)
    handle(app, lambda path: path.startswith(PREFIX))
    told = as_json(description(app.routes))

    def described() -> Response:
        return Response(told, media_type="application/json")

    app.add_api_route("/api/openapi.json", described, include_in_schema=False)
