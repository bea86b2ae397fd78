"""Runs every frozen question again over the frozen tables and compares the answers byte by byte.

    python -m pip install -r requirements.txt
    python rerun.py

Needs Python 3.11 or newer and what requirements.txt names (DuckDB; statsmodels where a figure is an estimate of how
long things last, which `estimates.py` beside this file makes), nothing else: no network, no Tallystick.
This file is copied into every evidence bundle as it stands, and the answers there were written by it.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

QUERIES = {"result.sql": "result.csv", "evidence.sql": "evidence.csv"}


def answers(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The answer of each query below `folder`/results, as the file it belongs in and that file's bytes."""
    with duckdb.connect(":memory:") as connection:
        # Sums of binary fractions depend on the order of the rows; one thread keeps one order.
        connection.execute("SET threads = 1")
        _with_estimates(connection, folder / "estimates.py")
        for table in sorted((folder / "tables").glob("*.parquet")):
            path = str(table).replace("'", "''")
            connection.execute(f"""CREATE VIEW "{table.stem}" AS SELECT * FROM read_parquet('{path}')""")
        for result in sorted((folder / "results").iterdir()):
            for query, answer in QUERIES.items():
                rows = connection.execute((result / query).read_text(encoding="utf-8"))
                yield result / answer, _csv(rows)


def _with_estimates(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Let queries call the functions of the file at `path`, if it is there."""
    spec = importlib.util.spec_from_file_location("estimates", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return
    estimates = importlib.util.module_from_spec(spec)
    sys.modules["estimates"] = estimates
    spec.loader.exec_module(estimates)
    estimates.register(connection)


def _csv(rows: duckdb.DuckDBPyConnection) -> bytes:
    """Comma-separated UTF-8 with a header; NULL is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column[0] for column in rows.description or ()])
    while chunk := rows.fetchmany(10_000):
        writer.writerows(["" if cell is None else str(cell) for cell in row] for row in chunk)
    return out.getvalue().encode("utf-8")


def main(folder: Path) -> int:
    differing = 0
    for path, found in answers(folder):
        same = path.read_bytes() == found
        differing += not same
        sys.stdout.write(f"{'same bytes' if same else 'DIFFERENT'}  {path.relative_to(folder).as_posix()}\n")
    sys.stdout.write(f"{differing} answer(s) differ\n" if differing else "every answer came out to the same bytes\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
