"""/api/v1/sheets: figures of one area or place side by side, so that none of them stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Desk, Here, known
from tallystick.views.api.parameters import OfQuarter, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.sheet import COLUMNS, sheet_rows, sheet_whole

router = APIRouter(prefix="/api/v1", tags=[Tag.SHEETS])

AreaName = Annotated[
    str, Path(description="The field office or its three letters.", examples=["SEA"], max_length=100)
]
StateName = Annotated[str, Path(description="The state or its two letters.", examples=["FL"], max_length=100)]
CountyName = Annotated[str, Path(description="The county.", examples=["Collier"], max_length=100)]


@router.get("/areas/{name}", operation_id="readArea", response_model=models.Sheet, responses=TABULAR)
def read_area(name: AreaName, asked: Annotated[OfQuarter, Query()], desk: Here) -> Response:
    """The review of one area of responsibility in a quarter: volume beside composition, stay, deaths, community."""
    return _replied("area", [name], asked, desk, asked.quarter)


@router.get("/places/{state}", operation_id="readState", response_model=models.Sheet, responses=TABULAR)
def read_state(state: StateName, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """What the published record says of a state over time."""
    return _replied("state", [state], asked, desk)


@router.get("/places/{state}/{county}", operation_id="readCounty", response_model=models.Sheet, responses=TABULAR)
def read_county(state: StateName, county: CountyName, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """What the published record says of a county over time."""
    return _replied("county", [state, county], asked, desk)


def _replied(sheet: str, words: Sequence[str], asked: Paged, desk: Desk, quarter: str | None = None) -> Response:
    with desk.bench(asked) as bench:
        filled = bench.sheet(sheet, words, quarter)
        whole = sheet_whole(filled)
        about = {name: told for name, told in whole.items() if name != "parts"}
        rows = list(sheet_rows(filled))
        its = Listing(filled.edition, known(bench) | whole, rows, COLUMNS, lambda: about, called="")
        return desk.replied(its, asked)
