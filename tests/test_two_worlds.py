"""Two worlds that differ only in what is hidden look the same to everybody, at every address and tool."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import unified_diff

import pyarrow.parquet as pq
import pytest
import typst
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import compile_path

from tallystick import clock
from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.api.part import api
from tallystick.views.cli.main import outcome
from tallystick.views.feeds.gathered import KINDS
from tallystick.views.html.routes import ROUTES
from tallystick.views.mcp.tools import Tools
from tallystick.views.pages.read import pages
from tallystick.views.web.documents import documents
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import languages
from tests.guarded import arrests, home_of, otherwise
from tests.views.sheets import sheets_in

TRIES = 3
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""The clock stands still: worlds that are made or asked on two days differ by that, and nothing is hidden in it."""
LONG = 300
SITE = "http://127.0.0.1"
OF_THE_BYTES = re.compile(r"\b[0-9a-f]{6,64}\b|\d{4}-\d\d-\d\dT[0-9:.+Z-]+|\b\d{1,2}:\d\d(:\d\d)?\b")
"""Hashes of the release and of all that is made of it, and instants."""
METRICS = ("arrests",)
ASKED = ("&by=day&by=aor", "&by=month&by=aor", "&by=day&by=method", "&where=aor%3DMIA&by=day")
FORMS = ("csv", "json", "xlsx", "parquet")
ADDRESSES = (
    *(f"/data?metric={metric}{by}&format={form}" for metric in METRICS for by in ASKED for form in FORMS),
    *(f"/why?metric=arrests{by}" for by in ASKED),
    *(
        f"/data?metric={metric}&by=target&by=series&by=aor&format=csv"
        for metric in ("target_actual", "target_gap", "target_trend", "share_of_target_periods_met", "target_periods")
    ),
    "/api/v1/metrics/target_trend/why?by=target&by=series&by=aor",
    "/targets/arrests-75-a-day-per-office",
    "/explore?metric=arrests&by=day&by=aor",
    "/embed?metric=arrests&by=aor&where=method%3DLocated",
    "/chart.svg?metric=arrests&where=aor%3DDAL&by=day&draw=bars",
    "/chart.svg?metric=arrests&where=aor%3DDAL&by=month&draw=line",
    "/",
    "/enforcement",
    "/claims",
    "/claims/arrests-3000-a-day-quota",
    "/claims/daily-arrests-short-of-3000",
    "/area/DAL",
    "/staffing",
    "/reports/enforcement.pdf",
    "/definitions/arrests",
    "/findings",
    "/findings/{finding}",
    "/releases/{release}",
    "/editions/{edition}",
    "/sources/ero_arrests",
    *(f"/feeds/{kind}.{form}" for kind in KINDS for form in ("atom", "json")),
    "/llms.txt",
    "/data.json",
    "/datapackage.json",
    *(f"/api/v1/metrics/arrests/{noun}?{by[1:]}" for by in ASKED for noun in ("answer", "why")),
    "/api/v1/claims",
    "/api/v1/claims/daily-arrests-short-of-3000",
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
    "/check": "answers of metrics",
    "/oembed": "an address",
    "/api": "addresses",
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
        """What is said at an address, without hashes. Fails where that is nothing but a refusal."""
        address = address.format_map(self.names)
        answer = self.client.get(address)
        while "retry-after" in answer.headers:  # each waits; a busy machine needs many to work a plan out
            answer = self.client.get(address)
        assert answer.is_success, f"{address} answers {answer.status_code}: {answer.text[:300]}"
        body = OF_THE_BYTES.sub("#", readable(answer.headers["content-type"], answer.content))
        return in_order(body) if ".atom" in address else body

    def hears_by_tool(self) -> Iterator[str]:
        tools = Tools(self.current, SITE)
        yield tools.list_findings()
        yield tools.read_finding(self.names["finding"])
        yield tools.list_metrics()
        yield tools.list_claims()
        yield tools.read_claim("daily-arrests-short-of-3000")
        yield tools.ask_metric("arrests_per_day", by=["month"])
        for metric in METRICS:
            yield tools.ask_metric(metric, by=["aor"])
            yield tools.ask_metric(metric, where=["aor=MIA"], by=["day"])
            yield tools.ask_metric(metric, by=["day", "method"])


def readable(kind: str, body: bytes) -> str:
    """What a reader finds in an answer: cells where it is a workbook or a table of columns, else its text.

    Hashes are in the packed bytes of both, and of a PDF: of that `typeset` answers what was set in type.
    """
    if "spreadsheet" in kind:
        return repr(sheets_in(body).cells)
    if "parquet" in kind:
        table = pq.read_table(io.BytesIO(body))
        return f"{table.schema} {table.to_pylist()}"
    text = body.decode()
    if "json" in kind and "items" in (document := json.loads(text)):
        items = [OF_THE_BYTES.sub("#", json.dumps(item)) for item in document["items"]]
        return json.dumps(document | {"items": sorted(items)})
    return text


def typeset(template: bytes, *, sys_inputs: Mapping[str, str], **_: object) -> bytes:
    """Stands in for the typesetter: what it is told, which is all that it knows."""
    return template + sys_inputs["told"].encode()


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
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Settings]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        one = home_of(tmp_path_factory.mktemp("one"), arrests())
        yield one, home_of(tmp_path_factory.mktemp("otherwise"), otherwise(arrests()))


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


def differences(one: World, other: World, address: str) -> list[str]:
    """The lines in which two worlds differ at an address, asked again: a block may be given up on a busy machine.

    What depends on what is hidden does so each time.
    """
    for _ in range(TRIES):
        this, that = one.hears(address), other.hears(address)
        if this == that:
            return []
    return [line[:LONG] for line in unified_diff(this.splitlines(), that.splitlines(), lineterm="", n=0)]


def test_nothing_that_is_told_depends_on_what_is_hidden(
    worlds: tuple[World, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typst, "compile", typeset)
    one, other = worlds
    told = {address: found for address in ADDRESSES if (found := differences(one, other, address))}
    assert told == {}
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


def test_an_address_that_is_refused_in_both_worlds_compares_nothing(worlds: tuple[World, World]) -> None:
    with pytest.raises(AssertionError, match="answers 404"):
        worlds[0].hears("/definitions/nothing")


def test_without_the_gate_the_two_worlds_differ(both: tuple[Settings, Settings]) -> None:
    with ExitStack() as stack:
        one, other = (world(replace(settings, profile="open"), stack) for settings in both)
        for address in (
            *(f"/data?metric=arrests&by=day&by=aor&format={form}" for form in FORMS),
            "/why?metric=arrests&where=aor%3DMIA&by=day",
            "/chart.svg?metric=arrests&where=aor%3DMIA&by=day&draw=bars",
            "/api/v1/metrics/arrests/answer?where=aor%3DMIA&by=day",
        ):
            assert one.hears(address) != other.hears(address), address
