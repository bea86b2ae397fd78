"""The desk at which one request is answered: the bench in force, and how the reply is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from tallystick.bench import Bench
from tallystick.current import Current
from tallystick.nouns.page import Page
from tallystick.views.api.negotiated import form_wanted
from tallystick.views.api.parameters import Formed, Known, Paged
from tallystick.views.api.replies import Listing, Wanted, reply
from tallystick.views.asked import Asked
from tallystick.views.download import Form

EVERY_FORM = (Form.JSON, Form.CSV, Form.PARQUET, Form.XLSX)


@dataclass(frozen=True)
class Desk:
    """What is in force, what people wrote, and the request: its path, its parameters, what it accepts."""

    current: Current
    pages: Mapping[str, Page]
    path: str
    asked: Asked = field(hash=False)
    accept: str = ""

    def bench(self, asked: Known) -> AbstractContextManager[Bench]:
        """The bench over what was known on the day that was asked for."""
        return self.current.bench(asked.as_known_on)

    def replied(self, listing: Listing, asked: Known) -> Response:
        """The reply in the form wanted. Raises `NotAcceptable`, `TooMany`, and `UsageError` for a bad cursor."""
        given: Sequence[Form] = EVERY_FORM if isinstance(asked, Formed) else (Form.JSON,)
        form = form_wanted(asked.format if isinstance(asked, Formed) else None, self.accept, given)
        limit, cursor = (asked.limit, asked.cursor) if isinstance(asked, Paged) else (None, None)
        made = reply(listing, Wanted(self.path, self.asked, form, limit, cursor))
        return Response(made.body, made.status, dict(made.headers), made.media_type)


def desk(request: Request) -> Desk:
    """The desk of a request."""
    asked = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
    state = request.app.state.desk
    return Desk(state.current, state.pages, request.url.path, asked, request.headers.get("accept", ""))


Here = Annotated[Desk, Depends(desk)]


def known(bench: Bench) -> dict[str, Any]:
    """What every reply says of the state that it is a function of."""
    return {"edition": bench.edition.id, "speaks_for": bench.day, "as_known_on": bench.known_on}
