"""A workbook read back: its cells, and its parts as they are written."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineWorkbook


@dataclass(frozen=True)
class Sheets:
    """The rows of each sheet, and the `raw` XML of all parts."""

    cells: dict[str, list[list[Any]]]
    raw: list[bytes]


def sheets_in(made: bytes) -> Sheets:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    cells = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return Sheets(cells, [parts.read(name) for name in parts.namelist()])
