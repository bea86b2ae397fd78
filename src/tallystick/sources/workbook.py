"""Opens spreadsheets without trusting them: which sheets are shown, and their cells where they stand.

A workbook from outside may be cut off or locked, unpack to more than memory holds, or have one cell in
its last column. All of that is looked at before a reader that holds whole sheets in memory is let near it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

import python_calamine

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; a blank or an error is an empty text. Excel keeps every number as a float."""

_CELLS = 8_000_000
_UNPACKED = 1 << 28
_RATIO = 250
_CHUNK = 1 << 20
_ZIP, _COMPOUND = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_TAG = re.compile(
    rb'<(?:\w+:)?(row|c)(?=[\s/>])(?:[^>]*?\sr="([A-Z]{0,3})(\d{1,7})")?[^>]*?(?:(/)>|>(?=(</(?:\w+:)?c>)?))'
)
_LOCKED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))


@dataclass(frozen=True)
class Sheet:
    """One sheet: its `name` as written, its `place` among the sheets from 1, whether it `is_hidden`, and its cells.

    `rows[r][c]` is the cell of row `r + 1` and column `c + 1`, blank rows and columns before the first one kept.
    """

    name: str
    place: int
    is_hidden: bool
    rows: tuple[tuple[Cell, ...], ...]

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits over the cells that are not blank and where they stand; the sheet's name is left out."""
        digest = hashlib.sha256()
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if cell != "":
                    digest.update(f"{r},{c},{cell!r}\n".encode())
        return digest.hexdigest()[:12]

    @property
    def filled(self) -> int:
        """How many cells are not blank."""
        return sum(cell != "" for row in self.rows for cell in row)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class Workbook:
    """The worksheets of one workbook in their order, hidden ones too: take `shown` unless you mean those.

    `holds_macros` says that it carries a program; nothing here runs one.
    """

    name: str
    sheets: tuple[Sheet, ...]
    holds_macros: bool

    @property
    def shown(self) -> tuple[Sheet, ...]:
        """The sheets that a reader who opens the workbook can see."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden)


def workbook(member: Member) -> Workbook:
    """Every worksheet of a spreadsheet file (`.xlsx`, `.xlsm`, `.xls`).

    Raises `ReleaseError` when the file is no workbook whatever its name says, is cut off, is locked with a password,
    or would fill more than eight million cells.
    """
    macros = _checked(member)
    try:
        opened = python_calamine.CalamineWorkbook.from_path(str(member.path))
        return Workbook(member.name, tuple(_sheets(opened)), macros)
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        raise _unreadable(member, error) from error
    except BaseException as error:  # the reader's own panics derive from nothing else
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(member, error) from error


def cell_name(row: int, column: int) -> str:
    """Where a cell stands as Excel writes it: `cell_name(0, 27)` is `AB1`."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _sheets(opened: python_calamine.CalamineWorkbook) -> Iterator[Sheet]:
    names = Counter(about.name for about in opened.sheets_metadata)
    if twice := [name for name, count in names.items() if count > 1]:
        raise python_calamine.CalamineError(f"two sheets are called '{twice[0]}', and only the first could be read")
    told = [about for about in opened.sheets_metadata if about.typ == python_calamine.SheetTypeEnum.WorkSheet]
    for place, about in enumerate(told, start=1):
        rows = opened.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        yield Sheet(about.name, place, hidden, tuple(map(tuple, rows)))


def _checked(member: Member) -> bool:
    """Whether the workbook holds macros; raises `ReleaseError` where it must not be opened."""
    with member.path.open("rb") as file:
        lead = file.read(8)
    if lead.startswith(_ZIP):
        return _checked_zip(member)
    if lead == _COMPOUND:
        return _checked_compound(member)
    raise ReleaseError(
        "this is no workbook: its bytes are not those of one, whatever its name says",
        where=member.name,
        next_step="look at the file: it may be a CSV, an error page or an empty download under this name",
    )


def _checked_compound(member: Member) -> bool:
    """Old workbooks and locked new ones share one container."""
    data = member.path.read_bytes()
    if any(mark in data for mark in _LOCKED):
        raise _locked(member)
    return "_VBA_PROJECT".encode("utf-16-le") in data


def _checked_zip(member: Member) -> bool:
    try:
        with zipfile.ZipFile(member.path) as packed:
            entries = packed.infolist()
            _is_modest(member, entries)
            if any(info.flag_bits & 1 for info in entries):
                raise _locked(member)
            for info in entries:
                _unpacks_as_stated(member, packed, info)
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                    _fits(member, packed, info)
            return any(info.filename.endswith("vbaProject.bin") for info in entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise ReleaseError(
            f"this workbook is cut off or damaged: {error}",
            where=member.name,
            next_step="get it again from the publisher",
        ) from error


def _is_modest(member: Member, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in entries)
    if unpacked > _UNPACKED or unpacked > max(_size(member.path) * _RATIO, 1 << 26):
        raise ReleaseError(
            f"this workbook of {_size(member.path):,} bytes would unpack to {unpacked:,}",
            where=member.name,
            next_step="do not trust this file",
        )


def _fits(member: Member, packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Raise `ReleaseError` where the filled cells span more than a reader may hold: it holds those between, too.

    A cell need not say where it stands: then it is the next of its row, and a row the next of its sheet.
    """
    row = column = last_row = last_column = 0
    kept = b""
    with packed.open(info) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = kept + chunk
            for kind, letters, number, closed, empty in _TAG.findall(text):
                if kind == b"row":
                    row, column = int(number or row + 1), 0
                    continue
                column = _column(letters) if letters else column + 1
                row = int(number or row)
                if not (closed or empty):
                    last_row, last_column = max(last_row, row), max(last_column, column)
            if last_row * last_column > _CELLS:
                raise ReleaseError(
                    f"the cells of a sheet reach to row {last_row:,} and column {last_column:,} "
                    f"({cell_name(last_row - 1, last_column - 1)}), more than the {_CELLS:,} cells that are read",
                    where=f"{member.name}, {info.filename}",
                    next_step="see whether a stray cell lies far from the table, and ask for a file without it",
                )
            kept = text[text.rfind(b"<") :]


def _unpacks_as_stated(member: Member, packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Raise `ReleaseError` where a part unpacks to more than the archive says it holds."""
    longer = copy(info)
    longer.file_size = info.file_size + 1  # the reader would stop where it is told that the part ends
    with packed.open(longer) as part:
        size = 0
        while chunk := part.read(_CHUNK):
            size += len(chunk)
    if size > info.file_size:
        raise ReleaseError(
            f"a part of this workbook unpacks to more than the {info.file_size:,} bytes that it states",
            where=f"{member.name}, {info.filename}",
            next_step="do not trust this file",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _size(path: Path) -> int:
    return path.stat().st_size


def _unreadable(member: Member, error: BaseException) -> ReleaseError:
    return ReleaseError(
        f"this workbook cannot be read: {error}",
        where=member.name,
        next_step="it is damaged or of a kind that Excel would not open: get it again from the publisher",
    )


def _locked(member: Member) -> ReleaseError:
    return ReleaseError(
        "this workbook is locked with a password",
        where=member.name,
        next_step="ask the publisher for a file that anyone can open",
    )
