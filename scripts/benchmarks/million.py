"""The starter edition's contract actions and awards as a million rows each, in an Edition that a bench opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.bench import Bench
from tallystick.engines.duckdb import DuckDB
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

ROWS = 1_000_000
_TABLES = ("contract_actions", "awards")


@contextmanager
def million() -> Iterator[Bench]:
    """A bench over that Edition; each row of the starter's stands there once as it is, and again and again with other
    contracts, firms and codes."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), records=(bundled_records(),), threads=2)
        pipeline = Pipeline(settings)
        pipeline.take_in_starter()
        with DuckDB(pipeline.built(pipeline.edition()), threads=2) as engine:
            for table in _TABLES:  # all of them before any is replaced: awards are made of contract actions
                engine.create(f"million_{table}", _repeated(engine, table))
            for table in _TABLES:
                engine.run(f"DROP VIEW {table}")
                engine.run(f"ALTER TABLE million_{table} RENAME TO {table}")
        bench = Bench(Pipeline(settings))
        yield bench
        bench.close()


def _repeated(engine: DuckDB, table: str) -> str:
    ((rows,),) = engine.run(f"SELECT count(*) FROM {table}").fetchall()
    nth = "CASE n.range WHEN 0 THEN '' ELSE '-' || n.range END"
    return (
        f"SELECT a.* REPLACE (a.piid || {nth} AS piid, a.award_key || {nth} AS award_key, "
        "CASE n.range % 3 WHEN 0 THEN a.recipient ELSE a.recipient || '-' || (n.range % 7) END AS recipient, "
        "CASE n.range % 9 WHEN 0 THEN '332994' ELSE '56161' || n.range % 9 END AS naics_code) "
        f"FROM {table} a, range({ROWS // rows + 1}) n"
    )
