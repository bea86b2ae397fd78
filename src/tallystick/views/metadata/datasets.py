"""What there is to take away, as catalogs describe it: a data set for each metric, by its first breakdown in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallystick.bench import Bench
from tallystick.metrics.filters import column
from tallystick.nouns.metric import Metric, Question
from tallystick.nouns.source import Source

PUBLIC_DOMAIN = "us-public-domain"
_IN_TIME = ("fiscal_year", "month", "year", "quarter")
_WHOLE = frozenset({"count"})


@dataclass(frozen=True)
class Column:
    """A column of a data set: its `type` in the words of Table Schema, and the `unit` of its cells."""

    name: str
    type: str
    says: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Dataset:
    """A metric's figures, whoever asks: the `question` that gives them, their columns, the series they come from."""

    metric: Metric = field(hash=False)
    question: Question
    columns: tuple[Column, ...]
    sources: tuple[Source, ...] = field(hash=False)

    @property
    def is_public_domain(self) -> bool:
        """Whether all that it is made from is in the public domain."""
        return bool(self.sources) and all(source.licence == PUBLIC_DOMAIN for source in self.sources)


def datasets(bench: Bench) -> Iterator[Dataset]:
    """A data set for each metric, in the order of the records."""
    for metric in bench.metrics.by_name.values():
        question = Question(metric.name, by=_first(metric.by))
        yield Dataset(metric, question, tuple(_columns(bench, metric, question)), tuple(_sources(bench, metric)))


def _first(by: Sequence[str]) -> tuple[str, ...]:
    """The breakdown that is told first: one of time, where there is one."""
    chosen = next((name for name in _IN_TIME if name in by), None) or next(iter(by), None)
    return (chosen,) if chosen else ()


def _columns(bench: Bench, metric: Metric, question: Question) -> Iterator[Column]:
    table = bench.pipeline.graph.unbound(metric.inputs[0])
    for name in question.by:
        yield Column(name, _type(table.schema()[column(table, name)]))
    kind = "integer" if metric.unit in _WHOLE else "number"
    yield Column("value", kind, "An empty cell is hidden or unknown, never zero.", metric.unit)
    if bench.gate.guards(metric.name):
        yield Column("hidden", "boolean", "Whether the figure is known and not told, to point at nobody.")
        yield Column("hidden_because", "string", "Why the figure is hidden; empty where it is told.")


def _type(kind: Any) -> str:
    told: Mapping[str, bool] = {
        "integer": kind.is_integer(),
        "date": kind.is_date(),
        "datetime": kind.is_timestamp(),
        "boolean": kind.is_boolean(),
        "number": kind.is_numeric(),
    }
    return next((name for name, is_it in told.items() if is_it), "string")


def _sources(bench: Bench, metric: Metric) -> Iterator[Source]:
    graph, catalog = bench.pipeline.graph, bench.pipeline.catalog
    tables = sorted({name for table in metric.inputs for name in graph.published(table)})
    yield from {catalog.published[name].id: catalog.published[name] for name in tables}.values()
