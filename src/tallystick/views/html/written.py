"""The pages that people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tallystick.errors import UnknownName
from tallystick.nouns.page import FIRST, Prose
from tallystick.views.html.contents import contents
from tallystick.views.html.render import document
from tallystick.views.kinds.every import shown
from tallystick.views.shown import AWAITED
from tallystick.views.visit import Document, Visit

AGAIN = 3
"""After so many seconds a page of which some views are still being worked out is asked for again."""


def overview(visit: Visit, _: Mapping[str, str]) -> Document:
    """The first page."""
    return written(visit, {"page": FIRST})


def written(visit: Visit, path: Mapping[str, str]) -> Document:
    """The page called `page`: its prose, and its views in the visit's Edition. Raises `UnknownName`."""
    name = path["page"]
    if name not in visit.pages:
        raise UnknownName("page", name, visit.pages)
    page = visit.pages[name]
    parts = [part.text if isinstance(part, Prose) else shown(part, page, visit) for part in page.parts]
    awaited = [part for part in parts if not isinstance(part, str) and part.template == AWAITED]
    made = document(
        "page.html",
        visit,
        page=page,
        parts=parts,
        contents=contents(parts, visit.words),
        awaited=dict.fromkeys(visit.words.said(str(part.title)) for part in awaited),
        again=AGAIN,
    )
    return replace(made, headers={"cache-control": "no-store", "retry-after": f"{AGAIN}"}) if awaited else made
