"""Which documents pages of others may show in a frame, and what to ask `/embed` for then."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tallystick.nouns.page import Page, View
from tallystick.views.asked import Asked
from tallystick.views.visit import Links

PATH = "/embed"
OEMBED = "/oembed"
WIDTH, HEIGHT = 640, 480
_CLAIMS = "/claims/"
_FIRST = "overview"


def embedded(path: str, asked: Asked, pages: Mapping[str, Page]) -> Asked | None:
    """What `/embed` is asked to show the document at `path`: a question, a claim, or a page's first view.

    None for a document that has nothing to show there.
    """
    if path == "/explore":
        return asked if asked.get("metric") else None
    if path.startswith(_CLAIMS) and path != _CLAIMS:
        return {"claim": (path.removeprefix(_CLAIMS),)}
    page = pages.get(path.strip("/") or _FIRST)
    has_view = page is not None and any(isinstance(part, View) for part in page.parts)
    return {"page": (page.name,)} if page and has_view else None


def discovered(links: Links, path: str, asked: Asked, pages: Mapping[str, Page]) -> str:
    """The address that tells how to embed the document at `path`; '' where nothing does."""
    if not links.live or embedded(path, asked, pages) is None:
        return ""
    return links.whole(OEMBED, {"url": (links.whole(path, asked),), "format": ("json",)})


def frame(links: Links, asked: Asked, title: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """The HTML that puts what is `asked` of `/embed` into a page of somebody else's."""
    told = {
        "src": links.whole(PATH, asked),
        "title": title,
        "width": str(size[0]),
        "height": str(size[1]),
        "loading": "lazy",
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in told.items())
    return f"<iframe {written}></iframe>"
