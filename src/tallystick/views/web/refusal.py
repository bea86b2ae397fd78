"""Refusals that need no bench: a page for people, a problem (RFC 9457) for programs."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response

from tallystick.errors import TallystickError
from tallystick.views.html.render import plain_document
from tallystick.views.web.headers import is_shared

_FOR_PROGRAMS = ("/events", "/health", "/metrics")


def refusal(path: str, status: int, error: TallystickError, retry_after: int | None = None) -> Response:
    """The answer at `path` that says what is wrong and what next; after `retry_after` s a browser asks again."""
    headers = {"cache-control": "no-store"}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    if is_shared(path) or path in _FOR_PROGRAMS:
        return Response(_problem(status, error), status, headers, "application/problem+json")
    if retry_after is not None:
        headers["refresh"] = str(retry_after)  # a browser without scripts asks again by itself
    return Response(plain_document("refused.html", error=error), status, headers, "text/html; charset=utf-8")


def _problem(status: int, error: TallystickError) -> bytes:
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": error.what}
    told |= {"where": error.where} if error.where else {}
    told |= {"next": error.next_step} if error.next_step else {}
    return json.dumps(told).encode()
