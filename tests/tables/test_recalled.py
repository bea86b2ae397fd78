"""What was compiled in another process is not compiled again, and is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from tallystick.catalog import Catalog
from tallystick.remembered import Remembered
from tallystick.tables import graph as tables
from tallystick.tables.graph import Graph
from tallystick.tables.statements import Wording


@pytest.fixture
def graph(catalog: Catalog, tmp_path: Path) -> Callable[[], Graph]:
    """Makes a graph as another process over the same home would."""
    return lambda: Graph(catalog, Remembered(tmp_path / "compiled.sqlite", "this code").recall)


def _refused(*_: object) -> Any:
    raise AssertionError("this was compiled before")


def test_columns_derivations_and_statements_are_compiled_once_for_all_processes(
    graph: Callable[[], Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> Any:
        table = ibis.table({"day": "date", "name": "string"}, name="rows")
        return table.filter(table.day == ibis.literal(date(1901, 2, 3)), table.name == ibis.literal("⟨0⟩"))

    wording = Wording("key", (date(1901, 2, 3), "⟨0⟩"), "duckdb", asked, "rows of a day")
    first = graph()
    derivation = first.derivations["awards"]
    told = first.unbound("awards").schema(), first.derived(derivation), first.statement(wording)
    monkeypatch.setattr(tables, "compiled", _refused)
    monkeypatch.setattr(tables, "stated", _refused)
    monkeypatch.setattr(Graph, "_said", _refused)
    again = graph()
    assert (again.unbound("awards").schema(), again.derived(derivation), again.statement(wording)) == told
    assert again.statement(wording).bound({"⟨0⟩": "a", date(1901, 2, 3): "b"}) == ("b", "a")


def test_every_column_has_the_type_that_it_was_worked_out_with(catalog: Catalog) -> None:
    graph = Graph(catalog)
    made = [name for name in graph.names if name in graph.parts or name in graph.derivations]
    assert {name: graph.unbound(name).schema() for name in made} == {name: graph._schema(name) for name in made}
