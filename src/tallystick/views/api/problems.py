"""Errors as problem details (RFC 9457): what is wrong, where, and what to do next. Nothing of the inside gets out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tallystick.errors import ArchiveError, BusyError, EditionError, TallystickError, UnknownName, UsageError
from tallystick.views.api.cursors import Outdated
from tallystick.views.api.negotiated import NotAcceptable
from tallystick.views.api.replies import TooMany

MEDIA_TYPE = "application/problem+json"
STATUSES: Sequence[tuple[type[TallystickError], int]] = (
    (UnknownName, 404),
    (NotAcceptable, 406),
    (Outdated, 409),
    (TooMany, 422),
    (UsageError, 400),
    (EditionError, 404),
    (ArchiveError, 503),
    (BusyError, 503),
)
"""The status of each kind of error; the first that fits. Any other is a fault of ours."""
_LATER = 5
_ELSE = {404: "nothing lies at this address", 405: "this can only be read"}


def status_of(error: TallystickError) -> int:
    """The status of an error."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def problem(status: int, detail: str, where: str = "", next_step: str = "", **more: Any) -> Response:
    """A problem; one that passes by itself says after how many seconds to try again."""
    phrase = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": phrase, "status": status, "detail": detail}
    told |= {name: text for name, text in (("where", where), ("next", next_step)) if text}
    headers = {"cache-control": "no-store"} | ({"retry-after": str(_LATER)} if status in (429, 503) else {})
    return Response(json.dumps(told | more).encode(), status, headers, MEDIA_TYPE)


def problem_of(error: TallystickError) -> Response:
    """The problem that an error is. What an engine said of a fault of ours stays inside."""
    status = status_of(error)
    if isinstance(error, ArchiveError):
        return problem(503, "the archive cannot be read just now", next_step="ask again in a few seconds")
    if status == 500:
        return problem(500, "this went wrong inside", next_step="tell those who run this server what you asked")
    where = error.where if isinstance(error, UsageError) else ""  # elsewhere it names what lies on the server's disk
    made = problem(status, error.what, where, error.next_step)
    if hasattr(error, "retry_after"):
        made.headers["retry-after"] = str(error.retry_after)
    return made


def invalid(error: RequestValidationError) -> Response:
    """The problem that parameters are not of the shape that they must be."""
    errors = [_wrong(told) for told in error.errors()]
    first = errors[0]
    return problem(
        422,
        f"{first['parameter']}: {first['says']}",
        where=first["parameter"],
        next_step="/api lists what each address takes",
        errors=errors,
    )


def _wrong(told: Mapping[str, Any]) -> dict[str, str]:
    place = [str(part) for part in told["loc"][1:]]
    says = (
        "there is no such parameter here"
        if told["type"] == "extra_forbidden"
        else str(told["msg"]).removeprefix("Value error, ")
    )
    return {"parameter": ".".join(place)[:100] or "request", "says": says}


def handle(app: FastAPI, is_ours: Callable[[str], bool]) -> None:
    """Have the application answer errors at our addresses with problems, and leave others to who handled them."""
    before = dict(app.exception_handlers)

    async def stated(request: Request, error: Exception) -> Response:
        if isinstance(error, TallystickError):
            return problem_of(error)
        if isinstance(error, RequestValidationError):
            return invalid(error)
        assert isinstance(error, HTTPException)
        if not is_ours(request.url.path) and HTTPException in before:
            handled: Response = await before[HTTPException](request, error)
            return handled
        made = problem(error.status_code, _ELSE.get(error.status_code, str(error.detail)), next_step="see /api")
        made.headers.update(error.headers or {})
        return made

    for kind in (TallystickError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, stated)
