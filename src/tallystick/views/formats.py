"""Rows to take away, as CSV, JSON, Parquet or a workbook: the same bytes from every door, each time they are asked.

Money is exact in each. Text that a spreadsheet would take for a formula begins with an apostrophe in CSV and is plain
text in a workbook (OWASP, "CSV Injection"); JSON and Parquet hold it as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec

Row = Mapping[str, Any]

_JSON = msgspec.json.Encoder(decimal_format="number")
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_MOST_DIGITS = 38


def as_json(value: object) -> bytes:
    """`value` as JSON of two spaces' indent and a final newline; money as decimal numbers, never through floats."""
    return msgspec.json.format(_JSON.encode(value), indent=2) + b"\n"


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """A header and the rows in UTF-8, lines ending as in Unix; an absent cell is empty. Text begins no formula."""
    lines: list[str] = []
    # told that lines end in both signs, it quotes a cell that holds either
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in columns])
    writer.writerows([_field(row.get(name)) for name in columns] for row in rows)
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines).encode()


def as_parquet(columns: Sequence[str], rows: Sequence[Row], about: Mapping[str, Any]) -> bytes:
    """The rows as Parquet; what they are `about` (the Edition, the unit, the question) is the file's metadata."""
    # The engine room's library is loaded only by those who ask for its format.
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: _exact(pa.array([row.get(name) for row in rows])) for name in columns})
    told = {name: value if isinstance(value, str) else _JSON.encode(value).decode() for name, value in about.items()}
    table = table.replace_schema_metadata(told or None)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def cell(value: object) -> str:
    """A cell as text: lists and mappings as JSON, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, list | tuple | dict):
        return _JSON.encode(value).decode()
    return str(value)


def _field(value: object) -> str:
    return cell(value) if isinstance(value, int | float | Decimal) else _harmless(cell(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _exact(column: Any) -> Any:
    """Decimals as wide as they can be, so that one question has one schema whatever it is answered."""
    import pyarrow as pa

    kind = column.type
    return column.cast(pa.decimal128(_MOST_DIGITS, kind.scale)) if pa.types.is_decimal128(kind) else column
