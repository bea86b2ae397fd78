"""A register to take away: a table of its entries and one of each list, with what they are beside them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.nouns.register import CITATION, TOLD
from tallystick.views.entry import entry_whole, register_whole
from tallystick.views.followthemoney import MEDIA_TYPE, as_ftm
from tallystick.views.formats import Row, as_csv, as_json
from tallystick.views.visit import Document
from tallystick.views.workbook import as_workbook

Table = tuple[Sequence[str], Sequence[Row]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONG_AGO = (2020, 1, 1, 0, 0, 0)
FORMS = ("zip", "xlsx", "json", "ftm")
"""CSV of every table in one archive, a workbook, JSON, and entities of FollowTheMoney."""


def files(bench: Bench, register: str, form: str) -> Document:
    """The whole register in a form, equal bytes for equal entries. Raises `UnknownName`."""
    entries = bench.kept.of(register)
    about = register_whole(bench.kept.schemas[register]) | {
        "edition": bench.edition.id,
        "as_known_on": bench.known_on,
    }
    match form:
        case "zip":
            return _document(_zipped(tables(bench, register), about), "application/zip", register, form)
        case "xlsx":
            return _document(as_workbook(tables(bench, register), about), _XLSX, register, form)
        case "json":
            whole = about | {"entries": [entry_whole(one) for one in entries]}
            return _document(as_json(whole), "application/json", register, form)
        case "ftm":
            return _document(as_ftm(bench, register), MEDIA_TYPE, register, form)
    raise UnknownName("form", form, FORMS)


def tables(bench: Bench, register: str) -> Mapping[str, Table]:
    """The fields of every entry as one table, each list as another, by the names that the tables have."""
    entries, schema = bench.kept.of(register), bench.kept.schemas[register]
    cited = (CITATION, TOLD)
    made: dict[str, Table] = {
        register: (
            [schema.one, *schema.fields, *cited],
            [{schema.one: one.name, **one.facts} for one in entries],
        )
    }
    for name, rows in schema.lists.items():
        told = [{schema.one: one.name, **row} for one in entries for row in one.lists[name]]
        made[f"{register}_{name}"] = ([schema.one, *rows.columns, *cited], told)
    return made


def _zipped(made: Mapping[str, Table], about: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, (columns, rows) in made.items():
            book.writestr(zipfile.ZipInfo(f"{name}.csv", _LONG_AGO), as_csv(columns, rows))
        book.writestr(zipfile.ZipInfo("about.json", _LONG_AGO), as_json(about))
    return out.getvalue()


def _document(body: bytes, media_type: str, register: str, form: str) -> Document:
    return Document(body, media_type, headers={"content-disposition": f'attachment; filename="{register}.{form}"'})
