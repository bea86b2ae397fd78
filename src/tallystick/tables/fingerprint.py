"""One short text for the contents of a table, whatever the order of its rows."""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.engines.duckdb import DuckDB, named


def fingerprint(engine: DuckDB, table: str, without: Iterable[str] = ()) -> str:
    """The number of rows and the sum of their MD5s, over every column but those in `without`.

    Equal tables have equal fingerprints in any order of rows; a row that stands twice counts twice. A sum, not
    an exclusive or, under which two equal rows would cancel out.
    """
    left_out = ", ".join(map(named, without))
    columns = f"* EXCLUDE ({left_out})" if left_out else "*"
    told = "md5_number_upper(to_json(told)::VARCHAR)::HUGEINT"
    rows = engine.run(f"SELECT count(*), sum({told}) FROM (SELECT {columns} FROM {named(table)}) AS told").fetchall()
    ((count, total),) = rows
    return f"{count}-{total or 0:x}"


def contents(engine: DuckDB, table: str) -> str:
    """What a small table holds, whatever it was made from and in any order: its rows' count and the sum of their
    hashes. Cheaper than a fingerprint, and told only by this version of the engine. `table` is SQL."""
    return str(engine.run(f"SELECT count(*), sum(hash(looked_up)) FROM {table} AS looked_up").fetchone())
