"""The first rows of each table in a file, looked at before anything of it is kept.

Delimited text, JSON, both packed, and every sheet of a workbook, a hidden one too. No more is unpacked than the
beginning of each part, so that a file from outside can fill no memory. What is damaged, or is no table, is for the
reading to judge.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath

Rows = list[list[str]]

_LONGEST = 1 << 20
_OF_A_SHEET = 1 << 17  # some hundred rows
_STRINGS = 1 << 24  # a second sheet's header stands behind all texts of the first
_LINES = 20
_TEXTS = (".csv", ".txt", ".tsv", ".json", ".jsonl")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_ROW = re.compile(r"<(?:\w+:)?row[\s>].*?(?:</(?:\w+:)?row>|\Z)", re.DOTALL)
_CELL = re.compile(
    r'<(?:\w+:)?c(?=[\s>])(?:[^>]*?\sr="(?P<letters>[A-Z]{1,3})\d+")?(?P<told>[^>]*?)(?:/>|>(?P<holds>.*?)</(?:\w+:)?c>)',
    re.DOTALL,
)
_TEXT = re.compile(r"<(?:\w+:)?(?:t|v)(?:\s[^>]*)?>([^<]*)</")
_STRING = re.compile(r"<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.DOTALL)
_PAIR = re.compile(r'"([^"\\\n]{1,60})"\s*:\s*(?:"([^"\\\n]{0,200})")?')
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"')


@dataclass(frozen=True)
class Lead:
    """The first rows of one table: `where` says in which part of the file, `name` is that part's own name."""

    where: str
    name: str
    rows: Rows


def leads(path: Path) -> Iterator[Lead]:
    """The beginning of each table in the file at `path`."""
    try:
        with path.open("rb") as file:
            first = file.read(_LONGEST)
        if first.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                yield from _packed(archive, path.name)
        elif first.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                yield Lead(path.name, path.name, _table(unpacked.read(_LONGEST)))
        else:
            yield Lead(path.name, path.name, _table(first))
    except _DAMAGED:
        return  # cut off, encrypted, damaged: archiving or reading it says how


def _packed(archive: zipfile.ZipFile, file: str) -> Iterator[Lead]:
    names = archive.namelist()
    sheets = sorted(name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
    if sheets:
        yield from _sheets(archive, file, sheets)
        return
    for name in names:
        if PurePosixPath(name).suffix.lower() in _TEXTS:
            yield Lead(f"{file}, member {name}", name, _table(_beginning(archive, name, _LONGEST)))
        elif not name.endswith("/"):
            yield Lead(f"{file}, member {name}", name, [])


def _sheets(archive: zipfile.ZipFile, file: str, parts: list[str]) -> Iterator[Lead]:
    """Each sheet; and each name of one, since which part of the file a name belongs to may be hidden."""
    for name in _SHEET.findall(_read(archive, "xl/workbook.xml", _LONGEST)):
        yield Lead(f"{file}, sheet {html.unescape(name)}", html.unescape(name), [])
    strings = [_said(one) for one in _STRING.findall(_read(archive, "xl/sharedStrings.xml", _STRINGS))]
    for part in parts:
        rows = [_row(found[0], strings) for found in _ROW.finditer(_read(archive, part, _OF_A_SHEET))]
        yield Lead(f"{file}, {part}", "", rows)


def _row(written: str, strings: list[str]) -> list[str]:
    cells: list[str] = []
    for found in _CELL.finditer(written):
        place = _place(found["letters"]) if found["letters"] else len(cells)
        cells += [""] * (place - len(cells))
        said = _said(found["holds"] or "")
        is_shared = 't="s"' in found[0][: found[0].find(">") + 1]
        cells.append(strings[int(said)] if is_shared and said.isdecimal() and int(said) < len(strings) else said)
    return cells


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _said(xml: str) -> str:
    return html.unescape("".join(_TEXT.findall(xml))).strip()


def _read(archive: zipfile.ZipFile, name: str, most: int) -> str:
    return _beginning(archive, name, most).decode(errors="replace") if name in archive.namelist() else ""


def _beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as member:
        return member.read(most)


def _table(lead: bytes) -> Rows:
    encoding = "utf-16" if lead.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = lead.decode(encoding, errors="replace").removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _of_json(text)
    lines = [line for line in text.splitlines() if line.strip()]
    sign = max(",;\t|", key="".join(lines[:_LINES]).count)
    return [_cells(line, sign) for line in lines]


def _of_json(text: str) -> Rows:
    """The keys of a JSON text, wherever they stand, as a header, and what each says as a column below it."""
    columns: dict[str, list[str]] = {}
    for key, value in _PAIR.findall(text):
        columns.setdefault(key, []).append(value)
    return [list(columns), *map(list, zip_longest(*columns.values(), fillvalue=""))]


def _cells(line: str, sign: str) -> list[str]:
    """The cells of a line; none where it is no delimited text, which the reading finds."""
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []
