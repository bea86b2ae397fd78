"""Refusals that need no bench: a page for people, a problem (RFC 9457) for programs."""

from __future__ import annotations

from starlette.responses import Response

from tallystick.errors import TallystickError
from tallystick.views.html.render import plain_document
from tallystick.views.problem import PROBLEM, as_problem
from tallystick.views.web.headers import is_shared

FOR_PROGRAMS = ("/events", "/health", "/metrics")
"""Paths that no person reads."""


def refusal(path: str, status: int, error: TallystickError, retry_after: int | None = None) -> Response:
    """The answer at `path` that says what is wrong and what next; a program may ask again after `retry_after` s."""
    headers = {"cache-control": "no-store"}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    if is_shared(path) or path in FOR_PROGRAMS:
        return Response(as_problem(status, error), status, headers, PROBLEM)
    return Response(plain_document("refused.html", error=error), status, headers, "text/html; charset=utf-8")
