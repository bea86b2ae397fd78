"""/api/v1/sources and /api/v1/late: who publishes what, what of it is in force, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from tallystick.bench import Bench
from tallystick.nouns.coverage import Coverage
from tallystick.views.api import models
from tallystick.views.api.described import JSON_ONLY, TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Known, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.left_out import left_out
from tallystick.views.listed import LATE, SOURCE, gap_rows, late_row, late_rows, source_rows

router = APIRouter(prefix="/api/v1", tags=[Tag.SOURCES])

SourceName = Annotated[str, Path(description="The source's name.", examples=["starter_actions"], max_length=100)]
COVERAGE = list(models.Coverage.model_fields)


@router.get("/sources", operation_id="listSources", response_model=models.Sources, responses=TABULAR)
def list_sources(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every source: who publishes it, how often, what it fills, and how late it is."""
    with desk.bench(asked) as bench:
        return desk.replied(Listing(bench.edition.id, known(bench), list(source_rows(bench)), SOURCE), asked)


@router.get("/sources/{name}", operation_id="readSource", response_model=models.SourceRead, responses=JSON_ONLY)
def read_source(name: SourceName, asked: Annotated[Known, Query()], desk: Here) -> Response:
    """One source: each promise beside what came of it, the releases left out, which release speaks for what."""
    with desk.bench(asked) as bench:
        source = bench.pipeline.catalog.source(name)
        promises = [
            late_row(told) | {"gaps": gap_rows(told), "says": told.says}
            for told in bench.lateness
            if told.source == name
        ]
        covered = [row for table in source.publishes for row in coverage_rows(bench, table)]
        (row,) = (row for row in source_rows(bench) if row["source"] == name)
        beside = (
            known(bench)
            | row
            | {
                "promises": promises,
                "coverage": covered,
                "left_out": [asdict(one) for one in left_out(bench, source)],
            }
        )
        return desk.replied(Listing(bench.edition.id, beside), asked)


@router.get("/late", operation_id="listLate", response_model=models.LateList, responses=TABULAR)
def list_late(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Each promise of a rhythm, by a publisher or a law, beside what came of it; the latest first."""
    with desk.bench(asked) as bench:
        return desk.replied(Listing(bench.edition.id, known(bench), late_rows(bench), LATE), asked)


def coverage_rows(bench: Bench, table: str) -> Iterator[dict[str, Any]]:
    """For each stretch of a table the release in force, and how many were held. Raises `UnknownName`."""
    return map(_coverage_row, bench.coverage(table))


def _coverage_row(one: Coverage) -> dict[str, Any]:
    return {
        "table": one.table,
        "scope": one.scope,
        "release": one.release,
        "name": one.name,
        "speaks_for": one.speaks_for,
        "rows": one.rows,
        "snapshots": len(one.snapshots),
        "held": len(one.held),
        "is_stale": one.is_stale,
        "is_incomplete": bool(one.incomplete),
        "says": one.says,
    }
