"""/api/v1/findings: what was found in what came in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Findings, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.finding import COLUMNS, finding_named, finding_rows, finding_whole

router = APIRouter(prefix="/api/v1/findings", tags=[Tag.FINDINGS])

FindingId = Annotated[str, Path(description="The Finding's id, or how it begins.", max_length=40)]


@router.get("", operation_id="listFindings", response_model=models.Findings, responses=TABULAR)
def list_findings(asked: Annotated[Findings, Query()], desk: Here) -> Response:
    """What was found in releases and between registers, severe ones first; narrowed by kind, severity and scope."""
    which = {"kind": asked.kind, "severity": asked.severity, "source": asked.source, "scope": asked.scope}
    which |= {"among": asked.among}
    wanted = {name: said for name, said in which.items() if said is not None}
    with desk.bench(asked) as bench:
        if asked.source is not None:
            bench.pipeline.catalog.source(asked.source)
        rows = [row for row in finding_rows(bench) if all(row[name] == said for name, said in wanted.items())]
        return desk.replied(Listing(bench.edition.id, known(bench), rows, COLUMNS), asked)


@router.get("/{id}", operation_id="readFinding", response_model=models.FindingRead, responses=TABULAR)
def read_finding(id: FindingId, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """One Finding with its evidence: the first rows, cells or sums that show it."""
    with desk.bench(asked) as bench:
        whole = finding_whole(finding_named(bench, id))
        rows = whole.pop("evidence")
        columns = list(dict.fromkeys(name for row in rows for name in row))
        its = Listing(bench.edition.id, known(bench) | whole, rows, columns, called="evidence")
        return desk.replied(its, asked)
