"""Two worlds that differ only in what is hidden look the same to everybody, at every address and tool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import compile_path

from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.api.part import api
from tallystick.views.cli.main import outcome
from tallystick.views.html.routes import ROUTES
from tallystick.views.mcp.tools import Tools
from tallystick.views.pages.read import pages
from tallystick.views.web.documents import documents
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import languages
from tests.guarded import arrests, home_of, otherwise

SITE = "http://127.0.0.1"
OF_THE_BYTES = re.compile(r"\b[0-9a-f]{6,64}\b|\d{4}-\d\d-\d\dT[0-9:.+Z-]+|\b\d{1,2}:\d\d(:\d\d)?\b")
"""Hashes of the release and of all that is made of it, and instants."""
METRICS = ("arrests",)
ASKED = ("&by=day&by=aor", "&by=month&by=aor", "&by=day&by=method", "&where=aor%3DMIA&by=day")
ADDRESSES = (
    *(f"/data?metric={metric}{by}&format={form}" for metric in METRICS for by in ASKED for form in ("csv", "json")),
    *(f"/why?metric=arrests{by}" for by in ASKED),
    "/explore?metric=arrests&by=day&by=aor",
    "/embed?metric=arrests&by=aor&where=method%3DLocated",
    "/chart.svg?metric=arrests&where=aor%3DMIA&by=day&draw=line",
    "/definitions/arrests",
    "/findings",
    "/findings/{finding}",
    "/releases/{release}",
    "/editions/{edition}",
    "/sources/ero_arrests",
    "/feeds/findings.atom",
    "/feeds/releases.atom",
    "/llms.txt",
    "/data.json",
    "/datapackage.json",
    *(f"/api/v1/metrics/arrests/{noun}?{by[1:]}" for by in ASKED for noun in ("answer", "why")),
    "/api/v1/findings",
    "/api/v1/findings/{finding}",
    "/api/v1/releases",
    "/api/v1/releases/{release}",
    "/api/v1/editions/{edition}",
    "/api/v1/sources/ero_arrests",
    "/api/v1/tables",
    "/api/v1/tables/arrests_by_day",
    "/api/v1/tables/ero_arrests_published",
    "/api/v1/tables/ero_arrests_published/coverage",
)
ELSEWHERE = {
    "/": "blocks of the pages",
    "/{page}": "blocks, each an answer of the metrics asked here",
    "/reports/{page}.pdf": "a page set in type",
    "/claims/{name}": "answers of metrics",
    "/targets/{name}": "answers of metrics",
    "/check": "answers of metrics",
    "/staffing": "answers of metrics",
    "/oembed": "an address",
    "/api": "addresses",
    "/area/{name}": "answers of metrics",
    "/place/{state}": "a sheet, as of an area",
    "/place/{state}/{county}": "a sheet, as of an area",
    "/registers": "registers",
    "/registers/{register}": "registers",
    "/registers/{register}/{entry}": "registers",
    "/registers/{register}/{file}.{form}": "registers",
    "/registers/{register}/{entry}/graph.svg": "registers",
}
"""The routes that are not walked, and what is told there."""


@dataclass(frozen=True)
class World:
    """Everything that one home tells others, by what was asked."""

    settings: Settings
    client: TestClient
    current: Current
    names: dict[str, str]

    def hears(self, address: str) -> str:
        address = address.format_map(self.names)
        for _ in range(200):  # each waits; a busy machine needs several to work a plan out
            answer = self.client.get(address)
            if "retry-after" not in answer.headers:
                break
        body = OF_THE_BYTES.sub("#", answer.text)
        return f"{answer.status_code} {in_order(body) if address.startswith('/feeds/') else body}"

    def hears_by_tool(self) -> Iterator[str]:
        tools = Tools(self.current, SITE)
        yield tools.list_findings()
        yield tools.read_finding(self.names["finding"])
        for metric in METRICS:
            yield tools.ask_metric(metric, by=["aor"])
            yield tools.ask_metric(metric, where=["aor=MIA"], by=["day"])


def in_order(feed: str) -> str:
    """A feed with its entries in the order of what they say: they come in that of their hashes."""
    return "".join(sorted(part.strip() for part in re.split(r"(?=<entry>)|(?=</feed>)", feed)))


def world(settings: Settings, stack: ExitStack) -> World:
    catalog, current = Catalog(settings.records), Current(settings)
    app, shown = FastAPI(openapi_url=None), pages(catalog)
    api(app, current, shown)
    documents(app, Workbench(current, shown, languages(catalog), SITE))
    stack.callback(current.close)
    with current.bench(None) as bench:
        names = {
            "release": next(iter(bench._releases)).id,
            "edition": bench.edition.id,
            "finding": min(bench.findings(), key=lambda one: (one.kind, one.scope or "")).id,
        }
    return World(settings, TestClient(app, raise_server_exceptions=True), current, names)


@pytest.fixture(scope="module")
def both(guarded_home: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Settings]:
    return guarded_home, home_of(tmp_path_factory.mktemp("otherwise"), otherwise(arrests()))


@pytest.fixture(scope="module")
def worlds(both: tuple[Settings, Settings]) -> Iterator[tuple[World, World]]:
    with ExitStack() as stack:
        one, other = (world(replace(settings, profile="public"), stack) for settings in both)
        yield one, other


def test_no_route_is_forgotten() -> None:
    walked = [address.partition("?")[0] for address in ADDRESSES]
    left = [
        route.path
        for route in ROUTES
        if route.path not in ELSEWHERE and not any(compile_path(route.path)[0].match(path) for path in walked)
    ]
    assert left == []


def test_nothing_that_is_told_depends_on_what_is_hidden(worlds: tuple[World, World]) -> None:
    one, other = worlds
    told = [address for address in ADDRESSES if one.hears(address) != other.hears(address)]
    assert told == []
    tools = zip(one.hears_by_tool(), other.hears_by_tool(), strict=True)
    assert all(OF_THE_BYTES.sub("#", this) == OF_THE_BYTES.sub("#", that) for this, that in tools)


def test_no_command_tells_others_what_is_hidden(
    both: tuple[Settings, Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALLYSTICK_PROFILE", "public")
    monkeypatch.setenv("TALLYSTICK_THREADS", "1")
    monkeypatch.setenv("TALLYSTICK_MEMORY", both[0].memory_limit)
    lines = (
        ["show", "arrests", "--by", "day", "--by", "aor", "--format", "csv"],
        ["show", "arrests", "--where", "aor=MIA", "--by", "day"],
        ["why", "arrests", "--where", "aor=MIA"],
        ["findings", "--format", "json"],
        ["releases", "--format", "json"],
    )
    for line in lines:
        said = []
        for settings in both:
            code = outcome([*line, "--home", str(settings.home)])
            said.append(f"{code} {OF_THE_BYTES.sub('#', capsys.readouterr().out)}")
        assert said[0] == said[1], line


def test_without_the_gate_the_two_worlds_differ(both: tuple[Settings, Settings]) -> None:
    with ExitStack() as stack:
        one, other = (world(replace(settings, profile="open"), stack) for settings in both)
        for address in (
            "/data?metric=arrests&by=day&by=aor&format=json",
            "/why?metric=arrests&where=aor%3DMIA&by=day",
        ):
            assert one.hears(address) != other.hears(address)
