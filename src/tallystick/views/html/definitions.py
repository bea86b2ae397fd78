"""The page that defines a metric: its words, unit, breakdowns, what it is made from, and examples of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallystick.catalog import read_yaml
from tallystick.errors import UsageError
from tallystick.metrics.examples import Example, Examples
from tallystick.nouns.metric import Question
from tallystick.views.answer import question_in_words
from tallystick.views.html.render import document
from tallystick.views.listed import table_row
from tallystick.views.visit import Document, Visit


@dataclass(frozen=True)
class Tried:
    """An example: what is asked in words, and the rows that it gives on the made-up `tables` beside it."""

    asked: str
    by: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...] = field(hash=False)
    tables: Mapping[str, int] = field(hash=False)


def definition(visit: Visit, path: Mapping[str, str]) -> Document:
    """The metric called `metric`. Raises `UnknownName` with near names."""
    bench = visit.bench
    metric = bench.metrics.metric(path["metric"])
    graph = bench.pipeline.graph
    return document(
        "definition.html",
        visit,
        metric=metric,
        question=Question(metric.name),
        stands_alone=_stands_alone(visit, Question(metric.name)),
        by=[Question(metric.name, by=(name,)) for name in metric.by],
        inputs=[table_row(graph, name) for name in metric.inputs],
        sources=sorted(
            {bench.pipeline.catalog.published[table].id for name in metric.inputs for table in graph.published(name)}
        ),
        only_counted=bench.only_counted(Question(metric.name)),
        examples=list(_examples(visit, metric.name)),
    )


def _stands_alone(visit: Visit, question: Question) -> bool:
    """Whether the metric answers without a period or a filter."""
    try:
        visit.bench.metrics.expression(question, visit.bench.day)
    except UsageError:
        return False
    return True


def _examples(visit: Visit, metric: str) -> Iterator[Tried]:
    """The examples of a metric; only files that name it are read."""
    for _, path in visit.bench.pipeline.catalog.below("metrics", ".examples.yml"):
        if f"metric: {metric}" not in path.read_text(encoding="utf-8"):
            continue
        written = read_yaml(path, Examples)
        tables = {name: len(rows) for name, rows in written.tables.items()}
        yield from (_tried(one, tables) for one in written.examples if one.metric == metric)


def _tried(one: Example, tables: Mapping[str, int]) -> Tried:
    rows = one.gives if isinstance(one.gives, list) else [{"value": one.gives}]
    return Tried(question_in_words(one.question), one.question.by, tuple(rows), tables)
