"""Explore: any metric by any breakdown; every state is a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tallystick.errors import UnknownName, UsageError
from tallystick.metrics.filters import dimensions
from tallystick.nouns.metric import Answer, Metric
from tallystick.nouns.page import Prose
from tallystick.views.asked import Asked
from tallystick.views.charts.draw import begin
from tallystick.views.html.embedded import frame
from tallystick.views.html.exploring import Exploring, exploring_of, tidied, without, written_filters
from tallystick.views.html.render import document
from tallystick.views.kinds.summary import asked_in_words
from tallystick.views.kinds.titles import dimension_title
from tallystick.views.shown import Shown
from tallystick.views.visit import Document, Visit
from tallystick.views.words import Words

PATH = "/explore"
_PLUMBING = {"release_id", "scope", "member", "source_row"}


@dataclass(frozen=True)
class Explored:
    """What was asked for, its answer, and what is shown of it."""

    exploring: Exploring
    answer: Answer
    shown: Shown


@dataclass(frozen=True)
class Offered:
    """A metric, a subject or a dimension as a reader may choose it; `foreign` where it is not in his language."""

    name: str
    says: str
    about: str = ""
    foreign: bool = False


@dataclass(frozen=True)
class Choices:
    """What the form offers: metrics by subject, what the chosen one allows, and values of the chosen dimension."""

    subjects: Sequence[tuple[Offered, Sequence[Offered]]]
    metric: Metric | None
    by: Sequence[Offered]
    dimensions: Sequence[Offered]
    values: Sequence[str]


def explore(visit: Visit, _: Mapping[str, str]) -> Document:
    """The form as it was filled in, and the answer; what is wrong is said above the form, with what next."""
    asked = tidied(visit.asked)
    if asked != {name: values for name, values in visit.asked.items() if name not in ("as_known_on", "lang")}:
        return Document(b"", status=303, headers={"location": visit.links.to(PATH, asked)})
    explored, error = None, None
    try:
        explored = explored_of(visit, exploring_of(asked)) if "metric" in asked else None
    except (UsageError, UnknownName) as refused:
        error = refused
    return document(
        "explore.html",
        visit,
        400 if error else 200,
        asked=asked,
        choices=_choices(visit, asked),
        explored=explored,
        error=error,
        filters=[
            (name, value, written, without(asked, "where", written)) for written, name, value in _filters(asked)
        ],
        about=_about(visit),
        frame=frame(visit.links, explored.exploring.asked, explored.shown.title) if explored else "",
        dimension_title=dimension_title,
    )


def explored_of(visit: Visit, exploring: Exploring) -> Explored:
    """The answer and what is shown of it. Raises `UnknownName` and `UsageError`."""
    bench, question = visit.bench, exploring.question
    answer = bench.ask(question)
    if not any(row["value"] for row in answer.rows):
        bench.refuse_unheard(question)
    if question.by:
        shown = exploring.breakdown.shown_of(visit, answer)
        begin(shown, visit.words)
        return Explored(exploring, answer, shown)
    says = asked_in_words(answer.question, visit.words)
    title = answer.definition.split("\n", 1)[0].rstrip(".")
    shown = Shown(
        title, says, caveats=answer.caveats, questions=(answer.question,), edition=answer.edition, template="figure"
    )
    return Explored(exploring, answer, shown)


def subject(metric: Metric) -> str:
    """What the module of a metric is about, in its own first words: *Arrests by ICE*."""
    told = (metric.function.__globals__.get("__doc__") or metric.function.__module__).strip()
    return re.split(r"[:,.\n]", told, maxsplit=1)[0]


def _filters(asked: Asked) -> Sequence[tuple[str, str, str]]:
    return list(written_filters(asked))


def _choices(visit: Visit, asked: Asked) -> Choices:
    bench, words = visit.bench, visit.words
    subjects = _offered(tuple(bench.metrics.by_name.values()), words)
    metric = bench.metrics.by_name.get(asked.get("metric", ("",))[-1])
    if metric is None:
        return Choices(subjects, None, (), (), ())
    known = [word for word in dimensions(bench.pipeline.graph.unbound(metric.inputs[0])) if word not in _PLUMBING]
    offered = tuple(dict.fromkeys([*metric.by, *known]))
    chosen = asked.get("dimension", ("",))[-1]
    values = bench.values(metric.name, chosen) if chosen in offered else ()
    by, all_of_them = ([_dimension(name, words) for name in names] for names in (metric.by, offered))
    return Choices(subjects, metric, by, all_of_them, values)


@lru_cache(8)
def _offered(metrics: Sequence[Metric], words: Words) -> Sequence[tuple[Offered, Sequence[Offered]]]:
    """The metrics by subject: hundreds, the same on every page in a language."""
    subjects: dict[str, list[Offered]] = {}
    for one in metrics:
        said = words(one.name.replace("_", " "))
        its = Offered(one.name, said, words.said(one.title), not words.knows(one.title))
        subjects.setdefault(subject(one), []).append(its)
    return [(Offered(name, words(name), foreign=not words.knows(name)), subjects[name]) for name in sorted(subjects)]


def _dimension(name: str, words: Words) -> Offered:
    title = dimension_title(name)
    told = words(title) if title == name.replace("_", " ") else f"{words(title)} ({name})"
    return Offered(name, told, foreign=not words.knows(title))


def _about(visit: Visit) -> Any:
    """The prose of the page that the menu has, if people wrote one."""
    page = visit.pages.get("explore")
    return [part.text for part in page.parts if isinstance(part, Prose)] if page else []
