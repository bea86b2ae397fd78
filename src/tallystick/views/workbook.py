"""Rows to take away as a workbook: no cell is a formula, and no number is another than the one that was given."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tallystick.errors import UsageError
from tallystick.views.formats import Row, cell

MOST_ROWS = 1_048_575
"""How many rows a sheet holds below its header."""
_MOST_SIGNS = 32_767
_MOST_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)  # Excel believes that 1900 was a leap year: no day before is the one that it says
_MADE = datetime(2020, 1, 1, tzinfo=UTC)  # one instant, so that equal rows are equal bytes
_WIDEST = 60
_LONGEST_NAME = 31
"""Signs that the name of a sheet may have."""
_MEASURED = 1000


def as_xlsx(columns: Sequence[str], rows: Sequence[Row], about: Mapping[str, Any]) -> bytes:
    """A workbook of one sheet of the rows and one that says what they are about; equal rows give equal bytes.

    A number of more than fifteen digits, which Excel would round, is written as text. Raises `UsageError` for more
    rows, or a longer text, than a sheet holds.
    """
    return as_workbook({"Rows": (columns, rows)}, about)


def as_workbook(sheets: Mapping[str, tuple[Sequence[str], Sequence[Row]]], about: Mapping[str, Any]) -> bytes:
    """A workbook of a sheet for each table of columns and rows, and one that says what they are about."""
    # loaded only by those who ask for its format
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "title": str(about.get("metric", ""))})
        for name, (columns, rows) in sheets.items():
            if len(rows) > MOST_ROWS:
                raise _too_much(f"{len(rows):,} rows are more than a sheet of a workbook holds ({MOST_ROWS:,})")
            lines = ([row.get(column) for column in columns] for row in rows)
            _sheet(book, name[:_LONGEST_NAME], [list(columns), *lines])
        if about:
            _sheet(book, "About", [["about", "is"], *told_in_rows(about)])
    return out.getvalue()


def told_in_rows(about: Mapping[str, Any], of: str = "") -> Iterator[list[Any]]:
    """What is told beside rows, as name and value: a list is a row for each of its parts, a mapping for each name."""
    for name, value in about.items():
        called = f"{of} {name}".strip().replace("_", " ")
        if isinstance(value, Mapping):
            yield from told_in_rows(value, called)
        elif isinstance(value, list | tuple):
            for part in value:
                yield from told_in_rows(part, called) if isinstance(part, Mapping) else [[called, part]]
        elif value not in (None, ""):
            yield [called, value]


def _sheet(book: Any, name: str, lines: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "#,##0.00"})
    widths: dict[int, int] = {}
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if number < _MEASURED:
                widths[place] = max(widths.get(place, 0), min(len(cell(value)), _WIDEST))
            _write(sheet, (number, place), value, bold if number == 0 else day if _is_day(value) else money)
    for place, width in widths.items():
        sheet.set_column(place, place, width + 2)
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, at: tuple[int, int], value: Any, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif _is_day(value):
        sheet.write_datetime(*at, value, form)
    elif isinstance(value, int | float | Decimal) and _is_kept(value):
        has_cents = isinstance(value, Decimal) and value.as_tuple().exponent == -2
        sheet.write_number(*at, float(value), form if has_cents else None)
    else:
        text = cell(value)
        if len(text) > _MOST_SIGNS:
            raise _too_much(
                f"a text of {len(text):,} signs is more than a cell of a workbook holds ({_MOST_SIGNS:,})"
            )
        sheet.write_string(*at, text, form if at[0] == 0 else None)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY


def _is_kept(value: int | float | Decimal) -> bool:
    """Whether Excel shows the number that was given. A float is what it is; what has no end is none of Excel's."""
    exact = Decimal(str(value))
    return exact.is_finite() and (
        isinstance(value, float) or len(exact.normalize().as_tuple().digits) <= _MOST_DIGITS
    )


def _too_much(what: str) -> UsageError:
    return UsageError(what, next_step="take CSV, JSON or Parquet, or narrow the question")
