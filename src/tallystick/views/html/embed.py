"""A chart or a claim for pages of others: with its table, its definition, its Edition and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.page import View
from tallystick.views.asked import Asked
from tallystick.views.html.explore import PATH as EXPLORE
from tallystick.views.html.explore import explored_of
from tallystick.views.html.exploring import exploring_of, tidied
from tallystick.views.html.render import document
from tallystick.views.kinds.every import shown
from tallystick.views.shown import Shown
from tallystick.views.specification import specifications
from tallystick.views.visit import Document, Visit


@dataclass(frozen=True)
class Embedded:
    """What a frame shows: its `title`, its views, a verdict for a claim, and where the whole of it lies."""

    title: str
    views: tuple[Shown, ...]
    path: str
    asked: Asked
    definition: str = ""
    metric: str = ""
    verdict: str = ""


def embed(visit: Visit, _: Mapping[str, str]) -> Document:
    """A question (`metric` and the rest), a `claim`, or the `view` of a `page`, numbered from one.

    Raises `UnknownName` and `UsageError`.
    """
    return document("embed.html", visit, embedded=embedded_of(visit))


def embedded_of(visit: Visit) -> Embedded:
    """What is asked for: a question, a claim or a view. Raises `UnknownName` and `UsageError`."""
    if visit.one("claim"):
        return _claim(visit, visit.one("claim"))
    if visit.one("page"):
        return _view(visit, visit.one("page"))
    if visit.one("metric"):
        return _question(visit)
    raise UsageError("nothing is asked for", next_step="say a metric, a claim or a page: /embed?metric=obligations")


def _question(visit: Visit) -> Embedded:
    asked = tidied(visit.asked)
    explored = explored_of(visit, exploring_of(asked))
    metric, shown_ = explored.answer.question.metric, explored.shown
    return Embedded(shown_.title, (shown_,), EXPLORE, asked, explored.answer.definition.split("\n", 1)[0], metric)


def _claim(visit: Visit, name: str) -> Embedded:
    judgement = visit.bench.claim(name)
    views = tuple(specifications(judgement, visit.words))
    return Embedded(judgement.claim.said, views, f"/claims/{name}", {}, verdict=judgement.word)


def _view(visit: Visit, name: str) -> Embedded:
    if name not in visit.pages:
        raise UnknownName("page", name, visit.pages)
    page = visit.pages[name]
    views = [part for part in page.parts if isinstance(part, View)]
    number = visit.one("view", "1")
    if number not in {str(place) for place in range(1, len(views) + 1)}:
        raise UsageError(f"'{name}' has no view {number[:20]}", next_step=f"it has {len(views)}, numbered from 1")
    found = shown(views[int(number) - 1], page, visit)
    return Embedded(found.title or page.title, (found,), f"/{name}", {})
