"""How to embed a document of this site, for programs that ask: oEmbed 1.0 (https://oembed.com), rich type."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.errors import TallystickError, UnknownName, UsageError
from tallystick.views.asked import Asked
from tallystick.views.formats import as_json
from tallystick.views.html.embedded import HEIGHT, WIDTH, embedded, frame
from tallystick.views.html.exploring import exploring_of, tidied
from tallystick.views.problem import PROBLEM, as_problem
from tallystick.views.urls import Address, address
from tallystick.views.visit import Document, Visit

_HOUR = 3600


def oembed(visit: Visit, _: Mapping[str, str]) -> Document:
    """The frame for the document at `url`, no larger than `maxwidth` and `maxheight`.

    404 for an address that is not of this site or shows nothing to embed, 501 for another format than JSON.
    """
    if visit.one("format", "json") != "json":
        return _refused(501, UsageError("only JSON is given", next_step="ask with format=json"))
    try:
        size = _at_most(visit, "maxwidth", WIDTH), _at_most(visit, "maxheight", HEIGHT)
    except UsageError as error:
        return _refused(400, error)
    try:
        asked, title, its = _found(visit)
    except (UnknownName, UsageError) as error:
        return _refused(404, error)
    links = visit.links.keeping(**{name: its.get(name, ("",))[-1] for name in ("lang", "as_known_on")})
    told = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Tallystick",
        "provider_url": visit.links.keeping(lang="", as_known_on="").whole("/"),
        "cache_age": _HOUR,
        "html": frame(links, asked, title, size),
        "width": size[0],
        "height": size[1],
    }
    return Document(as_json(told), "application/json")


def _found(visit: Visit) -> tuple[Asked, str, Asked]:
    """What to ask `/embed`, the title, and the parameters of the address. Raises `UnknownName` and `UsageError`."""
    if not visit.one("url"):
        raise UsageError("no address is named", next_step="ask with url=, an address of this site")
    asked_for = address(visit.one("url"))
    if asked_for.site != address(visit.links.whole("/")).site:
        raise UsageError("this address is not of this site", where=asked_for.site)
    told = embedded(asked_for.path, asked_for.asked, visit.pages)
    if told is None:
        raise UsageError("nothing at this address can be embedded", where=asked_for.path)
    asked = tidied(told) if "metric" in told else told
    return asked, _title(visit, asked, asked_for), asked_for.asked


def _title(visit: Visit, asked: Asked, asked_for: Address) -> str:
    metrics = visit.bench.metrics
    if "metric" in asked:
        question = exploring_of(asked).question
        metrics.expression(question, visit.bench.day)
        return metrics.metric(question.metric).title
    if "claim" in asked:
        return visit.bench.claim(asked["claim"][-1]).claim.said
    return visit.words(visit.pages[asked_for.path.strip("/") or "overview"].title)


def _at_most(visit: Visit, name: str, ours: int) -> int:
    written = visit.one(name)
    if not written:
        return ours
    if not (written.isascii() and written.isdigit()):
        raise UsageError(f"'{written[:20]}' is not a number of pixels", where=name)
    return max(min(ours, int(written[:9])), 1)


def _refused(status: int, error: TallystickError) -> Document:
    return Document(as_problem(status, error), PROBLEM, status)
