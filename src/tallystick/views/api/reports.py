"""POST /api/v1/reports/{kind}: what offices report, where a server takes it. All else of the API only reads."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect

from tallystick.errors import ReleaseError, TallystickError, UnknownName, UsageError
from tallystick.reporting.door import NotAllowed
from tallystick.reporting.faults import Refusal
from tallystick.reporting.forms import MEDIA_TYPES, Form
from tallystick.reporting.kinds import kind_named
from tallystick.reporting.taking import Taking
from tallystick.views.api.problems import problem, problem_of
from tallystick.views.formats import as_json

PATH = "/api/v1/reports/"
PATIENCE = 30.0


def reports(app: FastAPI, taking: Taking, most: int) -> None:
    """Add the address to an application, which takes at `most` so many batches at a time."""
    free = asyncio.Semaphore(most)

    async def answer(request: Request) -> Response:
        if free.locked():
            return problem(429, "more is reported than can be taken at once", next_step="report it again in a moment")
        try:
            async with free:
                return await _taken(taking, request)
        except NotAllowed as error:
            made = problem(401, error.what, next_step=error.next_step)
            made.headers["www-authenticate"] = "Bearer"
            return made
        except Refusal as error:
            faults = [fault.told for fault in error.faults]
            return problem(422, error.says, next_step=error.next_step, faults=faults, count=error.count)
        except ReleaseError as error:
            return problem(422, error.what, where=error.where, next_step=error.next_step)
        except TallystickError as error:
            made = problem_of(error)
            if made.status_code == 503 and hasattr(error, "retry_after"):
                made.status_code = 429
            return made

    app.add_api_route(PATH + "{kind}", answer, methods=["POST"], include_in_schema=False)


async def _taken(taking: Taking, request: Request) -> Response:
    written = request.headers.get("authorization", "")
    token = taking.token(written.removeprefix("Bearer ").strip())
    kind = kind_named(request.path_params["kind"])
    form = _form(request.headers.get("content-type", ""))
    try:
        data = await asyncio.wait_for(request.body(), PATIENCE)
    except (TimeoutError, ClientDisconnect) as error:
        raise UsageError("the batch did not come whole", next_step="send it again") from error
    receipt = await taking.take(token, data, form, kind.name)
    status = 201 if receipt.new else 200
    return Response(as_json(asdict(receipt)), status, {"cache-control": "no-store"}, "application/json")


def _form(media_type: str) -> Form:
    plain = media_type.partition(";")[0].strip().lower()
    if plain not in MEDIA_TYPES:
        raise UnknownName("form of a report", plain[:60], MEDIA_TYPES, where="content-type")
    return MEDIA_TYPES[plain]
