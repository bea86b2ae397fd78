"""What the tests of the detention-statistics workbooks share: their reader, and one row out of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tallystick.catalog import Catalog
from tallystick.nouns.member import Member
from tallystick.sources.read import Reader, reader

Rows = list[dict[str, Any]]
FIGURES, FACILITIES, SHEETS = (f"detention_{name}_published" for name in ("figures", "facilities", "sheets"))
NAME = "FY22_detentionStats_02092022.xlsx"


def read_detention(catalog: Catalog) -> Reader:
    found = reader(catalog.source("ice_detention_statistics"))
    assert found is not None
    return found


def tables(read: Reader, path: Path, name: str = NAME) -> Mapping[str, Rows]:
    """The rows of each table that are read of the workbook at `path`."""
    made = read(Member(name, path))
    assert isinstance(made, Mapping)
    return {table: [dict(row) for row in rows] for table, rows in made.items()}


def one(rows: Iterable[dict[str, Any]], *names: str, **told: object) -> Any:
    """The value, or the named columns, of the one row that is as told."""
    (row,) = (row for row in rows if all(row[name] == value for name, value in told.items()))
    return tuple(row[name] for name in names) if names else row["value"]
