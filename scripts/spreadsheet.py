"""Writes small workbooks for samples and tests: the same cells always give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from tallystick.workbooks import cell_name

Value = str | float | date | None
Table = Sequence[Sequence[Value]]
_EPOCH = date(1899, 12, 30)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Made:
    """One sheet to write: its tables by the row and column (from 0) of their first cells."""

    name: str
    tables: Mapping[tuple[int, int], Table]
    hidden: bool = False

    def moved(self, down: int, right: int = 0) -> Made:
        """The sheet with all that it holds further down and to the right."""
        return Made(self.name, {(r + down, c + right): table for (r, c), table in self.tables.items()}, self.hidden)


def write(path: Path, sheets: Iterable[Made]) -> Path:
    """Write a workbook with these sheets; its folder must be there."""
    made = list(sheets)
    parts = {
        "[Content_Types].xml": _content_types(len(made)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(made),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(made) + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": _sheet(sheet) for n, sheet in enumerate(made, start=1)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), _HEAD + text, zipfile.ZIP_DEFLATED)
    return path


def _content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    told = "".join(f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>{told}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _workbook(made: list[Made]) -> str:
    told = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" state="{"hidden" if sheet.hidden else "visible"}" '
        f'r:id="rId{n}"/>'
        for n, sheet in enumerate(made, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{told}</sheets></workbook>'


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def _sheet(made: Made) -> str:
    cells: dict[int, dict[int, Value]] = {}
    for (top, left), table in made.tables.items():
        for r, row in enumerate(table, start=top):
            for c, value in enumerate(row, start=left):
                if value is not None and value != "":
                    cells.setdefault(r, {})[c] = value
    rows = "".join(
        f'<row r="{r + 1}">{"".join(_cell(cell_name(r, c), row[c]) for c in sorted(row))}</row>'
        for r, row in sorted(cells.items())
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{name}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    return f'<c r="{name}"><v>{value}</v></c>'
