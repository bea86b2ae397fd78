"""Says how much of a release was withheld from the reader, in numbers only."""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import WITHHELD
from tallystick.sources.published import Written


def withheld_cells(written: Written) -> Iterator[Finding]:
    """One note that counts the cells, by column, of which the whole or a part was withheld; never what they said."""
    masked = [own for own, column in written.publication.columns.items() if column.mask]
    counts = _counts(written, masked)
    if counts:
        total = sum(counts.values())
        yield Finding(
            written.release.id,
            "withheld_cell",
            Severity.NOTE,
            f"{total:,} cell(s) of {written.release.name} were withheld, whole or in part, because they tell of "
            "natural persons",
            evidence=tuple({"column": column, "cells": count} for column, count in counts.items()),
            count=total,
            next_step="nothing: the originals stay in the archive and leave it only when asked for by name",
        )


def _counts(written: Written, columns: list[str]) -> dict[str, int]:
    if not columns:
        return {}
    counted = ", ".join(f"count(*) FILTER (contains({named(own)}, {quoted(WITHHELD)}))" for own in columns)
    found = written.engine.run(f"SELECT {counted} FROM {written.rows}").fetchone() or ()
    return {own: count for own, count in zip(columns, found, strict=True) if count}
