"""An answer by a SELECT that is kept for its shape is the answer by one that is made for the question alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import UsageError
from tallystick.metrics.asking import Asking
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import Example, Examples, examples, make_up
from tallystick.metrics.filters import column, dimensions
from tallystick.metrics.shapes import shape_of
from tallystick.nouns.metric import Question
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

CATALOG = Catalog((bundled_records(),))
METRICS = Metrics(CATALOG, Graph(CATALOG))
WRITTEN = [(written, example) for _, written in examples(CATALOG) for example in written.examples]
DAY = date(2026, 4, 9)

# Texts that a careless hand would take for a part of the statement, and some that rows have.
ODD = st.sampled_from(
    ["'", "''; DROP TABLE contract_actions; --", "?", "$1", "⟨0⟩", "⟨1⟩", "\\", "%", "é", "", "7012"]
)
DAYS = st.none() | st.dates(date(2016, 1, 1), date(2027, 1, 1))


@contextmanager
def made_up(written: Examples, metric: str) -> Iterator[DuckDB]:
    """An engine that holds the rows of an example."""
    with DuckDB(threads=1, memory="500MB") as engine:
        for name in METRICS.metric(metric).inputs:
            make_up(engine, name, written.tables.get(name, []), METRICS.graph.unbound(name).schema())
        yield engine


def asking(engine: DuckDB, metrics: Metrics = METRICS) -> Asking:
    return Asking(metrics, lambda sql, values: engine.query(sql, values).to_pylist(), engine.dialect, DAY)


def compare(engine: DuckDB, question: Question) -> None:
    """Ask in each way: by the kept SELECT, by that which people read, and by one made for the question alone."""
    rows, tally, told = asking(engine).answered(question)
    plain = engine.query(compiled(METRICS.expression(question, DAY), engine.dialect)).to_pylist()
    assert rows == plain
    assert engine.query(told).to_pylist() == plain
    if tally is not None:
        counted = METRICS.rows(question)
        missing = {name: counted[name].isnull().sum() for name in METRICS.metric(question.metric).over}
        (said,) = engine.query(compiled(counted.aggregate(rows=counted.count(), **missing))).to_pylist()
        assert tally.counted == said["rows"]
        assert dict(tally.lacking) == {name: said[name] for name in missing} or not tally.counted


@pytest.mark.parametrize(
    ("written", "example"), WRITTEN, ids=[f"{example.metric}-{n}" for n, (_, example) in enumerate(WRITTEN)]
)
def test_every_example_has_one_answer_in_both_ways(written: Examples, example: Example) -> None:
    with made_up(written, example.metric) as engine:
        compare(engine, example.question)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Examples, Question]:
    written, example = draw(st.sampled_from(WRITTEN))
    metric = METRICS.metric(example.metric)
    table = METRICS.graph.unbound(metric.inputs[0])
    rows = written.tables.get(metric.inputs[0], [])
    where: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(dimensions(table)), max_size=3, unique=True)):
        cells = [str(row[cell]) for row in rows if row.get(cell := column(table, name)) is not None]
        value = st.one_of(ODD, *([st.sampled_from(cells), st.just(cells[0][:1] + "*")] if cells else []))
        where[name] = draw(value | st.lists(value, min_size=1, max_size=3))
    by = draw(st.lists(st.sampled_from(metric.by), max_size=2, unique=True)) if metric.by else []
    start, end = (draw(DAYS), draw(DAYS)) if metric.on else (None, None)
    return written, Question(metric.name, where, tuple(by), start, end)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(questions())
def test_any_question_has_one_answer_in_both_ways(asked: tuple[Examples, Question]) -> None:
    written, question = asked
    try:
        METRICS.check(question)
        METRICS.expression(question, DAY)
    except UsageError:
        assume(False)
    with made_up(written, question.metric) as engine:
        compare(engine, question)


def test_questions_of_one_shape_are_compiled_once_and_no_value_is_part_of_the_statement() -> None:
    written, example = next((w, e) for w, e in WRITTEN if e.metric == "obligations")
    run: list[tuple[str, tuple[Any, ...]]] = []
    with made_up(written, example.metric) as engine:

        def query(sql: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
            run.append((sql, values))
            return list(engine.query(sql, values).to_pylist())

        its = Asking(METRICS, query, engine.dialect, DAY)
        for agency, day in (("Robert'); --", date(2025, 1, 1)), ("ICE", date(2024, 2, 3))):
            its.answered(Question("obligations", {"agency": agency}, ("month",), day))
    (first, values), (second, others) = run
    assert first == second
    assert values == ("Robert'); --", date(2025, 1, 1))
    assert others == ("ICE", date(2024, 2, 3))
    assert "Robert" not in first
    assert "2024" not in first


def test_what_a_question_is_about_is_in_its_shape_and_the_value_of_a_filter_is_not() -> None:
    metric = METRICS.metric("obligations")
    one = shape_of(metric, Question("obligations", {"agency": "ICE"}))
    assert one == shape_of(metric, Question("obligations", {"agency": "CBP"}))
    for other in (
        Question("obligations", {"agency": ["ICE"]}, ("month",)),
        Question("obligations", {"agency": ["ICE", "CBP"]}),
        Question("obligations", {"agency": "I*"}),
        Question("obligations", {"piid": "ICE"}),
        Question("obligations", {"agency": "ICE"}, start=date(2025, 1, 1)),
    ):
        assert one != shape_of(metric, other)


def test_what_a_register_told_by_one_day_is_not_what_it_told_by_another() -> None:
    written, example = next((w, e) for w, e in WRITTEN if e.metric == "oversight_office_changes")
    with made_up(written, example.metric) as engine:
        for day, told in ((date(2025, 11, 1), 1), (date(2025, 12, 31), 2), (date(2025, 11, 1), 1)):
            rows, _, _ = asking(engine, METRICS.as_told_by(day)).answered(Question(example.metric))
            assert rows == [{"value": told}]
