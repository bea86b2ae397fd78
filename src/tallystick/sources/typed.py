"""How a column's text becomes a typed value, in the engine's SQL, and when it does not fit.

Only the engine touches the cells: these functions write expressions, one per column.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.source import Column, Type

PARQUET_TYPE = {
    Type.TEXT: "VARCHAR",
    Type.CODE: "VARCHAR",
    Type.MONEY: "DECIMAL(20,2)",
    Type.NUMBER: "DECIMAL(24,6)",
    Type.INTEGER: "BIGINT",
    Type.DATE: "DATE",
    Type.TIMESTAMP: "TIMESTAMP",
    Type.FLAG: "BOOLEAN",
}

_TRUE, _FALSE = ("t", "true", "y", "yes", "1"), ("f", "false", "n", "no", "0")
_DATE_FORMATS = "['%Y-%m-%d', '%m/%d/%y', '%m/%d/%Y', '%Y-%m-%d %H:%M:%S', '%m/%d/%y %H:%M', '%Y-%m-%d %H:%M:%S+00']"


def value(cell: str, column: Column) -> str:
    """The typed value of the text expression `cell`; NULL when it is blank or does not fit."""
    text = f"nullif(trim({cell}), '')"
    match column.type:
        case Type.TEXT | Type.CODE:
            typed = text
        case Type.MONEY:
            typed = f"try_cast({text} AS DECIMAL(20,2))"
        case Type.NUMBER:
            typed = f"try_cast({text} AS DECIMAL(24,6))"
        case Type.INTEGER:
            typed = f"try_cast({text} AS BIGINT)"
        case Type.DATE:
            typed = f"try_strptime({text}, {_DATE_FORMATS})::DATE"
        case Type.TIMESTAMP:
            typed = (
                f"coalesce(try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC', try_strptime({text}, {_DATE_FORMATS}))"
            )
        case Type.FLAG:
            low = f"lower({text})"
            typed = f"CASE WHEN {_among(low, _TRUE)} THEN true WHEN {_among(low, _FALSE)} THEN false END"
    return _renamed(typed, column) if isinstance(column.values, dict) else typed


def misfit(cell: str, column: Column) -> str | None:
    """A condition that is true of the cells that do not fit the column; None when every text fits."""
    text = f"nullif(trim({cell}), '')"
    if column.values:
        return f"{text} IS NOT NULL AND NOT {_among(text, column.values)}"
    if column.type is Type.MONEY:
        cents = value(cell, column)
        return (
            f"{text} IS NOT NULL AND ({cents} IS NULL OR try_cast({text} AS DECIMAL(24,6)) IS DISTINCT FROM {cents})"
        )
    if column.type in (Type.TEXT, Type.CODE):
        if column.matches:
            return f"{text} IS NOT NULL AND NOT regexp_full_match({text}, {quoted(column.matches)})"
        return None
    return f"{text} IS NOT NULL AND {value(cell, column)} IS NULL"


def _among(text: str, words: Iterable[str]) -> str:
    """Whether `text` is one of `words`. Not IN: DuckDB plans a join for each IN, minutes for a hundred flags."""
    return f"list_contains([{', '.join(map(quoted, words))}], {text})"


def _renamed(typed: str, column: Column) -> str:
    assert isinstance(column.values, dict)
    cases = " ".join(f"WHEN {quoted(says)} THEN {quoted(means)}" for says, means in column.values.items())
    return f"CASE {typed} {cases} END"


def identifier(name: str) -> str:
    """A publisher's column name as an SQL identifier."""
    return named(name)
