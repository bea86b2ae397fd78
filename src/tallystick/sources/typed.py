"""How a column's text becomes a typed value, in the engine's SQL, and when it does not fit.

Only the engine touches the cells: these functions write expressions, one per column, over the trimmed text of a
cell, which is NULL where the cell is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallystick.engines.duckdb import quoted
from tallystick.nouns.source import Column, Type

PARQUET_TYPE = {
    Type.TEXT: "VARCHAR",
    Type.CODE: "VARCHAR",
    Type.MONEY: "DECIMAL(18,2)",
    Type.NUMBER: "DECIMAL(18,6)",
    Type.INTEGER: "BIGINT",
    Type.DATE: "DATE",
    Type.TIMESTAMP: "TIMESTAMP",
    Type.FLAG: "BOOLEAN",
}

_TRUE, _FALSE = ("t", "true", "y", "yes", "1"), ("f", "false", "n", "no", "0")
ISO = "%Y-%m-%d"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d\d|\d{4})(?: .*)?")
MONTH_FIRST, DAY_FIRST = "%m/%d/%y", "%d/%m/%y"


def date_form(cells: Iterable[str]) -> str | None:
    """How a column of one file writes dates; None where it is blank, or where slashes leave the order open.

    Publishers write 2025-09-30; a file saved again by a spreadsheet has 9/30/25 or 30/09/2025, some columns with a
    time after it. A number above twelve tells the day from the month.
    """
    seen = [cell.strip() for cell in cells if cell.strip()]
    slashed = [found for cell in seen if (found := _SLASHED.fullmatch(cell))]
    if not seen or not _SLASHED.fullmatch(seen[0]):
        return ISO if seen else None
    first, second = (max(int(found[group]) for found in slashed) for group in (1, 2))
    if first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 else None


def is_slashed(cells: Iterable[str]) -> bool:
    """Whether the first cell that is not blank writes its date with slashes."""
    return bool(_SLASHED.fullmatch(next((cell.strip() for cell in cells if cell.strip()), "")))


def taken(text: str, column: Column, form: str = ISO) -> str:
    """What the engine takes the text expression for; NULL when it is blank or does not fit.

    Money may still have fractions of cents. Two-digit years up to 68 are of this century, later ones of the last.
    Timestamps become UTC.
    """
    match column.type:
        case Type.TEXT | Type.CODE:
            return text
        case Type.MONEY | Type.NUMBER:
            return f"try_cast({text} AS DECIMAL(18,6))"  # an amount of a trillion is no amount of one action or award
        case Type.INTEGER:
            return f"try_cast({text} AS BIGINT)"
        case Type.DATE:
            return _date(text, form)
        case Type.TIMESTAMP:
            day = f"{_date(text, form)}::TIMESTAMP"
            return day if form != ISO else f"try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
        case Type.FLAG:
            low = f"lower({text})"
            return f"CASE WHEN {among(low, _TRUE)} THEN true WHEN {among(low, _FALSE)} THEN false END"


def value(cell: str, column: Column) -> str:
    """The typed value of a cell as it was `taken`; money in whole cents."""
    typed = f"try_cast({cell} AS DECIMAL(18,2))" if column.type is Type.MONEY else cell
    return _renamed(typed, column) if isinstance(column.values, dict) else typed


def misfit(text: str, cell: str, column: Column) -> str | None:
    """A condition that is true where the text, or the cell it was `taken` for, does not fit; None if every text fits.

    Categories and patterns of text columns are judged on the published file, where each stands once.
    """
    if isinstance(column.values, dict):
        return f"{text} IS NOT NULL AND NOT {among(text, column.values)}"
    no_value = f"{value(cell, column)} IS NULL"
    match column.type:
        case Type.TEXT | Type.CODE:
            return None
        case Type.MONEY:
            odd = " OR ".join(f"contains({text}, {quoted(sign)})" for sign in "eE_")
            # Of one type on both sides: between two the engine compares numbers of 128 bits, at thrice the cost.
            cents = f"try_cast({value(cell, column)} AS DECIMAL(18,6))"
            return f"{text} IS NOT NULL AND ({cell} IS NULL OR {cents} IS DISTINCT FROM {cell} OR {odd})"
        case Type.INTEGER:
            return f"{text} IS NOT NULL AND ({no_value} OR NOT regexp_full_match({text}, '[-+]?[0-9]+'))"
        case _:
            return f"{text} IS NOT NULL AND {no_value}"


def among(text: str, words: Iterable[str]) -> str:
    """Whether `text` is one of `words`. Not IN: DuckDB plans a join for each IN, minutes for a hundred flags."""
    return f"list_contains([{', '.join(map(quoted, words))}], {text})"


def _date(text: str, form: str) -> str:
    if form != ISO:
        # The two-digit year comes first: %Y would take 25 for the year 25, %y does not take 2025.
        years = (form, form.replace("%y", "%Y"))
        forms = ", ".join(quoted(year + time) for time in ("", " %H:%M", " %H:%M:%S") for year in years)
        return f"try_strptime({text}, [{forms}])::DATE"
    # The engine would read 9/30/25 as the year 9.
    return f"CASE WHEN {text}[5] = '-' THEN try_cast({text} AS DATE) END"


def _renamed(typed: str, column: Column) -> str:
    assert isinstance(column.values, dict)
    cases = " ".join(f"WHEN {quoted(says)} THEN {quoted(means)}" for says, means in column.values.items())
    return f"CASE {typed} {cases} END"
