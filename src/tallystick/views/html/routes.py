"""Every document of the workbench: the path that it lies at, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tallystick.views.html.claims import claim
from tallystick.views.html.data import data
from tallystick.views.html.embed import embed
from tallystick.views.html.explore import explore
from tallystick.views.html.feeds import feed
from tallystick.views.html.oembed import oembed
from tallystick.views.html.why import why
from tallystick.views.html.written import overview, written
from tallystick.views.visit import Document, Visit

Maker = Callable[[Visit, Mapping[str, str]], Document]


@dataclass(frozen=True)
class Route:
    """A path with its `{parts}`, and the maker of the documents that lie there."""

    path: str
    make: Maker


ROUTES = (
    Route("/", overview),
    Route("/why", why),
    Route("/claims/{name}", claim),
    Route("/explore", explore),
    Route("/data", data),
    Route("/embed", embed),
    Route("/oembed", oembed),
    Route("/feeds/{what}.{form}", feed),
    Route("/{page}", written),
)
"""In the order in which they are tried: the pages that people write come last."""
