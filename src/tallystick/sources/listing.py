"""One list on one sheet of a workbook: found by its header, its rows by the header's names, its links read too."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources.workbook import Cell, Sheet, Workbook, cell_name

_HEADER_ROWS = 20
_CURLED = {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'"}
_STRAIGHT = str.maketrans(_CURLED)
_TAG = rb"<(?:\w+:)?%s\s([^>]*)>"
_HYPERLINK, _RELATION, _SHEET = (re.compile(_TAG % tag) for tag in (b"hyperlink", b"Relationship", b"sheet"))
_ATTRIBUTE = re.compile(r"([\w:]+)=(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class Listing:
    """The list on `sheet`: its header as printed (one space between words, capitals), and where it begins.

    `rows` are the rows under the header that hold anything, each by the header's names with `sheet_row` (as the
    spreadsheet counts) and `is_untidy` (whether `tidy` would mend a cell). A filled cell that stands under no name is
    called by its place, `(column 9)`. `untidy` counts the cells that `tidy` would mend, by column and what it is.
    """

    sheet: Sheet
    header: tuple[str, ...]
    header_row: int
    rows: tuple[dict[str, Cell], ...]
    untidy: Mapping[str, int]

    def cell_of(self, row: Mapping[str, Cell], name: str) -> str:
        """Where the cell of a row under `name` stands (`G766`)."""
        return cell_name(int(str(row["sheet_row"])) - 1, self.header.index(name))


def listing(book: Workbook, must: Collection[str]) -> Listing:
    """The list whose header has every name of `must`, on the first shown sheet that has one.

    Raises `ReleaseError` where no shown sheet does: then it is another list, or none.
    """
    for sheet in book.shown:
        for place, row in enumerate(sheet.rows[:_HEADER_ROWS]):
            header = _names(row)
            if set(must) <= set(header):
                untidy = Counter[str]()
                return Listing(sheet, header, place + 1, tuple(_rows(sheet, header, place + 1, untidy)), untidy)
    raise ReleaseError(
        f"no sheet that is shown has a list with the columns {', '.join(must)}",
        where=book.name,
        next_step="see whether another list was put out under this name",
    )


def tidy(text: object) -> str:
    """The text with one space between words, none at the edges, and straight apostrophes."""
    said = str(text)
    return " ".join((said if said.isascii() else said.translate(_STRAIGHT)).split())


def untidiness(cell: object) -> list[str]:
    """What `tidy` would mend in a text, in words; nothing in a cell that holds no text."""
    if not isinstance(cell, str) or tidy(cell) == cell:
        return []
    bare = cell.strip()
    tests = {
        "curly apostrophe": cell.translate(_STRAIGHT) != cell,
        "edge space": bare != cell,
        "inner spaces": bare != " ".join(cell.split()),
    }
    return [what for what, is_so in tests.items() if is_so]


def list_sheets(book: Workbook, found: Listing, telling: Collection[str]) -> list[dict[str, object]]:
    """One row a sheet, hidden ones too: what can be judged of it beside the same sheet of another release.

    `fingerprint` is of every cell where it stands; `body_fingerprint` of what the list's rows say under the names
    of `telling`, tidied and in any order. `untidy` counts the list's cells that `tidy` would mend. `not_understood`
    is how a sheet begins that is shown and that nothing is read from.
    """
    return [
        {
            "sheet": sheet.name,
            "place": sheet.place,
            "is_hidden": sheet.is_hidden,
            "title": next((tidy(cell) for row in sheet.rows for cell in row if cell != ""), ""),
            "fingerprint": sheet.fingerprint,
            "filled": sheet.filled,
            "width": sheet.width,
            "holds_macros": book.holds_macros,
            **_about(sheet, found, telling),
        }
        for sheet in book.sheets
    ]


def links(member: Member, sheet: Sheet) -> dict[str, str]:
    """The addresses that cells of a sheet lead to, by cell (`G766`); of a link over several cells, its first.

    Meant for a file that `workbook` has opened: what would unpack too far has been refused. None in an old `.xls`.
    """
    if not zipfile.is_zipfile(member.path):
        return {}
    with zipfile.ZipFile(member.path) as packed:
        part = _part_of(packed, sheet)
        targets = _relations(packed, part)
        if not targets or part not in packed.namelist():
            return {}
        tail = packed.read(part).rpartition(b"</sheetData>")[2]
    told = map(_attributes, _HYPERLINK.findall(tail))
    return {
        link["ref"].split(":")[0].replace("$", ""): targets[link["r:id"]]
        for link in told
        if link.get("r:id") in targets
    }


def _names(row: tuple[Cell, ...]) -> tuple[str, ...]:
    names = [tidy(cell).upper() for cell in row]
    return tuple(name or f"(column {place})" for place, name in enumerate(names, start=1))


def _rows(sheet: Sheet, header: tuple[str, ...], under: int, untidy: Counter[str]) -> Iterator[dict[str, Cell]]:
    """The rows, counting into `untidy` what of them is."""
    for place, row in enumerate(sheet.rows[under:], start=under + 1):
        cells = {name: cell for name, cell in zip(header, row, strict=False) if cell != "" or name[0] != "("}
        cells |= {f"(column {n + 1})": row[n] for n in range(len(header), len(row)) if row[n] != ""}
        if any(cell != "" for cell in cells.values()):
            marks = [f"{name}, {what}" for name, cell in cells.items() for what in untidiness(cell)]
            untidy.update(marks)
            yield {"sheet_row": place, "is_untidy": bool(marks), **cells}


def _about(sheet: Sheet, found: Listing, telling: Collection[str]) -> dict[str, object]:
    if sheet is not found.sheet:
        words = [tidy(cell) for row in sheet.rows[:2] for cell in row if cell != ""]
        return {"rows_read": 0, "not_understood": "" if sheet.is_hidden else " | ".join(words)[:200]}
    said = sorted(str([tidy(row.get(name, "")).upper() for name in telling]) for row in found.rows)
    body = hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]
    untidy = " | ".join(f"{mark}: {cells}" for mark, cells in sorted(found.untidy.items()))
    told = {"body_fingerprint": body, "header": " | ".join(found.header), "untidy": untidy}
    return {"rows_read": len(found.rows), **told}


def _part_of(packed: zipfile.ZipFile, sheet: Sheet) -> str:
    """The part of the package that holds the sheet, as the workbook's own list of its sheets says."""
    named = _relations(packed, "xl/workbook.xml")
    for about in map(_attributes, _SHEET.findall(packed.read("xl/workbook.xml"))):
        if about.get("name") == sheet.name:
            return posixpath.normpath(posixpath.join("xl", named.get(about.get("r:id", ""), "")))
    return ""


def _relations(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in packed.namelist():
        return {}
    told = map(_attributes, _RELATION.findall(packed.read(path)))
    return {link["Id"]: link["Target"].removeprefix("/xl/") for link in told if "Id" in link and "Target" in link}


def _attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
    return {name: html.unescape(double or single) for name, double, single in found}
