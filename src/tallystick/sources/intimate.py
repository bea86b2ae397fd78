"""Refuses files about identified people before a byte of them is archived, told by their columns.

Public releases of this field are about organisations and amounts. A table that says someone's alien number, date of
birth, or first and last name was leaked, or was never meant to be kept. A column of that name that is blank or
blacked out (`(b)(6)`) says nothing of anyone.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tallystick.errors import ReleaseError

_LINES = 20  # preambles stand before the header of some files
_LONGEST = 1 << 20
_ALONE = re.compile(
    r"(?:(?:the|subject|person|detainee|alien|victim|employee|individual) )?(?:"
    r"a (?:no|num|nbr|number|file|file (?:no|number))|anumber|alien (?:a )?(?:no|num|nbr|number|id|file number|"
    r"registration (?:no|number)|reg (?:no|num|number))|ssn|social security(?: (?:no|num|number))?|"
    r"dob|date of birth|birth ?date|passport(?: (?:no|num|number))?|(?:fins|fin) (?:no|num|number)|"
    r"(?:fbi|sid) (?:no|num|number)|fingerprint (?:id|no|number)|drivers? licen[cs]e(?: (?:no|number))?|"
    r"detainee (?:full )?name|alien (?:full )?name|subject (?:full )?name|home address|mothers? maiden name)"
)
_TOGETHER = (re.compile(r".*\b(?:first|given|fore) ?name"), re.compile(r".*\b(?:last|family|sur) ?name"))
_SAYS_NOTHING = re.compile(r"|-|n/?a|null|none|unknown|withheld|redacted|\(?x+\)?|[(\[]?b\W*[(\[]\d.*", re.IGNORECASE)


def refuse_identified_people(path: Path) -> None:
    """Raise `ReleaseError` when a table or JSON in the file at `path` has columns that identify people.

    Looks at the beginning of each member only. What is damaged, or is no table, is for the reading to judge.
    """
    for member, rows in _tables(path):
        for place, names in enumerate(rows[:_LINES]):
            if told := [name for name, column in identifying(names).items() if _said(rows[place + 1 :], column)]:
                raise ReleaseError(
                    f"this file is about identified people: it has the column(s) {', '.join(map(repr, told))}",
                    where=member,
                    next_step="nothing of it was kept; do not add it, nor hold it unless you have the right to",
                )


def identifying(names: list[str]) -> dict[str, int]:
    """The columns that identify a person, alone or together, with their places."""
    plain = [_plain(name) for name in names]
    alone = {names[place]: place for place, words in enumerate(plain) if _ALONE.fullmatch(words)}
    together = [[place for place, words in enumerate(plain) if pattern.fullmatch(words)] for pattern in _TOGETHER]
    return alone | ({names[each[0]]: each[0] for each in together} if all(together) else {})


def _said(rows: list[list[str]], column: int) -> bool:
    """Whether any row says something in the column; a header with no row below it is taken at its word."""
    cells = [row[column].strip() for row in rows if column < len(row)]
    return not cells or any(not _SAYS_NOTHING.fullmatch(cell) for cell in cells)


def _plain(name: str) -> str:
    """`AlienNumber`, `ALIEN_NUMBER` and `A-Number` as words in small letters."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^a-z)]+", " ", spaced.lower().replace("'", "").replace("\u2019", "")).split())


def _tables(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """The first rows of each member as cells: of delimited text, of JSON its keys as a header and nothing below."""
    for member, lead in _leads(path):
        encoding = "utf-16" if lead.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
        text = lead.decode(encoding, errors="replace").removeprefix("\ufeff")
        if text.lstrip()[:1] in ("{", "["):
            yield member, [re.findall(r'"([^"\\\n]{1,60})"\s*:', text)]
        else:
            lines = [line for line in text.splitlines() if line.strip()]
            sign = max(",;\t|", key="".join(lines[:_LINES]).count)
            yield member, [_cells(line, sign) for line in lines]


def _cells(line: str, sign: str) -> list[str]:
    """The cells of a line; none where it is no delimited text, which the reading finds."""
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


def _leads(path: Path) -> Iterator[tuple[str, bytes]]:
    """The first bytes of the file, or of each member of a ZIP (a workbook is one), with their names."""
    try:
        with path.open("rb") as file:
            lead = file.read(_LONGEST)
        if lead.startswith(b"PK"):
            yield from _members(path)
        elif lead.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                yield path.name, unpacked.read(_LONGEST)
        else:
            yield path.name, lead
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return  # cut off, encrypted, damaged: archiving or reading it says how


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if PurePosixPath(info.filename).suffix.lower() in (".csv", ".txt", ".tsv", ".json"):
                with archive.open(info) as member:
                    yield f"{path.name}, member {info.filename}", member.read(_LONGEST)
            elif PurePosixPath(info.filename).name == "sharedStrings.xml":
                with archive.open(info) as member:
                    words = re.findall(r"<t[^>]*>([^<]{1,60})</t>", member.read(_LONGEST).decode(errors="replace"))
                    yield path.name, "\t".join(words[:400]).encode()
