"""Undoes the damage to cells that a source declares, and says wherever it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Column, Repair, Source

_EVIDENCE_CELLS = 20


def repaired(cell: str, column: Column, source: Source) -> str:
    """The text expression `cell` with the column's repairs done and the source's words for nothing blank."""
    text = cell
    if source.blanks:
        text = f"CASE WHEN trim({text}) NOT IN ({', '.join(map(quoted, source.blanks))}) THEN {text} END"
    for repair in column.repairs:
        text = f"regexp_replace({text}, {_pattern(repair)}, {quoted(repair.means)})"
    return text


def repairs_done(engine: DuckDB, read: str, columns: Mapping[str, Column], release: str) -> Iterator[Finding]:
    """One note for each repair that some cell of the rows of `read` needed, with the first cells."""
    for theirs, column in columns.items():
        for repair in column.repairs:
            yield from _done(engine, read, theirs, repair, release)


def _done(engine: DuckDB, read: str, theirs: str, repair: Repair, release: str) -> Iterator[Finding]:
    cells = engine.run(
        f"SELECT {named(theirs)}, count(*) FROM {read} WHERE regexp_matches({named(theirs)}, {_pattern(repair)}) "
        f"GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if not cells:
        return
    count = sum(times for _, times in cells)
    yield Finding(
        release,
        "repaired_cell",
        Severity.NOTE,
        f"{count} cell(s) of {theirs} were repaired: {repair.because}",
        evidence=tuple({"column": theirs, "says": says, "cells": times} for says, times in cells[:_EVIDENCE_CELLS]),
        count=count,
        next_step="nothing, if the rule is right; else correct `repairs` in source.yml",
    )


def _pattern(repair: Repair) -> str:
    return quoted(f"^\\s*(?:{repair.says})\\s*$")
