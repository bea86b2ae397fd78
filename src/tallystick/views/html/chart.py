"""A chart as a file: of a question, of a claim, or of a view of a page."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallystick.errors import UsageError
from tallystick.views.asked import question_of
from tallystick.views.charts.alone import Provenance, alone
from tallystick.views.html.embed import embedded_of
from tallystick.views.kinds.map import Map
from tallystick.views.shown import Shown
from tallystick.views.visit import Document, Visit

PATH = "/chart.svg"


def chart(visit: Visit, _: Mapping[str, str]) -> Document:
    """What `/embed` shows, drawn alone; `draw=map` with `of` (county, state, area) draws a question as a map.

    Of a claim, `check` is the number of the check, from one. Raises `UnknownName`, and `UsageError` where nothing
    that is asked for can be drawn.
    """
    view = _mapped(visit) if visit.one("draw") == "map" else _embedded(visit)
    if view.chart is None or not view.rows:
        raise UsageError(
            "there is nothing to draw here", next_step="name a breakdown and how to draw it: by=month&draw=line"
        )
    metrics = dict.fromkeys(question.metric for question in view.questions if question.metric)
    definitions = tuple(visit.words(visit.bench.metrics.by_name[metric].title) for metric in metrics)
    edition = view.edition or visit.bench.edition.id
    come_from = Provenance(visit.links.whole(PATH, visit.asked), edition, definitions)
    svg = alone(view, view.chart, visit.words, come_from)
    return Document(f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'.encode(), "image/svg+xml")


def _embedded(visit: Visit) -> Shown:
    views = embedded_of(visit).views
    number = visit.one("check", "1")
    if number not in {str(place) for place in range(1, len(views) + 1)}:
        raise UsageError(f"there is no check {number[:20]}", next_step=f"there are {len(views)}, numbered from 1")
    return views[int(number) - 1]


def _mapped(visit: Visit) -> Shown:
    asked = question_of(visit.asked)
    told = {"metric": asked.metric, "where": asked.where, "of": visit.one("of", "state")}
    days = {"from": asked.start, "to": asked.end, "day": asked.day}
    try:
        return msgspec.convert(told | {name: day for name, day in days.items() if day}, Map).shown(visit)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"this map cannot be drawn: {error}", next_step="say of=state, of=county or of=area"
        ) from error
