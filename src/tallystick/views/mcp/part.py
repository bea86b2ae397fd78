"""The Model Context Protocol as a part of the server: stateless, over HTTP, for the names that it answers to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import ConfigDict

from tallystick.ourselves import __version__
from tallystick.views.mcp.told import Told
from tallystick.views.mcp.tools import Tools
from tallystick.views.web.workbench import Workbench

PATH = "/mcp"
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_SAYS = """Public numbers about US immigration enforcement, from archived releases that were judged as they came in.
Ask list_metrics before ask_metric. Tell every figure with its unit, its caveats and its Edition, and give the link
to its why. A figure of null is unknown, never zero. Ask as_known_on a past day for what could have been known then.
There are no records of single persons here, and no raw rows."""


def mcp(app: FastAPI, bench: Workbench) -> AbstractAsyncContextManager[None]:
    """Add the endpoint to an application. Requests that name a host which is not ours are refused."""
    server = MCPServer(
        "tallystick",
        title="Tallystick",
        instructions=_SAYS,
        version=__version__,
        log_level="CRITICAL",
        tools=[_strict(tool, bench.measures.defect) for tool in Tools(bench.current, bench.site).every],
    )
    made = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=bench.limits.body,
        transport_security=_security(bench.hosts),
    )
    app.router.routes.extend(made.routes)
    return server.session_manager.run()


def _strict(function: Callable[..., str], defect: Callable[[str], None]) -> Tool:
    """The tool of a function; what it does not take is refused, for an answer that passes it over would be wrong."""
    made = Told.from_function(function, annotations=_READS, structured_output=False)
    lenient = made.fn_metadata.arg_model

    class Strict(lenient):  # type: ignore[misc, valid-type]
        """The arguments of the tool, and no others."""

        model_config = ConfigDict(extra="forbid", title=lenient.__name__)

    strict = made.fn_metadata.model_copy(update={"arg_model": Strict})
    told = made.model_copy(update={"fn_metadata": strict, "parameters": Strict.model_json_schema(by_alias=True)})
    assert isinstance(told, Told)
    return told.counted_by(defect)


def _security(hosts: Collection[str] | None) -> TransportSecuritySettings:
    """Which names requests, and the pages that they come from, may give (a rebound name is none of them)."""
    if hosts is None:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    origins = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    return TransportSecuritySettings(
        allowed_hosts=[told for host in hosts for told in (host, f"{host}:*")],
        allowed_origins=[told for origin in origins for told in (origin, f"{origin}:*")],
    )
