"""Says how much of a release was withheld from the reader, in numbers only."""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import WITHHELD, Mask
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
    masks = {own: written.publication.columns[own].mask for own in columns}
    counted = ", ".join(f"count(*) FILTER ({_is_withheld(named(own), mask)})" for own, mask in masks.items())
    found = written.engine.run(f"SELECT {counted} FROM {written.rows}").fetchone() or ()
    return {own: count for own, count in zip(columns, found, strict=True) if count}


def _is_withheld(cell: str, mask: Mask | None) -> str:
    """The condition that a cell was withheld: of what names a person the whole, of a text maybe a part."""
    whole = mask is Mask.NATURAL_PERSON
    return f"{cell} = {quoted(WITHHELD)}" if whole else f"contains({cell}, {quoted(WITHHELD)})"
