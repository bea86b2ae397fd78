"""The API as a part of the server: its routes, its description, its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import FastAPI, Response
from starlette.routing import BaseRoute

from tallystick.current import Current
from tallystick.nouns.page import Page
from tallystick.views.api import (
    changes,
    claims,
    findings,
    forecasts,
    metrics,
    pages,
    registers,
    releases,
    sheets,
    sources,
    tables,
    targets,
)
from tallystick.views.api.described import description
from tallystick.views.api.problems import handle
from tallystick.views.api.reports_described import with_reports
from tallystick.views.formats import as_json

PREFIX = "/api/"
_NOUNS = (metrics, claims, findings, sources, releases, tables, targets, forecasts, registers, sheets, pages, changes)


@dataclass(frozen=True)
class Served:
    """What the API is served from."""

    current: Current
    pages: Mapping[str, Page]


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address."""

    name: str
    says: str
    example: str
    is_needed: bool


@dataclass(frozen=True)
class Endpoint:
    """One address: what it says in a line, all that it says, its parameters, an example of it."""

    id: str
    path: str
    tag: str
    says: str
    more: str
    parameters: tuple[Parameter, ...]

    @property
    def example(self) -> str:
        """The address with examples in its place of names; '' where there is none."""
        path = self.path
        for one in self.parameters:
            path = path.replace(f"{{{one.name}}}", one.example) if one.example else path
        return "" if "{" in path else path


def api(app: FastAPI, current: Current, written: Mapping[str, Page], takes_reports: bool = False) -> None:
    """Add the API to an application, of which the description says whether it takes reports."""
    app.state.desk = Served(current, written)
    for noun in _NOUNS:
        app.include_router(noun.router)
    handle(app, lambda path: path.startswith(PREFIX))

    def described() -> Response:
        return Response(openapi(takes_reports), media_type="application/json")

    app.add_api_route("/api/openapi.json", described, include_in_schema=False)


@cache
def openapi(takes_reports: bool = False) -> bytes:
    """The OpenAPI document: it tells nothing of what is held."""
    return as_json(with_reports(_described()) if takes_reports else _described())


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """Every address of the API, in the order of its description."""
    return tuple(_endpoint(path, told["get"]) for path, told in _described()["paths"].items())


@cache
def _described() -> Mapping[str, Any]:
    routes: list[BaseRoute] = [route for noun in _NOUNS for route in noun.router.routes]
    return description(routes)


def _endpoint(path: str, told: Mapping[str, Any]) -> Endpoint:
    first, _, more = told["description"].partition("\n\n")
    parameters = tuple(_parameter(one) for one in told.get("parameters", ()))
    return Endpoint(told["operationId"], path, told["tags"][0], first, more, parameters)


def _parameter(told: Mapping[str, Any]) -> Parameter:
    examples = told["schema"].get("examples") or [""]
    example = examples[0][0] if isinstance(examples[0], list) else examples[0]
    return Parameter(told["name"], told.get("description", ""), str(example), told["required"])
