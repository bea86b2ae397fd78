"""Which rows of a published table are no longer the state: restated later, amended by key, or taken away.

A release that restates scopes has its say by scope. One that amends by key has its say for each key it states,
over every earlier release: its row stands in the place of theirs, and a row that says `deletes` leaves none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.edition import Part
from tallystick.nouns.source import Source
from tallystick.nouns.table import Derivation

ROW = "release_id, member, source_row"


def superseded(engine: DuckDB, table: str, source: Source, paths: Mapping[Part, Path]) -> str | None:
    """Make a table (release_id, member, source_row) of the rows of `paths` that are out; its name, or None.

    None where no release amends by key: then scopes say it all.
    """
    key = source.publishes[table].key
    amending = [part for part in paths if not part.scopes]
    if not key or not amending or (len(paths) == 1 and source.deletes is None):
        return None
    gone = _gone(source, table)
    keys = ", ".join(map(named, key))
    amended = " UNION ALL ".join(_rows(part, paths[part], keys, gone) for part in amending)
    held = " UNION ALL ".join(_rows(part, paths[part], keys, "false") for part in paths if part.scopes)
    restated = f" UNION ALL SELECT * FROM ({held}) SEMI JOIN valid USING ({keys})" if held else ""
    same = " AND ".join(f"stated.{named(column)} = latest.{named(column)}" for column in key)
    name = f"superseded.{named(table)}"
    engine.run("CREATE SCHEMA IF NOT EXISTS superseded")
    engine.run(
        f"CREATE OR REPLACE TABLE {name} AS WITH holders(scope, release_order) AS ({_holders(paths)}), "
        f"amended AS MATERIALIZED ({amended}), "
        "valid AS MATERIALIZED (SELECT amended.* FROM amended LEFT JOIN holders USING (scope) "
        "WHERE holders.release_order IS NULL OR holders.release_order < amended.release_order), "
        f"stale AS (SELECT {ROW} FROM amended ANTI JOIN valid USING ({ROW})), "
        f"stated AS (SELECT * FROM valid{restated}), "
        f"latest AS (SELECT {keys}, max(release_order) AS release_order, "
        "arg_max(gone, (release_order, gone)) AS gone "
        f"FROM stated GROUP BY {keys}) "
        f"SELECT {ROW} FROM stale UNION ALL SELECT {_of('stated')} FROM stated JOIN latest ON {same} "
        "WHERE stated.release_order < latest.release_order OR latest.gone"
    )
    return name


def superseded_rows(engine: DuckDB, table: str, made: Sequence[tuple[Derivation, Mapping[Part, Path]]]) -> str | None:
    """Make a table of the rows of a row-mapped table that are out; its name, or None where none can be.

    `made` has the files by derivation, the most believed first. Out is what its published table has out, and a
    row whose key a more believed source states while it amends by key in a scope that another source holds.
    """
    selects = []
    known = set(engine.tables("superseded"))
    for place, (derivation, paths) in enumerate(made):
        if derivation.inputs[0] in known:
            selects.append(f"SELECT {ROW} FROM superseded.{named(derivation.inputs[0])}")
        amending = [path for part, path in paths.items() if not part.scopes]
        others = [(less, list(files.values())) for less, files in made[place + 1 :] if files]
        for less, files in others if amending and derivation.key else []:
            keys = ", ".join(map(named, derivation.key))
            stated = f"SELECT {keys} FROM {_parquet(amending)}"
            selects.append(f"SELECT {ROW} FROM {_parquet(files)} SEMI JOIN ({stated}) USING ({keys})")
            if less.whole_key and less.across:
                selects.append(_amended_across(less, files, amending))
    if not selects:
        return None
    name = f"superseded.{named(table)}"
    engine.run("CREATE SCHEMA IF NOT EXISTS superseded")
    engine.run(f"CREATE OR REPLACE TABLE {name} AS {' UNION '.join(selects)}")
    return name


def _amended_across(less: Derivation, files: list[Path], amending: list[Path]) -> str:
    """The rows of `files` without a whole key that one row of `amending`, and it alone, states by `across`."""
    columns = ", ".join(map(named, less.across))
    once = f"GROUP BY {columns} HAVING count(*) = 1"
    stated = f"SELECT {columns} FROM {_parquet(amending)} {once}"
    single = f"SELECT {columns} FROM {_parquet(files)} {once}"
    return (
        f"SELECT {ROW} FROM {_parquet(files)} SEMI JOIN ({stated}) USING ({columns}) "
        f"SEMI JOIN ({single}) USING ({columns}) WHERE {named(less.whole_key or '')} IS NULL"
    )


def _rows(part: Part, path: Path, keys: str, gone: str) -> str:
    within = f" WHERE scope IN ({', '.join(map(quoted, part.scopes))})" if part.scopes else ""
    return (
        f"SELECT {ROW}, scope, {keys}, {part.order} AS release_order, {gone} AS gone FROM {_parquet([path])}{within}"
    )


def _holders(paths: Mapping[Part, Path]) -> str:
    rows = [f"({quoted(scope)}, {part.order})" for part in paths for scope in part.scopes]
    return f"VALUES {', '.join(rows)}" if rows else "SELECT NULL::VARCHAR, NULL::INTEGER WHERE false"


def _gone(source: Source, table: str) -> str:
    deletes = source.deletes
    if deletes is None or deletes.column not in source.publishes[table].columns:
        return "false"
    return f"coalesce({named(deletes.column)} = {quoted(deletes.value)}, false)"


def _parquet(paths: list[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}])"


def _of(name: str) -> str:
    return ", ".join(f"{name}.{column}" for column in ROW.split(", "))
