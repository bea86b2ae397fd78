"""An Edition's tables in another engine than the embedded one.

What stands is decided here and for every engine alike: which releases, which of their scopes, which rows a later
one took away. The rows that stand are copied; every derived table is made there, by the same definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallystick.engines import dialects
from tallystick.engines.duckdb import DuckDB, named
from tallystick.engines.engine import EngineOfEditions
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.table import Derivation
from tallystick.tables.amend import ROW
from tallystick.tables.build import mapped_parts
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

_OUT = "rows_out_of_"


def made_in(there: EngineOfEditions, here: DuckDB, edition: Edition, graph: Graph) -> None:
    """Make every table of `edition` in another engine, if it is not there; `here` has its database file open."""
    if there.exists() or not there.begin():
        return
    out = frozenset(here.tables("superseded"))
    for name in graph.names:
        if name in graph.catalog.published or name in graph.registers:
            there.take(name, _columns(graph, name), here.batches(f"SELECT {_names(graph, name)} FROM {named(name)}"))
        elif name in graph.parts:
            if name in out:
                rows = here.batches(f"SELECT DISTINCT {ROW} FROM superseded.{named(name)}")
                there.take(_OUT + name, {column: _columns(graph, name)[column] for column in ROW.split(", ")}, rows)
            there.create(name, _mapped(name, there.dialect, edition, graph, name in out))
        else:
            there.create(name, _said(graph.derivations[name], there.dialect, graph))
    there.keep()


def _said(derivation: Derivation, dialect: str, graph: Graph) -> str:
    """What the function says as one SELECT, compiled once for all Editions of a catalog."""
    key = f"derived {derivation.name} in {dialect}"
    told: str = graph.recall(key, lambda: compiled(graph.expression(derivation), dialect))
    return told


def _columns(graph: Graph, name: str) -> dict[str, object]:
    return dict(graph.unbound(name).schema().items())


def _names(graph: Graph, name: str) -> str:
    return ", ".join(map(named, _columns(graph, name)))


def _mapped(name: str, dialect: str, edition: Edition, graph: Graph, has_out: bool) -> str:
    """The SELECT of a row-mapped table: each part maps its rows, and those count that do in the Edition."""
    names = ", ".join(dialects.named(column, dialect) for column in _columns(graph, name))
    selects = [
        f"SELECT {names} FROM ({_said(derivation, dialect, graph)}) AS mapped WHERE {condition}"
        for derivation, condition in _conditions(mapped_parts(name, edition, graph), dialect)
    ]
    rows = " UNION ALL ".join(selects)
    if not has_out:
        return rows
    same = " AND ".join(f"gone.{column} = kept.{column}" for column in ROW.split(", "))
    gone = dialects.named(_OUT + name, dialect)
    return f"SELECT * FROM ({rows}) AS kept WHERE NOT EXISTS (SELECT 1 FROM {gone} AS gone WHERE {same})"


def _conditions(
    mapped: Iterable[tuple[Derivation, Iterable[Part]]], dialect: str
) -> Iterator[tuple[Derivation, str]]:
    def quoted(text: str) -> str:
        return dialects.quoted(text, dialect)

    for derivation, parts in mapped:
        whole = [quoted(part.release) for part in parts if not part.scopes]
        told = [f"release_id IN ({', '.join(whole)})"] if whole else []
        told += [
            f"(release_id = {quoted(part.release)} AND scope IN ({', '.join(map(quoted, part.scopes))}))"
            for part in parts
            if part.scopes
        ]
        yield derivation, " OR ".join(told) or "false"
