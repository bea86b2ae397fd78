"""What crosschecks find over rows that are made up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tallystick.catalog import Catalog
from tallystick.crosschecks import crosschecks, expression
from tallystick.engines.duckdb import DuckDB
from tallystick.metrics.examples import make_up
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

CATALOG = Catalog((bundled_records(),))
GRAPH = Graph(CATALOG)
CHECKS = crosschecks(CATALOG)
Rows = list[dict[str, Any]]


def found(check: str, tables: Mapping[str, Rows]) -> Rows:
    """What `check` finds over tables of made-up rows; one that is not given is empty.

    Each has a sentence, and would have one if no row of a table stated some column, or there were none.
    """
    sql = compiled(expression(CHECKS[check], GRAPH.unbound))
    with DuckDB(threads=1) as engine:
        for name in CHECKS[check].inputs:
            make_up(engine, name, tables.get(name, []), GRAPH.unbound(name).schema())
        rows: Rows = engine.query(sql).to_pylist()
        assert all(row["says"] for row in rows)
        for less in with_less(tables):
            engine.run("BEGIN")
            engine.run(less)
            assert all(row["says"] for row in engine.query(sql).to_pylist()), less
            engine.run("ROLLBACK")
    return rows


def about(check: str, tables: Mapping[str, Rows]) -> list[str]:
    """What the Findings of `check` are about."""
    rows = found(check, tables)
    return sorted(row["about"].removeprefix("technologies/").removeprefix("ai_use_cases/") for row in rows)


def found_by(check: str, tables: Mapping[str, Rows]) -> Rows:
    """The rows that `check` finds over tables of made-up rows; one that is not given is empty."""
    with DuckDB(threads=1) as engine:
        for name in CHECKS[check].inputs:
            make_up(engine, name, tables.get(name, []), GRAPH.unbound(name).schema())
        found: Rows = engine.query(compiled(expression(CHECKS[check], GRAPH.unbound))).to_pylist()
    return found


def with_less(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Statements of which each takes something away: all rows of a table, or what they say in one column."""
    for name, rows in tables.items():
        yield f"DELETE FROM {name}"
        yield from (f"UPDATE {name} SET {column} = NULL" for column in sorted({key for row in rows for key in row}))


def named(cases: Iterable[tuple[Any, ...]], is_so: Callable[..., bool]) -> list[str]:
    return sorted(str(number) for number, case in enumerate(cases) if is_so(*case))
