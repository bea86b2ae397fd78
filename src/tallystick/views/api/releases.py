"""/api/v1/releases and /api/v1/editions: files as they were published, and the sets of them in force."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.nouns.edition import Edition
from tallystick.views.api import models
from tallystick.views.api.described import JSON_ONLY, TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Known, OfSource, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.finding import finding_rows
from tallystick.views.listed import RELEASE, release_row, release_rows, releases

router = APIRouter(prefix="/api/v1")

Id = Annotated[str, Path(description="Its id, twelve hex digits.", max_length=40)]
EDITION = list(models.Edition.model_fields)
PART = list(models.Part.model_fields)


@router.get(
    "/releases", operation_id="listReleases", response_model=models.Releases, responses=TABULAR, tags=[Tag.RELEASES]
)
def list_releases(asked: Annotated[OfSource, Query()], desk: Here) -> Response:
    """The releases known, in the order of their recording: each with its dates, its hash, where it is from."""
    with desk.bench(asked) as bench:
        if asked.source is not None:
            bench.pipeline.catalog.source(asked.source)
        rows = release_rows(bench, asked.source)
        return desk.replied(Listing(bench.edition.id, known(bench), rows, RELEASE), asked)


@router.get(
    "/releases/{id}",
    operation_id="readRelease",
    response_model=models.ReleaseRead,
    responses=JSON_ONLY,
    tags=[Tag.RELEASES],
)
def read_release(id: Id, asked: Annotated[Known, Query()], desk: Here) -> Response:
    """One release: its hash and dates, for which stretches it is in force, and what was found in it."""
    with desk.bench(asked) as bench:
        held = {release.id: release for release in releases(bench)}
        if id not in held:
            raise UnknownName("release", id, held)
        parts = [part for part in part_rows(bench.edition) if part["release"] == id]
        ids = {finding.id for finding in bench.findings() if finding.release == id}
        findings = [row for row in finding_rows(bench) if row["finding"] in ids]
        beside = release_row(held[id]) | {"in_force": bool(parts), "parts": parts, "findings": findings}
        return desk.replied(Listing(bench.edition.id, known(bench) | beside), asked)


@router.get(
    "/editions", operation_id="listEditions", response_model=models.Editions, responses=TABULAR, tags=[Tag.EDITIONS]
)
def list_editions(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """The Editions that were built here, the first first; as known on a day, those of that day and before."""
    with desk.bench(asked) as bench:
        rows = [row for row in edition_rows(bench) if _was_known(row, bench)]
        return desk.replied(Listing(bench.edition.id, known(bench), rows, EDITION), asked)


@router.get(
    "/editions/{id}",
    operation_id="readEdition",
    response_model=models.EditionRead,
    responses=TABULAR,
    tags=[Tag.EDITIONS],
)
def read_edition(
    id: Annotated[str, Path(description="Its id, or `current`.", examples=["current"], max_length=40)],
    asked: Annotated[Paged, Query()],
    desk: Here,
) -> Response:
    """One Edition: each release in force in it, the table that it fills, and the stretches it speaks for."""
    with desk.bench(asked) as bench:
        told = {"in_force": bench.edition.id, "speaks_for": bench.day, "as_known_on": bench.known_on}
        edition = bench.edition if id == "current" else edition_named(bench, id)
        beside = {"edition": edition.id, **told, "known_on": edition.known_on, "code": edition.code}
        return desk.replied(Listing(edition.id, beside, list(part_rows(edition)), PART, called="parts"), asked)


def edition_rows(bench: Bench) -> list[dict[str, Any]]:
    """Every Edition that was built."""
    return [
        {
            "edition": built.id,
            "known_on": built.edition.known_on,
            "made": built.at,
            "code": built.edition.code,
            "parts": len(built.edition.parts),
            "in_force": built.id == bench.edition.id,
        }
        for built in bench.pipeline.ledger.editions()
    ]


def edition_named(bench: Bench, name: str) -> Edition:
    """The Edition of an id. Raises `UnknownName` with near names."""
    built = bench.pipeline.ledger.edition(name)
    if built is None:
        raise UnknownName("Edition", name, [one.id for one in bench.pipeline.ledger.editions()])
    return built.edition


def part_rows(edition: Edition) -> list[dict[str, Any]]:
    """Each release of an Edition with the table that it fills there."""
    return [
        {
            "table": part.table,
            "release": part.release,
            "sha256": part.sha256,
            "day": part.day,
            "scopes": list(part.scopes),
            "incomplete": list(part.incomplete),
        }
        for part in edition.parts
    ]


def _was_known(row: dict[str, Any], bench: Bench) -> bool:
    day = bench.known_on
    return day is None or (row["known_on"] is not None and row["known_on"] <= day)
