"""An error as programs read it: problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from tallystick.errors import TallystickError

PROBLEM = "application/problem+json"


def as_problem(status: int, error: TallystickError) -> bytes:
    """What is wrong, where, and what to do next."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": error.what}
    told |= {"where": error.where} if error.where else {}
    told |= {"next": error.next_step} if error.next_step else {}
    return json.dumps(told).encode()
