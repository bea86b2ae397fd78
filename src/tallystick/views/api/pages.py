"""/api/v1/pages: the pages of the workbench, as people wrote them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Paged
from tallystick.views.api.replies import Listing
from tallystick.views.urls import segment

router = APIRouter(prefix="/api/v1/pages", tags=[Tag.PAGES])


@router.get("", operation_id="listPages", response_model=models.Pages, responses=TABULAR)
def list_pages(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every page in the order of the menu: what it is about, and where it lies."""
    rows = [
        {"page": page.name, "title": page.title, "about": page.about, "address": f"/{segment(page.name)}"}
        for page in desk.pages.values()
    ]
    with desk.bench(asked) as bench:
        columns = list(models.Page.model_fields)
        return desk.replied(Listing(bench.edition.id, known(bench), rows, columns), asked)
