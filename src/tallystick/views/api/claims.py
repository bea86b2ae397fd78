"""/api/v1/claims: what was said, beside what the records say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Paged
from tallystick.views.api.replies import Listing
from tallystick.views.judgement import figure_rows, judgement_row, judgement_whole

router = APIRouter(prefix="/api/v1/claims", tags=[Tag.CLAIMS])

ClaimName = Annotated[str, Path(description="The claim's name.", examples=["ice-weapons-70-million"], max_length=200)]
_COLUMNS = list(models.Claim.model_fields)
_FIGURES = [field.alias or name for name, field in models.ClaimFigure.model_fields.items()]


@router.get("", operation_id="listClaims", response_model=models.Claims, responses=TABULAR)
def list_claims(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every claim with its verdict as known on the day it was said, and as known now.

    A claim that the releases held cannot settle is unknown, and says what would settle it.
    """
    with desk.bench(asked) as bench:
        rows = [judgement_row(judgement) for judgement in bench.claims()]
        return desk.replied(Listing(bench.edition.id, known(bench), rows, _COLUMNS), asked)


@router.get("/{name}", operation_id="readClaim", response_model=models.ClaimRead, responses=TABULAR)
def read_claim(name: ClaimName, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """One claim: the figure under every definition that a fair reader could have meant, as known then and now."""
    with desk.bench(asked) as bench:
        judgement = bench.claim(name)
        beside = known(bench) | {key: told for key, told in judgement_whole(judgement).items() if key != "figures"}
        rows = list(figure_rows(judgement))
        return desk.replied(Listing(bench.edition.id, beside, rows, _FIGURES, called="figures"), asked)
