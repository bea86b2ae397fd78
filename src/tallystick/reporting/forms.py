"""The forms of a batch (CSV, JSON lines, a workbook): bytes become rows of text, each with its place in the file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.errors import ReleaseError, UsageError
from tallystick.nouns.member import Member
from tallystick.reporting.faults import Came, Fault
from tallystick.sources.workbook import Cell, workbook

MOST_ROWS = 20_000
MOST_BYTES = 8 << 20
_ROW = "(row)"


class Form(StrEnum):
    """How a batch is written."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    WORKBOOK = "xlsx"


_SUFFIXES = {".csv": Form.CSV, ".jsonl": Form.JSON_LINES, ".ndjson": Form.JSON_LINES, ".xlsx": Form.WORKBOOK}
MEDIA_TYPES = {
    "text/csv": Form.CSV,
    "application/jsonl": Form.JSON_LINES,
    "application/x-ndjson": Form.JSON_LINES,
    "application/json": Form.JSON_LINES,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Form.WORKBOOK,
}


@dataclass(frozen=True)
class Told:
    """A batch as it was written: the names of its columns, and its rows with their numbers and cells by column.

    `twice` are columns that are named more than once, and `faults` those of lines that are no row at all.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    twice: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    has_header: bool = True

    @property
    def came(self) -> Came:
        """How many rows came, those that are none among them."""
        return Came(len(self.rows) + len({fault.row for fault in self.faults}), self.has_header)


def form_of(path: Path) -> Form:
    """The form of a file, by its name. Raises `UsageError`."""
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise UsageError(
            f"'{path.suffix}' is no form of a report",
            where=path.name,
            next_step=f"write one of {', '.join(_SUFFIXES)}",
        )
    return found


def told_in(data: bytes, form: Form) -> Told:
    """The rows of a batch, blank ones left out.

    Raises `ReleaseError` when it is not of that form at all, holds no row, or is longer than a batch may be.
    """
    if len(data) > MOST_BYTES:
        raise ReleaseError(
            f"the batch has {len(data):,} bytes, and a batch at most {MOST_BYTES:,}", next_step="report it in parts"
        )
    told = {Form.CSV: _csv, Form.JSON_LINES: _json_lines, Form.WORKBOOK: _workbook}[form](data)
    if not told.came.rows:
        raise ReleaseError("the batch holds no row", next_step="report at least one row below the columns' names")
    if told.came.rows > MOST_ROWS:
        raise ReleaseError(
            f"the batch has {told.came.rows:,} rows, and a batch at most {MOST_ROWS:,}",
            next_step="report it in parts",
        )
    return told


def _csv(data: bytes) -> Told:
    reader = csv.reader(StringIO(_text(data), newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        says = f"from here on this cannot be taken apart into cells: {error}"
        fault = Fault(reader.line_num, _ROW, says, "write it as CSV with commas and double quotes")
        return _under_header(lines, fault)
    return _under_header(lines)


def _json_lines(data: bytes) -> Told:
    rows: list[tuple[int, dict[str, str]]] = []
    faults: list[Fault] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(_text(data).split("\n"), start=1):
        if line.strip():
            row, wrong = _json_row(line, number)
            columns |= dict.fromkeys(row)
            faults += wrong
            if not wrong:
                rows.append((number, row))
    return Told(tuple(columns), tuple(rows), faults=tuple(faults), has_header=False)


def _json_row(line: str, number: int) -> tuple[dict[str, str], list[Fault]]:
    """The cells of a line that can be read, and what is wrong with the line and the others."""
    try:
        pairs = json.loads(line, object_pairs_hook=list, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        return {}, [Fault(number, _ROW, f"this is not JSON: {error}", "write one JSON object on each line")]
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs) or not pairs:
        return {}, [Fault(number, _ROW, "this is not a JSON object", "write one JSON object on each line")]
    row, faults = dict[str, str](), list[Fault]()
    for name, value in pairs:
        if name in row:
            faults.append(Fault(number, name[:60], f"'{name[:60]}' stands twice", "say it once"))
        elif isinstance(value, bool | list):
            faults.append(Fault(number, name[:60], "this is not a single text or number", "write one value"))
        row[name] = "" if value is None else str(value).strip()
    return row, faults


def _workbook(data: bytes) -> Told:
    with TemporaryDirectory(prefix="tallystick-report-") as folder:
        path = Path(folder) / "report.xlsx"
        path.write_bytes(data)
        sheets = [sheet for sheet in workbook(Member("the workbook", path)).shown if sheet.filled]
    if len(sheets) != 1:
        raise ReleaseError(
            f"the workbook has {len(sheets)} sheets with cells, and a batch is one", next_step="leave one sheet in it"
        )
    rows = enumerate(([_cell(cell) for cell in row] for row in sheets[0].rows), start=1)
    return _under_header(list(rows))


def _cell(cell: Cell) -> str:
    """A cell as a person would type it: a whole number without its point, a day without its midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _under_header(lines: Sequence[tuple[int, list[str]]], *broken: Fault) -> Told:
    filled = [(number, [cell.strip() for cell in cells]) for number, cells in lines if any(map(str.strip, cells))]
    if not filled and not broken:
        raise ReleaseError("the batch is empty", next_step="name the columns in its first row")
    header = filled[0][1] if filled else []
    while header and not header[-1]:
        header = header[:-1]
    rows, faults = [], list(broken)
    for number, cells in filled[1:]:
        if any(cells[len(header) :]) or len(cells) < len(header):
            says = f"this row has {len(cells)} cells, and there are {len(header)} columns"
            next_step = "give each row a cell for each column, quoted where it holds a comma"
            faults.append(Fault(number, _ROW, says, next_step))
        else:
            rows.append((number, dict(zip(header, cells, strict=False))))
    return Told(tuple(header), tuple(rows), _twice(header), tuple(faults))


def _twice(header: Iterable[str]) -> tuple[str, ...]:
    names = list(header)
    return tuple(dict.fromkeys(name for name in names if names.count(name) > 1))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReleaseError(
            f"this is not UTF-8 text: byte {error.start} is none", next_step="save it as UTF-8"
        ) from error
