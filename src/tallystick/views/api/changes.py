"""/api/v1/diff: what changed between two releases or Editions, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, overload

from fastapi import APIRouter, Query, Response
from pydantic import Field

from tallystick.nouns.difference import Difference
from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import WHERE, Filter, Name, Paged
from tallystick.views.api.replies import Listing
from tallystick.views.asked import filters
from tallystick.views.difference import SUMMARY, named, only, summary_rows

router = APIRouter(prefix="/api/v1", tags=[Tag.CHANGES])


class Show(StrEnum):
    """What of a difference."""

    SUMMARY = "summary"
    ROWS = "rows"
    CELLS = "cells"


class Changes(Paged):
    """What is compared."""

    before: Name = Field(
        description="A day (the Edition as known then), an Edition's id, or a release's.", examples=["2026-03-01"]
    )
    after: Name = Field(description="The other side, likewise.", examples=["2026-08-31"])
    table: Name | None = Field(
        None, description="Only this table; else every table that both fill.", examples=["contract_actions"]
    )
    where: list[Filter] = Field([], description=WHERE, examples=[["agency=ICE"]], max_length=40)
    show: Show = Field(Show.SUMMARY, description="Totals by table, every row that differs, or every cell that does.")


class ArrowRows(Sequence[dict[str, Any]]):
    """Rows of an Arrow table, of which only those on a page are taken out."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(at, int):
            return dict(self._table.slice(range(len(self))[at], 1).to_pylist()[0])
        begin, end, _ = at.indices(len(self))
        return list(self._table.slice(begin, max(0, end - begin)).to_pylist())


@router.get("/diff", operation_id="compare", response_model=models.Changes, responses=TABULAR)
def compare(asked: Annotated[Changes, Query()], desk: Here) -> Response:
    """What changed: what the publisher changed is told apart from what we derive.

    Rows about single persons are never compared: they are counted only.
    """
    with desk.bench(asked) as bench:
        found = bench.diff(named(asked.before), named(asked.after), asked.table, filters(asked.where) or None)
        beside = known(bench) | {"before": found[0].before, "after": found[0].after, "show": asked.show}
        return desk.replied(_listing(bench.edition.id, found, beside, asked.show), asked)


def _listing(edition: str, found: Sequence[Difference], beside: dict[str, Any], show: Show) -> Listing:
    if show is Show.SUMMARY:
        absent = [f"{of.table}: {column.says}" for of in found for column in of.absent]
        rows = [dict.fromkeys(SUMMARY) | row for of in found for row in summary_rows(of)]
        return Listing(edition, beside | {"not_compared": absent}, rows, SUMMARY)
    chosen = only(found)
    table = chosen.rows if show is Show.ROWS else chosen.cells
    state = f"{chosen.table}-{chosen.before}-{chosen.after}-{table.num_rows}"
    told = beside | {"not_compared": [column.says for column in chosen.absent]}
    return Listing(edition, told, ArrowRows(table), table.column_names, state=state)
