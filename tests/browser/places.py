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
            for link in _links(_html(answer), str(answer.url)):
                place = place_of(urlsplit(link).path)
                if link.startswith(address) and place and place not in known:
                    known[place] = link.removeprefix(address)
                    waiting.append(known[place])
    return known


def is_html(answer: httpx.Response) -> bool:
    """Whether it is a page, not data or a feed."""
    return answer.headers["content-type"].startswith("text/html")


def _html(answer: httpx.Response) -> str:
    """A page, or what a page of others is told to embed (oEmbed); else ''."""
    if is_html(answer):
        return answer.text
    if answer.headers["content-type"].startswith("application/json"):
        told = answer.json()
        return str(told.get("html", "")) if isinstance(told, dict) else ""
    return ""


def _links(html: str, base: str) -> Iterator[str]:
    reader = _Links()
    reader.feed(html)
    for link in reader.found:
        yield urljoin(base, link).partition("#")[0]


class _Links(HTMLParser):
    """Where a page leads: its links, the other forms of it that its head names, what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where an element leads."""
        told = dict(attrs)
        if tag == "a" or (tag == "link" and told.get("rel") == "alternate"):
            self.found.append(told.get("href") or "")
        elif tag == "iframe":
            self.found.append(told.get("src") or "")
