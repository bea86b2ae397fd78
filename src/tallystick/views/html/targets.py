"""The page of one target: what was to be reached, who said so, and what was observed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.nouns.metric import Question, Values
from tallystick.nouns.target import Standing
from tallystick.views.html.render import document
from tallystick.views.target import ACTUAL_IS, ANNUALISED, asks, times
from tallystick.views.visit import Document, Visit


@dataclass(frozen=True)
class Stands:
    """One standing of a target, and the question that its actual answers."""

    standing: Standing
    question: Question


def target(visit: Visit, path: Mapping[str, str]) -> Document:
    """The target called `name`, on all days, by what the parameter `by` names. Raises `UnknownName`, `UsageError`."""
    by = tuple(name for told in visit.asked.get("by", ()) for name in told.split(",") if name)
    (shown,) = visit.bench.targets(path["name"], by, everything=True)
    stands = [Stands(one, _question(shown.name, one)) for one in shown.standings]
    per = str(shown.facts["per"])
    return document(
        "target.html",
        visit,
        target=shown,
        asks=asks(shown),
        by=by,
        times=times,
        stands=stands,
        actual_is=ACTUAL_IS.get(per, ""),
        annualised=ANNUALISED if per == "year" and stands else "",
    )


def _question(name: str, one: Standing) -> Question:
    grouped: dict[str, Values] = {group: str(cell) for group, cell in one.group.items() if cell is not None}
    return Question("target_actual", {"target": name, "series": one.series, "in_force": one.in_force, **grouped})
