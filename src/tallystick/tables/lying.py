"""In which files the rows of an Edition's tables lie: its database file tells, so that two can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.engines.engine import ParquetView
from tallystick.nouns.edition import Part
from tallystick.tables.amend import ROW

Place = tuple[str, str | None]
"""A file, below the warehouse's root, and one of the scopes that count of it; None where all of it does."""


def tell(engine: DuckDB, files: Mapping[str, Mapping[Part, Path]], root: Path) -> None:
    """Write down where the rows of some tables lie, in place of what is told of these; `files` has them by table."""
    rows = [
        (name, path.relative_to(root).as_posix(), scope)
        for name, paths in files.items()
        for part, path in paths.items()
        for scope in part.scopes or (None,)
    ]
    engine.run("CREATE SCHEMA IF NOT EXISTS lying")
    engine.run("CREATE TABLE IF NOT EXISTS lying.files (name VARCHAR, file VARCHAR, scope VARCHAR)")
    if files:
        engine.run(f"DELETE FROM lying.files WHERE name IN ({', '.join(map(quoted, files))})")
    if rows:
        told = ", ".join(f"({', '.join('NULL' if cell is None else quoted(cell) for cell in row)})" for row in rows)
        engine.run(f"INSERT INTO lying.files VALUES {told}")


def changed(engine: DuckDB, table: str, root: Path, sides: tuple[str, str]) -> tuple[str, ...]:
    """SELECTs that give, together, every row of `table` that only one of two attached databases has.

    Rows that both have may be among them. There is no SELECT where both lie in the same files and have the same out.
    """
    places = {side: _places(engine, table, side) for side in sides}
    out = {side: _out(engine, table, side) for side in sides}
    selects = []
    for side, other in (sides, sides[::-1]):
        if alone := places[side] - places[other]:
            selects.append(engine.select(_view(alone, root, out[side])))
    both = {file for file, _ in places[sides[0]] & places[sides[1]]}
    if both and (differing := _differing([name for name in out.values() if name])):
        rows = engine.select(ParquetView(tuple(root / file for file in sorted(both)), {}))
        selects.append(f"SELECT * FROM ({rows}) SEMI JOIN ({differing}) USING ({ROW})")
    return tuple(selects)


def _places(engine: DuckDB, table: str, side: str) -> frozenset[Place]:
    told = engine.run(f"SELECT file, scope FROM {named(side)}.lying.files WHERE name = {quoted(table)}")
    return frozenset((file, scope) for file, scope in told.fetchall())


def _view(places: Iterable[Place], root: Path, out: str | None) -> ParquetView:
    scopes: dict[str, list[str | None]] = {}
    for file, scope in sorted(places, key=lambda place: (place[0], place[1] or "")):
        scopes.setdefault(file, []).append(scope)
    whole = tuple(root / file for file, of in scopes.items() if None in of)
    partial = {root / file: tuple(one for one in of if one) for file, of in scopes.items() if None not in of}
    return ParquetView(whole, partial, out)


def _out(engine: DuckDB, table: str, side: str) -> str | None:
    """The table of the places of rows that are out on one side: amended, restated or taken away."""
    told = engine.run(
        f"SELECT 1 FROM duckdb_tables() WHERE database_name = {quoted(side)} "
        f"AND schema_name = 'superseded' AND table_name = {quoted(table)}"
    )
    return f"{named(side)}.superseded.{named(table)}" if told.fetchall() else None


def _differing(out: Sequence[str]) -> str:
    """SELECT the places of the rows that one side has out and the other has not."""
    selects = [f"SELECT {ROW} FROM {name}" for name in out]
    if len(selects) < 2:
        return "".join(selects)
    return f"({selects[0]} EXCEPT {selects[1]}) UNION ALL ({selects[1]} EXCEPT {selects[0]})"
