"""A manifest: which files make the published tables of an Edition, for engines that know nothing of Tallystick.

A table is the rows of its files, of a file with `scopes` only those whose `scope` is among them, without the rows
that the file `without` names by release_id, member and source_row. Files of several years may lack columns that
others have: these are blank in their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tallystick.engines.duckdb import DuckDB, named
from tallystick.nouns.edition import Edition, Part
from tallystick.tables.build import Warehouse, write

VERSION = 1


def taken_out(edition: Edition, warehouse: Warehouse) -> Mapping[str, Path]:
    """By published table, a Parquet file of the rows that later releases amended or took away.

    The database file of `edition` must be there.
    """
    found = {}
    with DuckDB(warehouse.edition(edition.id), read_only=True) as engine:
        for name in sorted(set(engine.tables("superseded")) & {part.table for part in edition.parts}):
            path = warehouse.derived(f"superseded_{name}", edition.id)
            if not path.exists():
                write(engine, f"SELECT * FROM superseded.{named(name)} ORDER BY ALL", path, warehouse)
            found[name] = path
    return found


def manifest(
    edition: Edition, place: Callable[[Part], str], without: Mapping[str, str], rows: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """The manifest as JSON has it; `place` says where a part's file is, `without` where a table's file of rows is.

    `rows` says by the sha256 of a file how many it has of each stretch: who asks for one opens no file without it.
    """
    tables: dict[str, Any] = {}
    for part in edition.parts:
        its = tables.setdefault(part.table, {"files": [], "without": without.get(part.table)})
        its["files"].append({
            "path": place(part), "sha256": part.sha256, "release": part.release,
            "scopes": list(part.scopes), "rows": rows[part.sha256],
        })  # fmt: skip
    return {"version": VERSION, "edition": edition.id, "code": edition.code, "tables": tables}
