"""SELECTs that are compiled once and run with other values: a value is bound, and is never part of a statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import ibis
import sqlglot

from tallystick.engines.dialects import said
from tallystick.tables.exactly import exactly

Value = str | date
_ANY_DAY = "1999-12-31"
_DROPPED = re.compile(r'EXCLUDE \(("\w+"(?:, "\w+")+)\)')


@dataclass(frozen=True)
class Statement:
    """A SELECT in `pieces`, between which stand values, each known by its stand-in: one of `slots`."""

    pieces: tuple[str, ...]
    slots: tuple[Value, ...]

    @cached_property
    def sql(self) -> str:
        """As an engine runs it: a question mark for each value."""
        return "?".join(self.pieces)

    def bound(self, values: Mapping[Value, Value]) -> tuple[Value, ...]:
        """The values in the order of the question marks; `values` has them by stand-in."""
        return tuple(values[slot] for slot in self.slots)

    def told(self, values: Mapping[Value, Value], dialect: str) -> str:
        """As people read it and take it home: the values written in, as the dialect writes them."""
        written = [_written(value, dialect) for value in self.bound(values)]
        return "".join(part for pair in zip(self.pieces, [*written, ""], strict=True) for part in pair)


@dataclass(frozen=True)
class Wording:
    """What is compiled: `express` makes the expression, and `key` says which; two of one key are the same.

    `told` says which to any process of the same code; '' where no words say it.
    """

    key: Any
    stand_ins: tuple[Value, ...]
    dialect: str
    express: Callable[[], Any] = field(compare=False)
    told: str = field(default="", compare=False)


def compiled(expression: Any, dialect: str = "duckdb") -> str:
    """The SQL of an expression over unbound tables: the same text in every process, and sums that are exact."""
    # Ibis keeps dropped columns in a set, whose order is another in each process; rows are kept by the text.
    return _DROPPED.sub(_in_order, said(exactly(expression), dialect))


def _in_order(found: re.Match[str]) -> str:
    return f"EXCLUDE ({', '.join(sorted(found[1].split(', ')))})"


def reading_once(sql: str, names: Iterable[str]) -> str:
    """The SELECT with each of some tables that it reads more than once read beforehand, once, and then as often.

    DuckDB binds and runs what lies behind a view anew at each place that names it.
    """
    beforehand = []
    for name in names:
        reads = re.compile(rf'(?<=FROM |JOIN )"{re.escape(name)}"')
        if len(reads.findall(sql)) > 1:
            sql = reads.sub(f'"{name} once"', sql)
            beforehand.append(f'"{name} once" AS MATERIALIZED (SELECT * FROM "{name}")')
    return f"WITH {', '.join(beforehand)} SELECT * FROM (\n{sql}\n)" if beforehand else sql


def stated(wording: Wording) -> Statement:
    """The statement of a wording, compiled."""
    text = compiled(wording.express(), wording.dialect)
    if not wording.stand_ins:
        return Statement((text,), ())
    by_text = {_literal(value, wording.dialect): value for value in wording.stand_ins}
    pieces = re.split(f"({'|'.join(map(re.escape, by_text))})", text)
    return Statement(tuple(pieces[::2]), tuple(by_text[piece] for piece in pieces[1::2]))


def _written(value: Value, dialect: str) -> str:
    return _date(dialect).replace(_ANY_DAY, str(value)) if isinstance(value, date) else _text(value, dialect)


@lru_cache(1_000)
def _text(value: str, dialect: str) -> str:
    return str(sqlglot.exp.convert(value).sql(dialect))


@lru_cache
def _date(dialect: str) -> str:
    """How a day is written, around the day: the library takes longer for one than an engine for a SELECT."""
    return str(sqlglot.exp.convert(date.fromisoformat(_ANY_DAY)).sql(dialect))


@lru_cache(1_000)
def _literal(value: Value, dialect: str) -> str:
    """How a literal stands in compiled SQL."""
    select = sqlglot.parse_one(
        ibis.to_sql(ibis.literal(value).name("value").as_table(), dialect=dialect), dialect=dialect
    )
    (alias,) = select.expressions
    return str(alias.this.sql(dialect))
