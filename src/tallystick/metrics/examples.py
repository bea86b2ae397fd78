"""Examples beside a metric: what a question gives on a tiny made-up table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import msgspec
import pyarrow as pa

from tallystick.catalog import Catalog, read_yaml
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import RecordError
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.metric import Question, Values
from tallystick.nouns.written import Written
from tallystick.tables.statements import compiled

Cell = Any  # text, a number, a date or nothing, as YAML gives it


class Example(Written, frozen=True, kw_only=True):
    """A question as people write it, and what it `gives`: one figure, None, or rows with `value`."""

    metric: str
    gives: Any
    where: dict[str, Values] = msgspec.field(default_factory=dict)
    by: list[str] = msgspec.field(default_factory=list)
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    day: date | None = None

    @property
    def question(self) -> Question:
        return Question(self.metric, self.where, tuple(self.by), self.start, self.end, self.day)


class Examples(Written, frozen=True, kw_only=True):
    """The made-up rows by table (a column left out is unknown there), and the examples over them."""

    tables: dict[str, list[dict[str, Cell]]]
    examples: list[Example]


def examples(catalog: Catalog) -> Iterator[tuple[Path, Examples]]:
    """Every `*.examples.yml` of the records, read."""
    for _, path in catalog.below("metrics", ".examples.yml"):
        yield path, read_yaml(path, Examples)


def given(metrics: Metrics, written: Examples, example: Example) -> list[dict[str, Any]]:
    """The rows that the metric really gives on the made-up tables."""
    with DuckDB(threads=1, memory="500MB") as engine:
        for name in metrics.metric(example.metric).inputs:
            make_up(engine, name, written.tables.get(name, []), metrics.graph.unbound(name).schema())
        sql = compiled(metrics.expression(example.question), engine.dialect)
        return list(engine.query(sql).to_pylist())


def expected(example: Example) -> list[dict[str, Any]]:
    """The rows that the example says it gives."""
    return example.gives if isinstance(example.gives, list) else [{"value": example.gives}]


def agrees(said: Cell, found: Any) -> bool:
    """Whether a written cell and a computed one are the same: money to the cent, shares to nine places."""
    if said is None or found is None:
        return said is None and found is None
    if isinstance(found, float):
        return abs(float(str(said)) - found) < 1e-9
    if isinstance(found, Decimal | int):
        return Decimal(str(said)) == found
    return str(said) == str(found)


def make_up(engine: DuckDB, name: str, rows: list[dict[str, Cell]], schema: Any) -> None:
    """Make the table `name` of written rows. Raises `RecordError` for a column that the table lacks."""
    for row in rows:
        for unknown in row.keys() - set(schema.names):
            raise RecordError(f"no column is called '{unknown}' in the table {name}", where=str(row))
    texts = {column: pa.array([_text(row.get(column)) for row in rows], pa.string()) for column in schema.names}
    engine.take(f"{name}_as_written", pa.table(texts))
    written = ibis.table(dict.fromkeys(schema.names, "string"), name=f"{name}_as_written")
    engine.create(
        name, compiled(written.select(**{column: written[column].cast(schema[column]) for column in texts}))
    )


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)
