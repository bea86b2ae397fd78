"""/api/v1/targets: what was to be reached, beside what was observed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Desk, Here, known
from tallystick.views.api.parameters import Targets
from tallystick.views.api.replies import Listing
from tallystick.views.target import FACTS, FIGURES, target_rows, target_whole

router = APIRouter(prefix="/api/v1/targets", tags=[Tag.TARGETS])

_WORDS = {"area": "aor"}
TargetName = Annotated[str, Path(description="The target's name.", examples=["arrests-3000-a-day"], max_length=200)]


@router.get("", operation_id="listTargets", response_model=models.Targets, responses=TABULAR)
def list_targets(asked: Annotated[Targets, Query()], desk: Here) -> Response:
    """Every target of the register beside each series that observes it: they count differently, and stand apart."""
    return _replied(None, asked, desk)


@router.get("/{name}", operation_id="readTarget", response_model=models.Targets, responses=TABULAR)
def read_target(name: TargetName, asked: Annotated[Targets, Query()], desk: Here) -> Response:
    """One target: who said it, when and where, whether it is contested, and what was observed."""
    return _replied(name, asked, desk)


def _replied(name: str | None, asked: Targets, desk: Desk) -> Response:
    dimensions = tuple(_WORDS.get(word, word) for told in asked.by for word in told.split(",") if word)
    with desk.bench(asked) as bench:
        shown = bench.targets(name, dimensions, everything=asked.all_days)
        beside = known(bench) | {"targets": [target_whole(one) for one in shown]}
        columns = [*FACTS, *dimensions, *FIGURES, "settled_by"]
        rows = list(target_rows(shown))
        its = Listing(bench.edition.id, beside, rows, columns, lambda: known(bench), called="")
        return desk.replied(its, asked)
