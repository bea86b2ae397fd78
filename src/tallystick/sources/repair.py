"""Undoes the damage to cells that a source declares, and says wherever it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import WITHHELD, Column, Repair, Source

_EVIDENCE_CELLS = 20
_OF, _NEXT = "\x1e", "\x1f"  # between the words of a mark, and between marks


def unblanked(cell: str, source: Source) -> str:
    """The text expression `cell` with the source's words for nothing blank."""
    if not source.blanks:
        return cell
    return f"CASE WHEN trim({cell}) NOT IN ({', '.join(map(quoted, source.blanks))}) THEN {cell} END"


def repaired(cell: str, column: Column) -> str:
    """The text expression `cell` with the column's repairs done."""
    for repair in column.repairs:
        cell = f"regexp_replace({cell}, {_pattern(repair)}, {quoted(repair.means)})"
    return cell


def needs_repair(cell: str, column: Column) -> str:
    """The condition that any of the column's repairs is for the text expression `cell`."""
    return " OR ".join(f"regexp_matches({cell}, {_pattern(repair)})" for repair in column.repairs) or "false"


def marks(columns: Mapping[str, Column]) -> str:
    """Which repairs a row needs, as text over the publisher's cells: NULL for a row that needs none.

    A mark names the column and the repair, and what the cell said unless the column tells of a person.
    """
    found = [
        f"CASE WHEN regexp_matches({named(theirs)}, {_pattern(repair)}) "
        f"THEN {quoted(f'{place}{_OF}{theirs}{_OF}')} || {quoted(WITHHELD) if column.mask else named(theirs)} END"
        for theirs, column in columns.items()
        for place, repair in enumerate(column.repairs)
    ]
    return f"nullif(concat_ws(chr({ord(_NEXT)}), {', '.join(found)}), '')" if found else "CAST(NULL AS VARCHAR)"


def repairs_done(engine: DuckDB, rows: str, columns: Mapping[str, Column], release: str) -> Iterator[Finding]:
    """One note for each repair that some of the published `rows` needed, with what the first cells said."""
    if not any(column.repairs for column in columns.values()):
        return
    seen = engine.run(
        f"SELECT mark, count(*) FROM (SELECT unnest(string_split(repairs, chr({ord(_NEXT)}))) AS mark FROM {rows} "
        "WHERE repairs IS NOT NULL) GROUP BY mark ORDER BY mark"
    ).fetchall()
    for (place, theirs), cells in groupby(seen, key=lambda row: tuple(row[0].split(_OF)[:2])):
        yield _done(theirs, columns[theirs].repairs[int(place)], list(cells), release)


def _done(theirs: str, repair: Repair, cells: list[tuple[str, int]], release: str) -> Finding:
    count = sum(times for _, times in cells)
    return Finding(
        release,
        "repaired_cell",
        Severity.NOTE,
        f"{count} cell(s) of {theirs} were repaired: {repair.because}",
        evidence=tuple(
            {"column": theirs, "says": mark.split(_OF, 2)[2], "cells": times}
            for mark, times in cells[:_EVIDENCE_CELLS]
        ),
        count=count,
        next_step="nothing, if the rule is right; else correct `repairs` in source.yml",
    )


def _pattern(repair: Repair) -> str:
    return quoted(f"^\\s*(?:{repair.says})\\s*$")
