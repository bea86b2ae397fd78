"""Every kind of document of the workbench, and one address of each, found as a reader finds it: by links."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.routing import compile_path

from tallystick.catalog import Catalog
from tallystick.settings import bundled_records
from tallystick.views.html.routes import ROUTES
from tallystick.views.pages.read import pages
from tests.browser.serving import made

WRITTEN = "/{page}"
_PATTERNS = [(route.path, compile_path(route.path)[0]) for route in ROUTES]


def places() -> list[str]:
    """The path of every document, with its `{parts}`; a page that people wrote is named by its own."""
    written = [f"/{name}" for name in pages(Catalog((bundled_records(),)))]
    paths = [route.path for route in ROUTES if route.path != WRITTEN]
    return list(dict.fromkeys([*paths, *(path for path in written if path != "/overview")]))


def place_of(path: str) -> str | None:
    """Which of the places a path lies at; None where no document of the workbench is."""
    for written, pattern in _PATTERNS:
        if pattern.match(path):
            return path if written == WRITTEN else written
    return None


def found(address: str) -> Mapping[str, str]:
    """One address for each place that links lead to from the first page, with what it asks."""
    known: dict[str, str] = {"/": "/"}
    waiting = deque(["/"])
    with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
        while waiting:
            answer = made(client, waiting.popleft())
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            for link in _links(answer.text, str(answer.url)):
                place = place_of(urlsplit(link).path)
                if link.startswith(address) and place and place not in known:
                    known[place] = link.removeprefix(address)
                    waiting.append(known[place])
    return known


def _links(html: str, base: str) -> Iterator[str]:
    reader = _Anchors()
    reader.feed(html)
    for link in reader.links:
        yield urljoin(base, link).partition("#")[0]


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where an `a` leads."""
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
