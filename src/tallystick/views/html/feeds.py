"""What is new, for feed readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tallystick.errors import UnknownName
from tallystick.views.feeds.feed import Feed
from tallystick.views.feeds.gathered import KINDS, gathered
from tallystick.views.feeds.written import ATOM, JSON_FEED, as_atom, as_json_feed
from tallystick.views.visit import Document, Visit

FORMS: Mapping[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (as_atom, ATOM),
    "json": (as_json_feed, JSON_FEED),
}


def feed(visit: Visit, path: Mapping[str, str]) -> Document:
    """The feed `what` in the `form` of its ending. Raises `UnknownName`."""
    what, form = path["what"], path["form"]
    if what not in KINDS or form not in FORMS:
        known = [f"{kind}.{ending}" for kind in KINDS for ending in FORMS]
        raise UnknownName("feed", f"{what}.{form}", known)
    write, media_type = FORMS[form]
    return Document(write(gathered(visit, what)), media_type)
