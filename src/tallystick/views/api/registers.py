"""/api/v1/registers: what people keep by hand of technologies, instruments and reports, a citation on every row."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from tallystick.views.api import models
from tallystick.views.api.described import TABULAR, Tag
from tallystick.views.api.desk import Here, known
from tallystick.views.api.parameters import Paged
from tallystick.views.api.replies import Listing
from tallystick.views.entry import REGISTER, ROW, brief_rows, entry_rows, entry_whole, register_rows, register_whole

router = APIRouter(prefix="/api/v1/registers", tags=[Tag.REGISTERS])

Register = Annotated[str, Path(description="The register.", examples=["technologies"], max_length=100)]
Entry = Annotated[str, Path(description="The entry.", examples=["clearview-ai"], max_length=100)]


@router.get("", operation_id="listRegisters", response_model=models.Registers, responses=TABULAR)
def list_registers(asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """Every register that has a file for each entry: what it holds, and what it never does."""
    with desk.bench(asked) as bench:
        rows = register_rows(bench)
        return desk.replied(Listing(bench.edition.id, known(bench), rows, REGISTER), asked)


@router.get("/{register}", operation_id="readRegister", response_model=models.RegisterRead, responses=TABULAR)
def read_register(register: Register, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """One register: what its columns mean, and every entry as one row."""
    with desk.bench(asked) as bench:
        rows = brief_rows(bench.kept.of(register))
        beside = known(bench) | register_whole(bench.kept.schemas[register])
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return desk.replied(Listing(bench.edition.id, beside, rows, columns), asked)


@router.get(
    "/{register}/{entry}", operation_id="readRegisterEntry", response_model=models.EntryRead, responses=TABULAR
)
def read_entry(register: Register, entry: Entry, asked: Annotated[Paged, Query()], desk: Here) -> Response:
    """One entry: its facts and lists, what was found of it; as a table one row for each cell that is not empty."""
    with desk.bench(asked) as bench:
        shown = bench.kept.one(register, entry)
        beside = known(bench) | entry_whole(shown)
        its = Listing(bench.edition.id, beside, list(entry_rows(shown)), ROW, lambda: known(bench), called="cells")
        return desk.replied(its, asked)
