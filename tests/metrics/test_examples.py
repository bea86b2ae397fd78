"""Every metric gives what the examples beside it say."""

from __future__ import annotations

import pytest

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import RecordError
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.examples import Example, Examples, agrees, examples, expected, given, make_up
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph

CATALOG = Catalog((bundled_records(),))
METRICS = Metrics(CATALOG, Graph(CATALOG))
WRITTEN = [(path, written, example) for path, written in examples(CATALOG) for example in written.examples]


@pytest.mark.parametrize(
    ("written", "example"),
    [(written, example) for _, written, example in WRITTEN],
    ids=[
        f"{path.name.removesuffix('.examples.yml')}-{example.metric}-{n}"
        for n, (path, _, example) in enumerate(WRITTEN)
    ],
)
def test_a_metric_gives_what_its_example_says(written: Examples, example: Example) -> None:
    found = given(METRICS, written, example)
    told = expected(example)
    assert len(found) == len(told)
    for row, said in zip(found, told, strict=True):
        assert row.keys() == said.keys()
        assert all(agrees(said[name], row[name]) for name in said), (row, said)


def test_every_metric_has_an_example() -> None:
    assert METRICS.by_name.keys() - {example.metric for _, _, example in WRITTEN} == set()


def test_every_metric_says_in_words_what_it_is() -> None:
    for metric in METRICS.by_name.values():
        assert metric.title.endswith((".", "half.")), metric.name
        assert metric.unit in {"USD", "count", "share", "ratio", "index", "number", "per_day", "days"}, metric.name


def test_an_example_over_a_column_that_the_table_lacks_is_refused() -> None:
    schema = METRICS.graph.unbound("contract_actions").schema()
    with DuckDB(threads=1) as engine, pytest.raises(RecordError, match="obligated_usd"):
        make_up(engine, "contract_actions", [{"obligated_usd": "1.00"}], schema)


def test_an_example_that_is_wrong_does_not_agree() -> None:
    written = next(written for path, written, _ in WRITTEN if path.name == "spending.examples.yml")
    assert not agrees("374.51", given(METRICS, written, written.examples[0])[0]["value"])
    assert not agrees(0, None)
    assert not agrees(None, 0)
