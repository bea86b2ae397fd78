"""A chart or a claim for pages of others: with its table, its definition, its Edition and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tallystick.views.asked import Asked
from tallystick.views.visit import Links

PATH = "/embed"
WIDTH, HEIGHT = 640, 480


def frame(links: Links, asked: Asked, title: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """The HTML that puts what is `asked` of `/embed` into a page of somebody else's."""
    told: Mapping[str, str] = {
        "src": links.whole(PATH, asked),
        "title": title,
        "width": str(size[0]),
        "height": str(size[1]),
        "loading": "lazy",
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in told.items())
    return f"<iframe {written}></iframe>"
