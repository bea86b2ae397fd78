"""Time in even steps: months, quarters and years as whole numbers, so that a step without a row leaves a gap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import vl_convert

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_MOST = 1200
"""As many steps as are filled in: a year mistyped must not make a chart of centuries."""


@dataclass(frozen=True)
class Steps:
    """A kind of step: the number of a cell (None for a cell that is none), and the label of a number."""

    number: Callable[[Any], int | None]
    label: Callable[[int], str]
    year: int
    """How many steps make a year; labels are set at whole years or parts of one."""


def steps_of(column: str, cells: Iterable[Any], language: str) -> Steps | None:
    """The steps that a column of this name holds; None where it holds something else."""
    steps = _kinds(language).get(column)
    if steps is None:
        return None
    numbers = [steps.number(cell) for cell in cells if cell is not None]
    told = [number for number in numbers if number is not None]
    return steps if told and len(told) == len(numbers) and max(told) - min(told) < _MOST else None


def ticks(numbers: range, year: int, room: int) -> list[int]:
    """The numbers that get a label, at most `room` of them: each, or each second, or each January."""
    for every in (
        *(part for part in (1, 2, 3, 6) if year % part == 0),
        *(year * years for years in (1, 2, 5, 10, 20, 50)),
    ):
        found = [number for number in numbers if number % every == 0]
        if len(found) <= room and found:
            return found
    return [numbers[0]]


def _kinds(language: str) -> Mapping[str, Steps]:
    months = vl_convert.get_time_format_locale("es-MX" if language == "es" else "en-US")["shortMonths"]
    return {
        "month": Steps(_month, lambda number: f"{months[number % 12]} {number // 12}", 12),
        "quarter": Steps(_quarter, lambda number: f"{number // 4} Q{number % 4 + 1}", 4),
        "fiscal_year": Steps(_year, lambda number: f"FY{number}", 1),
        "year": Steps(_year, str, 1),
    }


def _month(cell: Any) -> int | None:
    return cell.year * 12 + cell.month - 1 if isinstance(cell, date) else None


def _quarter(cell: Any) -> int | None:
    found = _QUARTER.fullmatch(str(cell))
    return int(found[1]) * 4 + int(found[2]) - 1 if found else None


def _year(cell: Any) -> int | None:
    return int(cell) if _YEAR.fullmatch(str(cell)) else None
