"""Where the evidence of a Finding says that something stands: which sheet, which row, which column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.nouns.finding import Finding

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_PART = re.compile(r"sheet(\d+)\.xml")
_COUNTED_ROWS = frozenset({"duplicate_rows", "unstable_paging", "ambiguous_key"})
"""Checks that count the rows of a table from the first below its header, whatever the sheet counts."""
_NAMES = frozenset({"sheet", "sheet_row", "name", "place", "state", "agency", "agency_tidied"})
"""Columns that name what a row is about: none of them is what a Finding is about."""
_WHOLE_ROWS = _COUNTED_ROWS | {"already_listed"}
"""Checks whose evidence quotes a row to name it: what they are about is the row."""


@dataclass(frozen=True)
class Spot:
    """A place in a file. What is not known of it is None.

    `row` and `column` are of the sheet, from 0; `source_row` counts the rows below the header, from 1; `named` is a
    published column; `says` is what the cell must say for the place to be the one meant, `holds` what the cell
    meant in the row holds, `shows` what is seen in it where a reader reads nothing.
    """

    sheet: str | None = None
    place: int | None = None
    member: str | None = None
    row: int | None = None
    column: int | None = None
    source_row: int | None = None
    named: str | None = None
    says: str | None = None
    shows: str | None = None
    holds: str | None = None


def spots(finding: Finding, columns: Mapping[str, Any]) -> Iterator[Spot]:
    """The places that the evidence names; `columns` are those that the source publishes."""
    for row in finding.evidence:
        yield from _spots(finding.kind, row, columns)


def _spots(kind: str, row: Mapping[str, Any], columns: Mapping[str, Any]) -> Iterator[Spot]:
    named = None if kind in _WHOLE_ROWS else _named(row, columns)
    told: dict[str, Any] = {"sheet": row.get("sheet"), "member": row.get("member"), "named": named}
    told["holds"] = str(row.get("says_instead", "")).partition(": ")[2] or str(row.get(named or "") or "") or None
    told["place"] = int(found[1]) if (found := _PART.fullmatch(str(row.get("part", "")))) else None
    if cell := _CELL.fullmatch(str(row.get("cell", ""))):
        says = None if row.get("sheet") or row.get("part") else str(row.get("now"))
        place = {"row": int(cell[2]) - 1, "column": _column(cell[1])}
        yield Spot(**told | place | {"says": says, "shows": row.get("shows")})
    elif rows := _rows(row):
        counted = kind in _COUNTED_ROWS or "source_row" in row
        for number in rows:
            yield Spot(**told | ({"source_row": number} if counted else {"row": number - 1}))
    elif told["sheet"] and "stated_date" in row:
        yield Spot(**told | {"says": str(row["stated_date"])})
    elif told["sheet"]:
        yield Spot(**told | {"row": 0, "column": 0})
    elif told["named"] and kind in ("repaired_cell", "new_values"):
        yield Spot(**told | {"says": str(row.get("says", row.get(told["named"])))})


def _named(row: Mapping[str, Any], columns: Mapping[str, Any]) -> str | None:
    """The published column that the evidence is about: the one it names, else the last of those it quotes."""
    if "column" in row:
        return str(row["column"])
    if "says_instead" in row:
        return str(row["says_instead"]).partition(":")[0]
    return next((name for name in reversed(list(row)) if name in columns and name not in _NAMES), None)


def _rows(row: Mapping[str, Any]) -> list[int]:
    if isinstance(row.get("rows"), str):
        return [int(number) for number in re.findall(r"\d+", row["rows"])]
    names = ("source_row", "row", "again", "first_in_row")
    return [int(row[name]) for name in names if str(row.get(name, "")).isdecimal()]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
