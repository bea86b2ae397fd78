"""The files that pages need, each under an address that names what is in it: browsers keep it for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Scope

from tallystick.views.html import routes
from tallystick.views.web.workbench import Workbench

FOLDER = Path(routes.__file__).parent / "assets"


@cache
def version(name: str) -> str:
    """What names the contents of a file of ours; '' when there is none."""
    path = FOLDER / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def assets(app: FastAPI, _: Workbench) -> None:
    """`/assets/NAME?v=VERSION`."""
    app.mount("/assets", _Files(directory=FOLDER), name="assets")


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        told = QueryParams(scope["query_string"]).get("v")
        is_this = told is not None and told == version(path)
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if is_this else "no-cache"
        return answer
