"""Rows of a release become one Parquet file for each table it publishes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import structs

from tallystick.archive.durable import incoming, settle
from tallystick.archive.ledger import Publication as Published
from tallystick.archive.store import Store
from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release
from tallystick.nouns.source import Restates, Source
from tallystick.sources import csv
from tallystick.sources.members import members
from tallystick.sources.read import as_text, reader
from tallystick.sources.repair import repairs_done

_EVIDENCE_ROWS = 20
_HOW_WE_READ = "1"


def reading(source: Source) -> str:
    """Names how a release of `source` is read: changes when its files or our way of reading change."""
    digest = hashlib.sha256(_HOW_WE_READ.encode())
    for path in sorted(path for path in source.folder.glob("*") if path.suffix in (".yml", ".py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def publish(release: Release, source: Source, store: Store, folder: Path, engine: DuckDB) -> Published:
    """Read `release` strictly and write its Parquet files below `folder`.

    The answer holds the files and every Finding of the reading. Raises `ReleaseError` when the bytes are not
    such a release at all.
    """
    files: list[dict[str, Any]] = []
    findings: list[Finding] = []
    read = reader(source)
    with members(release, store) as packed, TemporaryDirectory(prefix="tallystick-rows-") as rows:
        plain = tuple(as_text(member, read, Path(rows)) for member in packed) if read else packed
        if read:
            source = structs.replace(source, encoding="utf-8", delimiter=",")
        for table, publication in source.publishes.items():
            heads = [csv.header(member, source, publication) for member in plain]
            selects = []
            for member, head in zip(plain, heads, strict=True):
                findings += _about_columns(release, member.name, head)
                selects.append(csv.select(member, head, source, publication, release.id))
                read_from = csv.rows(member, head, source)
                findings += repairs_done(engine, read_from, csv.found(head, publication), release.id)
            path = folder / table / f"{release.id}-{reading(source)}.parquet"
            with incoming(folder) as temporary:
                engine.write(" UNION ALL BY NAME ".join(selects), temporary)
                settle(temporary, path)
            findings += _about_cells(engine, release, path)
            files.append(_described(engine, table, source.restates_of(release.name), path))
    return Published(release.id, reading(source), tuple(files), tuple(findings))


def _described(engine: DuckDB, table: str, restates: Restates, path: Path) -> dict[str, Any]:
    rows = engine.run(f"SELECT scope, count(*) FROM {quoted(str(path))} GROUP BY scope ORDER BY scope").fetchall()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "table": table,
        "file": path.name,
        "sha256": sha256,
        "rows": sum(count for _, count in rows),
        "scopes": dict(rows),
        "restates": restates.value,
    }


def _about_columns(release: Release, member: str, head: csv.Header) -> Iterable[Finding]:
    if head.unknown:
        names = ", ".join(head.unknown)
        yield Finding(
            release.id,
            "unknown_column",
            Severity.SEVERE,
            f"{release.name} has {len(head.unknown)} column(s) that nobody named: {names}",
            evidence=tuple({"member": member, "column": name} for name in head.unknown),
            count=len(head.unknown),
            next_step="name each in source.yml, under columns or under drop",
        )
    if head.missing:
        names = ", ".join(head.missing)
        yield Finding(
            release.id,
            "missing_column",
            Severity.SEVERE,
            f"{release.name} lacks column(s) that every release must have: {names}",
            evidence=tuple({"member": member, "column": name} for name in head.missing),
            count=len(head.missing),
            next_step="see whether the publisher renamed them",
        )


def _about_cells(engine: DuckDB, release: Release, path: Path) -> Iterable[Finding]:
    (count,) = engine.run(f"SELECT count(misfits) FROM {quoted(str(path))}").fetchone() or (0,)
    if not count:
        return
    rows = engine.run(
        f"SELECT member, source_row, misfits FROM {quoted(str(path))} WHERE misfits IS NOT NULL "
        f"ORDER BY member, source_row LIMIT {_EVIDENCE_ROWS}"
    ).fetchall()
    yield Finding(
        release.id,
        "misfit_cell",
        Severity.SEVERE,
        f"{release.name} has {count} row(s) with a cell that does not fit its column",
        evidence=tuple({"member": m, "row": r, "cells": cells} for m, r, cells in rows),
        count=count,
        next_step="see the cells; a new category or format is named in source.yml",
    )
