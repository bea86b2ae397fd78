"""Every table and every metric gives the same on every engine, from the same definitions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tallystick.engines.dialects import named
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.postgresql import PostgreSQL
from tallystick.engines.spark import Spark
from tallystick.errors import TallystickError
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import Example, Examples, agrees, examples, expected, make_up
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tallystick.tables.statements import compiled
from tests.engines.alike import apart
from tests.engines.conftest import Two, opened

_DAY = date(2026, 9, 1)
_LONGEST = 63


def test_every_table_has_the_same_rows(two: Two) -> None:
    told, filled = {}, set()
    for name in two.graph.names:
        columns = [column for column in two.graph.unbound(name).columns if len(column) <= _LONGEST]
        here, there = (engine.query(_whole(name, columns, engine.dialect)) for engine in (two.here, two.there))
        if found := apart(here, there):
            told[name] = found
        if here.num_rows:
            filled.add(name)
    assert told == {}
    derived = {derivation.rows_of or name for name, derivation in two.graph.derivations.items()}
    assert len(derived & filled) > len(derived) * 0.8


def test_every_metric_gives_the_same_in_total_and_by_every_breakdown_of_its_examples(
    two: Two, sampled: Pipeline
) -> None:
    metrics = Metrics(sampled.catalog, two.graph)
    told, asked, answered = {}, set(), 0
    for question in _questions(sampled):
        try:
            expression = metrics.expression(question, _DAY)
        except TallystickError:  # it needs a period, and its example states one
            continue
        here = two.here.query(compiled(expression, two.here.dialect))
        if found := apart(here, two.there.query(compiled(expression, two.there.dialect))):
            told[f"{question}"] = found
        asked.add(question.metric)
        answered += any(here["value"].to_pylist())
    assert told == {}
    assert asked == set(metrics.by_name)
    assert answered > len(asked) / 2


def test_every_example_of_every_metric_gives_what_it_says(elsewhere: str, sampled: Pipeline) -> None:
    metrics = Metrics(sampled.catalog, sampled.graph)
    told = {}
    with opened(elsewhere, "examples") as there:
        there.begin()
        for _, written in examples(sampled.catalog):
            for name in written.tables.keys() | {name for e in written.examples for name in _inputs(metrics, e)}:
                _take(there, metrics, written, name)
            for example in written.examples:
                sql = compiled(metrics.expression(example.question), there.dialect)
                found, says = there.query(sql).to_pylist(), expected(example)
                alike = len(found) == len(says) and all(
                    row.keys() == said.keys() and all(agrees(said[name], row[name]) for name in said)
                    for row, said in zip(found, says, strict=True)
                )
                if not alike:
                    told[f"{example.question}"] = (says, found)
    assert told == {}


def _whole(name: str, columns: Sequence[str], dialect: str) -> str:
    return f"SELECT {', '.join(named(column, dialect) for column in columns)} FROM {named(name, dialect)}"


def _inputs(metrics: Metrics, example: Example) -> tuple[str, ...]:
    return metrics.metric(example.metric).inputs


def _take(there: PostgreSQL | Spark, metrics: Metrics, written: Examples, name: str) -> None:
    """Take the made-up rows of a table, in place of those of another file of examples."""
    schema = metrics.graph.unbound(name).schema()
    with DuckDB(threads=1, memory="500MB") as here:
        make_up(here, name, written.tables.get(name, []), schema)
        there.drop(name)
        there.take(name, dict(schema.items()), here.batches(_whole(name, schema.names, here.dialect)))


def _questions(sampled: Pipeline) -> list[Question]:
    """Each metric in total, and in each way that an example breaks it down, over all rows and over the example's."""
    found: dict[str, Question] = {}
    for _, written in examples(sampled.catalog):
        for asked in (example.question for example in written.examples):
            period = (asked.start, asked.end, asked.day)
            for one in (Question(asked.metric, {}, by, *period) for by in ((), asked.by)):
                found[f"{one}"] = one
    return list(found.values())
