"""Which columns of a table a SELECT depends on, once those that it only hands on are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope


def columns_read(sql: str, table: str, columns: Mapping[str, Iterable[str]], dialect: str) -> frozenset[str]:
    """The columns of `table` that a SELECT over tables with these `columns` depends on; all where that is unclear.

    A join by some columns, say, hands on all others, and nothing may be made of these.
    """
    schema: dict[str, object] = {name: dict.fromkeys(known, "text") for name, known in columns.items()}
    tree = qualify(
        sqlglot.parse_one(sql, dialect=dialect),
        schema=schema,
        dialect=dialect,
        validate_qualify_columns=False,
        infer_schema=False,
    )
    scopes = traverse_scope(pushdown_projections(tree, schema=schema))
    if any(_is_unclear(scope, table) for scope in scopes):
        return frozenset(columns[table])
    return frozenset(
        column.name for scope in scopes for column in scope.columns if _is(scope.sources.get(column.table), table)
    )


def _is_unclear(scope: Scope, table: str) -> bool:
    """Whether a table is asked for columns that are not named."""
    if not any(_is(source, table) for source in scope.sources.values()):
        return False
    is_star = any(not isinstance(star.parent, exp.Count) for star in scope.find_all(exp.Star))
    return is_star or bool(scope.unqualified_columns)


def _is(source: object, table: str) -> bool:
    return isinstance(source, exp.Table) and source.name == table
