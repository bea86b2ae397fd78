"""How the API describes itself: OpenAPI 3.1, with every form of every reply and every error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from tallystick.ourselves import __version__
from tallystick.views.api.models import Problem
from tallystick.views.download import MEDIA_TYPES, Form

TITLE = "Tallystick"
_SAYS = """Archived public releases about US immigration enforcement, judged, counted, and set against what was said.

Every figure is a function of an **Edition**, which each reply names: the releases in force, and our own code. Ask
`as_known_on` a past day for what could have been known then. Money is exact: decimal numbers, never rounded through
floats. A `null` figure is *unknown*, never zero; its caveats say why. A list comes whole or as the page asked for:
what is too long for one answer is an error that says so. Nothing can be written here but reports of offices, where a
server takes them, and nobody's questions are written down. Errors are problem details (RFC 9457) that say what is
wrong, where, and what to do next.
"""
_TAGS = {
    "metrics": "Numbers with a unit and a definition: asked by filters, breakdowns and periods.",
    "claims": "Sentences that somebody published, judged as known then and as known now.",
    "findings": "What was found in the releases, with the rows that show it.",
    "sources": "Who publishes what, how often, and how late it is.",
    "releases": "Files as they were published, with their hashes.",
    "tables": "What several releases mean together: columns, and which release speaks for which stretch.",
    "editions": "The sets of releases that figures are functions of.",
    "targets": "What was to be reached, beside what was observed.",
    "forecasts": "What lies ahead of staged work, and how what was said before turned out.",
    "registers": "What people keep by hand of things bought, agreed and asked for, a citation on every row.",
    "sheets": "Figures of one area or place side by side.",
    "changes": "What changed between two releases or Editions.",
    "pages": "The pages of the workbench.",
}
_ERRORS = {
    400: "The question makes no sense as asked.",
    404: "A name that nothing has; near ones are told.",
    406: "Nothing that is accepted can be given.",
    409: "A cursor of another Edition.",
    422: "A parameter is not as it must be, or the answer is longer than one answer may be.",
    429: "Too much is being asked at once.",
    503: "Not now: it is being worked out.",
}
_OF_LISTS = (400, 404, 406, 409, 422, 429, 503)
_OF_READINGS = (400, 404, 406, 422, 429, 503)
_RETRY = {"Retry-After": {"description": "After how many seconds to try again.", "schema": {"type": "integer"}}}
_EDITION = {
    "Tallystick-Edition": {"description": "The Edition that this is a function of.", "schema": {"type": "string"}},
    "ETag": {"description": "Names this answer; give it back in `If-None-Match`.", "schema": {"type": "string"}},
}
_OF_PAGES = {
    "Tallystick-Total": {"description": "How many rows the whole list has.", "schema": {"type": "integer"}},
    "Link": {"description": 'The next page, `rel="next"` (RFC 8288).', "schema": {"type": "string"}},
}
_SAMPLES = {Form.CSV: "fiscal_year,value\n2025,1234.56\n"}


class Tag(StrEnum):
    """The groups of addresses."""

    METRICS = "metrics"
    CLAIMS = "claims"
    FINDINGS = "findings"
    SOURCES = "sources"
    RELEASES = "releases"
    TABLES = "tables"
    EDITIONS = "editions"
    TARGETS = "targets"
    FORECASTS = "forecasts"
    REGISTERS = "registers"
    SHEETS = "sheets"
    CHANGES = "changes"
    PAGES = "pages"


def _errors(statuses: Sequence[int]) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _ERRORS[status],
            "content": {"application/problem+json": {"schema": schema}},
            **({"headers": _RETRY} if status in (429, 503) else {}),
        }
        for status in statuses
    }


def _tables() -> dict[str, Any]:
    told: dict[str, Any] = {}
    for form, media_type in MEDIA_TYPES.items():
        if form is Form.CSV:
            told[media_type] = {"schema": {"type": "string"}, "example": _SAMPLES[form]}
        elif form is not Form.JSON:
            told[media_type] = {"schema": {"type": "string", "format": "binary"}}
    return told


JSON_ONLY: dict[int | str, dict[str, Any]] = {200: {"headers": _EDITION}, **_errors(_OF_READINGS)}
"""The replies of an address that reads one thing."""
TABULAR: dict[int | str, dict[str, Any]] = {
    200: {"headers": _EDITION | _OF_PAGES, "content": _tables()},
    **_errors(_OF_LISTS),
}
"""The replies of an address that lists."""


def description(routes: Sequence[BaseRoute]) -> Mapping[str, Any]:
    """The OpenAPI document of the routes that are in it."""
    told = get_openapi(
        title=TITLE,
        version=__version__,
        openapi_version="3.1.0",
        summary="Public numbers about immigration enforcement, each walked back to the rows it came from.",
        description=_SAYS,
        routes=routes,
        separate_input_output_schemas=False,
        tags=[{"name": name, "description": says} for name, says in _TAGS.items()],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= made.pop("$defs", {}) | {"Problem": made}
    return told | {"servers": [{"url": "/"}]}
