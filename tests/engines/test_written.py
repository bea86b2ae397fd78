"""What is published can be read by others than the engine that wrote it."""

from __future__ import annotations

from pathlib import Path

import polars
import pyarrow as pa
from pyarrow import parquet

from tallystick.engines.duckdb import DuckDB

ROWS = """
    SELECT i AS source_row, (i * 37 % 1009)::DECIMAL(18, 2) / 100 - 5 AS amount_usd,
        DATE '2024-10-01' + (i % 400)::INT AS action_date, CASE WHEN i % 7 > 0 THEN 'k' || i END AS award_key,
        ['a', 'b', NULL][1 + i % 3] AS kind, i % 2 = 0 AS is_even,
        TIMESTAMP '2025-01-01' + INTERVAL (i) SECOND AS modified
    FROM range(5000) t(i)
"""


def test_arrow_and_polars_read_what_the_engine_published(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    with DuckDB() as engine:
        engine.write_in_order(ROWS, path)
        written = engine.query(f"SELECT * FROM '{path}'")
        made = engine.query(ROWS)
    read = parquet.read_table(path)
    encodings = {
        e for part in range(7) for e in parquet.ParquetFile(path).metadata.row_group(0).column(part).encodings
    }
    assert "DELTA_BINARY_PACKED" in encodings
    assert read.to_pylist() == written.to_pylist() == made.to_pylist()
    assert polars.read_parquet(path).rows() == polars.from_arrow(read).rows()  # type: ignore[union-attr]


def test_a_sum_of_whole_numbers_is_whole_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sums.parquet"
    with DuckDB() as engine:
        for write in (engine.write, engine.write_lightly, engine.write_in_order):
            write('SELECT sum(n) AS "how many", 0.5 AS half FROM (VALUES (3), (4)) AS told(n)', path)
            kept = parquet.read_table(path)
            assert kept.schema.field("how many").type == pa.int64()
            assert kept.to_pylist()[0]["how many"] == 7
