"""/api/v1/tables: what several releases mean together. Never their rows: those are shown only behind a figure."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Paged
from tallystick.views.api.replies import Listing
from tallystick.views.api.sources import COVERAGE, coverage_rows
from tallystick.views.listed import TABLE, column_rows, table_row

router = APIRouter(prefix="/api/v1/tables", tags=[Tag.TABLES])

TableName = Annotated[str, Path(description="The table's name.", examples=["contract_actions"], max_length=100)]


@router.get("", operation_id="listTables", response_model=models.Tables, responses=TABULAR)
def list_tables(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every table: what it is made from, and what its rows mean."""
    with desk.bench(asked) as bench:
        graph = bench.pipeline.graph
        rows = [table_row(graph, name) for name in graph.names]
        return desk.replied(Listing(bench.edition.id, known(bench), rows, TABLE), asked)


@router.get("/{name}", operation_id="readTable", response_model=models.TableRead, responses=TABULAR)
def read_table(name: TableName, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """One table: its columns with their types."""
    with desk.bench(asked) as bench:
        graph = bench.pipeline.graph
        beside = known(bench) | table_row(graph, name)
        rows = column_rows(graph, name)
        return desk.replied(Listing(bench.edition.id, beside, rows, ["column", "type"], called="columns"), asked)


@router.get("/{name}/coverage", operation_id="coverTable", response_model=models.CoverageList, responses=TABULAR)
def cover_table(name: TableName, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Which release speaks for each stretch of a table, and how many were held back from it."""
    with desk.bench(asked) as bench:
        rows = list(coverage_rows(bench, name))
        return desk.replied(Listing(bench.edition.id, known(bench), rows, COVERAGE), asked)
