"""The Model Context Protocol, asked by its own client over a real server: figures with caveats, never raw rows."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from socket import socket
from typing import Any

import httpx
import pytest
import uvicorn
from mcp import Client

from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.pages.read import pages
from tallystick.views.web.app import make_app
from tallystick.views.web.guard import LOOPBACK
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import languages
from tests.views.conftest import ACTIONS, TOTAL

SITE = "http://127.0.0.1"


class Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@pytest.fixture(scope="module")
def address(small_home: Settings) -> Iterator[str]:
    """The endpoint of a server that listens on this machine, for as long as the tests run."""
    catalog, current = Catalog(small_home.records), Current(small_home)
    bench = Workbench(current, pages(catalog), languages(catalog), SITE, hosts=LOOPBACK)
    config = uvicorn.Config(make_app(bench), host="127.0.0.1", port=0, log_config=None, ws="none")
    server = Server(config)
    bound = config.bind_socket()
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    assert server.ready.wait(30)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}/mcp"
    server.should_exit = True
    thread.join()
    current.close()


def called(address: str, tool: str, **arguments: Any) -> tuple[bool, str]:
    """Whether a tool refused, and what it said."""

    async def call() -> tuple[bool, str]:
        async with Client(address) as client:
            result = await client.call_tool(tool, arguments)
            return bool(result.is_error), "".join(part.text for part in result.content if part.type == "text")

    return asyncio.run(call())


def told(address: str, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answered, its numbers exact."""
    refused, text = called(address, tool, **arguments)
    assert not refused, text
    found: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return found


def test_every_tool_says_that_it_only_reads(address: str) -> None:
    async def tools() -> Any:
        async with Client(address) as client:
            return (await client.list_tools()).tools

    found = asyncio.run(tools())
    assert [tool.name for tool in found] == [
        "list_metrics", "ask_metric", "list_claims", "read_claim", "list_findings", "read_finding",
        "list_registers", "read_entry",
    ]  # fmt: skip
    assert all(tool.annotations.read_only_hint and tool.description for tool in found)
    assert not any(tool.input_schema["additionalProperties"] for tool in found)


def test_a_figure_comes_with_unit_definition_edition_caveats_and_the_way_to_its_rows(address: str) -> None:
    answer = told(address, "ask_metric", metric="obligations", where=["agency=ICE"])
    assert (answer["value"], answer["unit"], answer["counted_rows"]) == (TOTAL, "USD", ACTIONS)
    assert answer["why"] == f"{SITE}/why?metric=obligations&where=agency=ICE"
    assert answer["definition"].startswith("Money obligated")
    assert len(answer["edition"]) == 12
    assert "caveats" in answer


def test_a_breakdown_is_a_table_of_figures(address: str) -> None:
    answer = told(address, "ask_metric", metric="obligations", by=["fiscal_year"])
    assert answer["rows"] == [{"fiscal_year": 2025, "value": TOTAL}]


def test_a_breakdown_to_single_records_is_refused(address: str) -> None:
    refused, says = called(address, "ask_metric", metric="obligations", by=["piid"])
    assert refused
    assert "a breakdown by piid is a list of records" in says


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask_metric", {"metric": "oblgations"}, "did you mean obligations"),
        ("ask_metric", {"metric": "obligations", "where": ["agencyy=ICE"]}, "did you mean agency"),
        ("ask_metric", {"metric": "obligations", "where": ["agency"]}, "write it as NAME=VALUE"),
        (
            "ask_metric",
            {"metric": "obligations", "from": "2018-01-01"},
            "there is no argument 'from'. ask_metric takes: metric, where, by",
        ),
        ("list_claims", {"day": "2025-06-01"}, "there is no argument 'day'. list_claims takes: as_known_on"),
        (
            "ask_metric",
            {"metric": "obligations", "by": ["agency", "agency"]},
            "'agency' is named twice; name it once",
        ),
        ("ask_metric", {"metric": "obligations", "period": ["0001-01-01", None]}, "too far away"),
        ("ask_metric", {"metric": "obligations", "as_known_on": "2999-01-01"}, "is not known yet"),
        ("ask_metric", {}, "'metric' is missing. ask_metric takes: metric, where, by, period, as_known_on"),
        ("ask_metric", {"metric": "m" * 201}, "'metric' is longer than 200 characters"),
        ("ask_metric", {"metric": "obligations", "by": 1}, "'by' is not a list"),
        ("ask_metric", {"metric": "obligations", "period": ["2025-01-01"]}, "'period' has fewer than 2 parts"),
        ("ask_metric", {"metric": "obligations", "as_known_on": "soon"}, "'as_known_on' is not a day; write it as"),
        (
            "list_findings",
            {"severity": "grave"},
            "'severity' is none of: 'note', 'warning', 'incomplete' or 'severe'",
        ),
        ("read_claim", {"claim": "ice-weapons"}, "no claim is called 'ice-weapons'"),
        ("read_finding", {"finding": "x"}, "no finding is called 'x'"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do_next(
    address: str, tool: str, arguments: dict[str, Any], says: str
) -> None:
    refused, told_of_it = called(address, tool, **arguments)
    assert refused
    assert says in told_of_it
    assert "pydantic" not in told_of_it, "nothing of what it is made with"


def test_metrics_are_found_by_what_they_are_about(address: str) -> None:
    found = told(address, "list_metrics", about="obligations")
    assert "obligations" in [row["metric"] for row in found["metrics"]]
    assert 0 < len(found["metrics"]) < found["of"]


def test_a_claim_has_its_figures_under_every_definition_and_no_rows(address: str) -> None:
    claim = told(address, "read_claim", claim="ice-weapons-70-million")
    assert {"then", "now", "said", "citation", "settled_by"} <= set(claim)
    assert len({figure["definition"] for figure in claim["figures"]}) > 3
    assert claim["why"] == f"{SITE}/claims/ice-weapons-70-million"


def test_a_finding_is_read_without_its_rows(address: str) -> None:
    listed = told(address, "list_findings")["findings"]
    found = told(address, "read_finding", finding=listed[0]["finding"])
    assert found["says"] == listed[0]["says"]
    assert "evidence" not in found


def test_a_rebound_name_is_refused(address: str) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(address, json=asked, headers=headers | {"Host": "evil.example"}).status_code == 421
    assert httpx.post(address, json=asked, headers=headers | {"Origin": "http://evil.example"}).status_code == 403
