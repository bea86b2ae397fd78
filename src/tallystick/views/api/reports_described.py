"""How the address that takes reports describes itself in OpenAPI, where a server takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.reporting.forms import MEDIA_TYPES, MOST_BYTES, MOST_ROWS, Form
from tallystick.reporting.kinds import KINDS, Kind

TOKEN = "token"
PATH = "/api/v1/reports/{kind}"
_SAYS = f"""Report a batch. It is taken whole or refused whole, and is on the disk once it is acknowledged.

The same again is known and changes nothing. At most {MOST_ROWS:,} rows and {MOST_BYTES >> 20} MiB. Nothing about a
person is taken.
"""
_SAMPLES = {
    "stage_events": "event_id,process,unit,stage,event,at\n"
    "e1,onboarding_287g,Ada County Sheriff,installation,enter,2026-03-09T09:00:00-05:00\n",
    "office_counts": "office,day,measure,count\nSEA,2026-03-09,arrests,4\n",
    "training": "agency,role,course,day,measure,count\nICE,officer,Use of force,2026-03-09,completed,12\n",
}
_STATUSES = {
    401: "No token that holds.",
    404: "No such kind of report, or form of one.",
    413: "Longer than a batch may be.",
    422: "Refused, and nothing of it is kept: `faults` has each bad row, `count` says how many faults there are.",
    429: "More than the token may report, or the server takes: post the same again later.",
    503: "It could not be written; nothing of it was kept.",
}
_TEXT, _NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
_RECEIPT = {
    "type": "object",
    "description": "What came of a batch: its sha256, how many rows are new and how many known, when and as whose.",
    "required": ["kind", "batch", "rows", "new", "known", "author", "told_at"],
    "properties": {
        "kind": _TEXT, "batch": _TEXT, "rows": _NUMBER, "new": _NUMBER, "known": _NUMBER, "author": _TEXT,
        "told_at": {"type": "string", "format": "date-time"},
    },
}  # fmt: skip


def with_reports(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The description with the address that takes reports, and the token that it asks for."""
    components = dict(told["components"])
    components["schemas"] = {**components["schemas"], "Receipt": _RECEIPT, **dict(map(_schema, KINDS.values()))}
    components["securitySchemes"] = {
        TOKEN: {"type": "http", "scheme": "bearer", "description": "Made with `tallystick token new`."}
    }
    tags = [*told["tags"], {"name": "reports", "description": "What offices report, where a server takes it."}]
    return {**told, "components": components, "tags": tags, "paths": {**told["paths"], PATH: {"post": _post()}}}


def _post() -> Mapping[str, Any]:
    receipt = {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": "report",
        "tags": ["reports"],
        "summary": "Report",
        "description": _SAYS,
        "security": [{TOKEN: []}],
        "parameters": [
            {
                "name": "kind", "in": "path", "required": True, "description": "What is reported.",
                "schema": {"type": "string", "enum": [name.replace("_", "-") for name in KINDS]},
            }
        ],
        "requestBody": {"required": True, "content": {name: _body(form) for name, form in MEDIA_TYPES.items()}},
        "responses": {
            "201": {"description": "New rows are on the disk.", "content": receipt},
            "200": {"description": "All of it was known.", "content": receipt},
            **{str(status): {"description": says, "content": problem} for status, says in _STATUSES.items()},
        },
    }  # fmt: skip


def _body(form: Form) -> Mapping[str, Any]:
    if form is Form.WORKBOOK:
        return {"schema": {"type": "string", "format": "binary", "description": "A workbook with one sheet."}}
    if form is Form.CSV:
        examples = {name: {"value": text} for name, text in _SAMPLES.items()}
        return {"schema": {"type": "string"}, "examples": examples}
    rows = [{"$ref": f"#/components/schemas/{_called(kind)}"} for kind in KINDS.values()]
    return {"schema": {"description": "One object a line.", "anyOf": [{"type": "string"}, *rows]}}


def _schema(kind: Kind) -> tuple[str, Mapping[str, Any]]:
    """The shape of a row of a kind: cells are text, or numbers where a count is one."""
    cell = {"type": ["string", "integer", "null"]}
    return _called(kind), {
        "type": "object",
        "description": f"One row: {kind.says}.",
        "additionalProperties": False,
        "required": [column.name for column in kind.columns if column.is_required],
        "properties": {column.name: cell for column in kind.columns},
    }


def _called(kind: Kind) -> str:
    return "".join(part.title() for part in kind.name.split("_")) + "Row"
