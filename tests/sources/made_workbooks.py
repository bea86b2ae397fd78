"""Makes spreadsheet files, good ones and bad ones, part by part: a library would refuse to write most of these."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)
DATE = 1
"""The style of a cell that shows its number as a date."""


@dataclass(frozen=True)
class Made:
    """One sheet: its name, the XML of its rows, and whether it is shown."""

    name: str
    rows: str
    state: str = "visible"


def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(place: str, value: object, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def row(place: int, *cells: str) -> str:
    return f'<row r="{place}">{"".join(cells)}</row>'


TABLE = row(1, text("A1", "town"), text("B1", "stalls")) + row(2, text("A2", "Ash"), number("B2", 12))
"""A header and one row: what `town_stalls` reads."""


def xlsx(path: Path, *sheets: Made, more: dict[str, bytes] | None = None) -> Path:
    """A workbook of these sheets; `more` are further parts, or parts in the place of ours."""
    of = sheets or (Made("Towns", TABLE),)
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(of, 1)
    )
    told = f"<sheets>{listed}</sheets>"
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{told}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(of) + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES.encode(),
    }
    for n, sheet in enumerate(of, 1):
        body = f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet.rows}</sheetData></worksheet>'
        parts[f"xl/worksheets/sheet{n}.xml"] = body.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (parts | (more or {})).items():
            packed.writestr(name, data)
    return path


def locked(path: Path) -> Path:
    """A compound file whose directory names the two streams of a workbook locked with a password."""
    names: Sequence[str] = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)  # one sector of the table, the directory in sector 1
    struct.pack_into("<III", header, 56, 4096, 0xFFFFFFFE, 0)
    struct.pack_into("<III", header, 68, 0xFFFFFFFE, 0, 0)
    header[76:512] = b"\xff" * 436
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = b"".join(_entry(name) for name in names) + bytes(128)
    path.write_bytes(bytes(header) + table + entries)
    return path


def _entry(name: str) -> bytes:
    spelt = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(spelt)] = spelt
    struct.pack_into("<HB", entry, 64, len(spelt) + 2, 5 if name == "Root Entry" else 2)
    return bytes(entry)


def _relations(told: Sequence[tuple[str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(told, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'.encode()
