"""The page that a reader sees while nothing of a document can be shown: with the menu, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Scope

from tallystick.errors import BusyError
from tallystick.nouns.page import Page
from tallystick.views.asked import Asked
from tallystick.views.html.render import plain_document
from tallystick.views.visit import Links
from tallystick.views.web.headers import is_shared
from tallystick.views.web.links import KEPT, ServerLinks
from tallystick.views.web.refusal import FOR_PROGRAMS, refusal
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import ENGLISH, Words


class Waiter:
    """Who waits: what the frame of a page needs to know of a reader, without a bench."""

    def __init__(self, bench: Workbench, path: str, asked: Asked) -> None:
        language = asked.get("lang", (ENGLISH,))[-1]
        kept: Asked = {name: asked[name] for name in KEPT if name in asked}
        self.pages: Mapping[str, Page] = bench.pages
        self.words: Words = bench.languages.get(language) or Words()
        self.links: Links = ServerLinks(kept, site=bench.site)
        self.here = path
        self.asked = {name: values for name, values in asked.items() if name != "reload"}
        self._reload = asked.get("reload", ("",))[-1]

    def one(self, name: str, default: str = "") -> str:
        """The last value of a parameter."""
        return self._reload if name == "reload" else self.asked.get(name, (default,))[-1]

    def with_(self, name: str, value: str) -> Asked:
        """What was asked, with another value of one parameter."""
        return {**self.asked, name: (value,)}

    def without(self, name: str) -> Asked:
        """What was asked, less one parameter."""
        return {other: values for other, values in self.asked.items() if other != name}


def waiting(bench: Workbench, scope: Scope, status: int, error: BusyError) -> Response:
    """The answer that there is none yet, and when to ask again: a page for people, a problem for programs."""
    path = scope["path"]
    if is_shared(path) or path in FOR_PROGRAMS:
        return refusal(path, status, error, error.retry_after)
    told = QueryParams(scope["query_string"])
    who = Waiter(bench, path, {name: tuple(told.getlist(name)) for name in told})
    html = plain_document(
        "waiting.html", visit=who, links=who.links, status=status, again=error.retry_after, _=who.words
    )
    headers = {"cache-control": "no-store", "retry-after": f"{error.retry_after}"}
    return Response(html, status, headers, "text/html; charset=utf-8")
