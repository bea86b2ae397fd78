"""PostgreSQL's words for what it says otherwise than DuckDB, so that both give the same rows.

Text is held and compared by its bytes (the collation "C"); letters are told from signs, and raised or lowered, by
Unicode. What PostgreSQL has no word for is a function of `postgresql.sql`, made beside the tables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.datatypes import PostgresType

from tallystick.engines.qualify import unqualified
from tallystick.errors import TallystickError

# In a pattern: letters, numbers and the edge of a word.
_IN_PATTERNS = {r"\p{L}": "[:alpha:]", r"\p{N}": "[:digit:]", r"\b": r"\y"}
_SIGN = re.compile(r"\\x\{([0-9A-Fa-f]{4})\}")
_OPTIONS = re.compile(r"(\(\?[a-z]+\))?(.*)", re.DOTALL)
_TRIED = {"date": "tried_date", "int64": "tried_bigint"}


def said_in_postgresql(expression: Any) -> str:
    """The SELECT of an expression, each column of the type that the expression says it has."""
    made = expression.as_table()
    rows = unqualified(_compiler().to_sqlglot(made.unbind()))
    columns = [
        sge.alias_(sge.cast(sg.column(name, quoted=True), PostgresType.from_ibis(dtype)), name, quoted=True)
        for name, dtype in made.schema().items()
    ]
    order = rows.args.get("order")
    whole = sg.select(*columns).from_(rows.subquery("told"))
    if order is not None and isinstance(made.op(), ops.Sort):
        names = [key.name for key in made.op().keys]
        whole = whole.order_by(*(sg.column(name, quoted=True) for name in names))
    return str(whole.sql("postgres"))


def column_type(dtype: Any) -> str:
    """The type of a column as it is declared."""
    made = str(PostgresType.from_ibis(dtype).sql("postgres"))
    return f'{made} COLLATE "C"' if dtype.is_string() else made


class _Compiler(PostgresCompiler):  # type: ignore[misc]
    SIMPLE_OPS = {ops.Levenshtein: "levenshtein"}  # noqa: RUF012

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:
        if op.arg.dtype.is_boolean() and to.is_numeric():
            arg = self.cast(arg, dt.int32)  # the only one that a truth can become
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Uppercase(self, op: Any, *, arg: Any) -> Any:
        return _by_bytes(self.f.upper(_by_letters(arg)))

    def visit_Lowercase(self, op: Any, *, arg: Any) -> Any:
        return _by_bytes(self.f.lower(_by_letters(arg)))

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:
        return self.f.regexp_like(_by_letters(arg), _pattern(pattern))

    def visit_RegexReplace(self, op: Any, *, arg: Any, pattern: Any, replacement: Any) -> Any:
        return _by_bytes(self.f.regexp_replace(_by_letters(arg), _pattern(pattern), replacement, "g"))

    def visit_RegexSplit(self, op: Any, *, arg: Any, pattern: Any) -> Any:
        return self.f.regexp_split_to_array(_by_letters(arg), _pattern(pattern))

    def visit_RegexExtract(self, op: Any, *, arg: Any, pattern: Any, index: Any) -> Any:
        return _by_bytes(self.f.extracted(_by_letters(arg), _pattern(pattern, grouped=True), index))

    def visit_HexDigest(self, op: Any, *, arg: Any, how: str) -> Any:
        if how != "md5":
            raise TallystickError(f"no word for the digest '{how}' in PostgreSQL is known here")
        return self.f.md5(arg)

    def visit_TryCast(self, op: Any, *, arg: Any, to: Any) -> Any:
        if str(to) not in _TRIED:
            raise TallystickError(f"no word for what may be a {to} in PostgreSQL is known here")
        return self.f[_TRIED[str(to)]](arg)

    def visit_First(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:
        told = _also(where, [] if include_null else [_is_told(op.arg, arg)])
        return sge.paren(self.agg.array_agg(arg, where=told, order_by=order_by), copy=False)[0]

    visit_Arbitrary = visit_First

    def _argminmax(self, op: Any, *, arg: Any, key: Any, where: Any, desc: bool) -> Any:
        # as DuckDB: a row without the one or the other is not asked
        told = _also(where, [_is_told(op.key, key), _is_told(op.arg, arg)])
        by = sge.Order(this=arg, expressions=[sge.Ordered(this=key, desc=desc, nulls_first=False)])
        return sge.paren(self.agg.array_agg(by, where=told), copy=False)[0]

    def visit_StructField(self, op: Any, *, arg: Any, field: str) -> Any:
        place = op.arg.dtype.names.index(field) + 1
        text = self.f.jsonb_extract_path_text(self.f.to_jsonb(arg), f"f{place}")
        return _by_bytes(text) if op.dtype.is_string() else self.cast(text, op.dtype)


@cache
def _compiler() -> _Compiler:
    return _Compiler()


def _is_told(op: Any, made: Any) -> Any:
    """That a value is there; a row of several is, whichever of them are."""
    return sge.true() if isinstance(op.dtype, dt.Struct) else made.is_(sg.not_(sge.null()))


def _also(where: Any, conditions: list[Any]) -> Any:
    return sg.and_(*([] if where is None else [where]), *conditions)


def _by_letters(text: Any) -> Any:
    return _collated(text, "und-x-icu")


def _by_bytes(text: Any) -> Any:
    return _collated(text, "C")


def _collated(text: Any, collation: str) -> Any:
    return sge.paren(sge.Collate(this=sge.paren(text), expression=sge.to_identifier(collation, quoted=True)))


def _pattern(pattern: Any, *, grouped: bool = False) -> Any:
    """A pattern as PostgreSQL writes it; with the whole of it as its first group, if so wanted."""
    if not isinstance(pattern, sge.Literal):
        raise TallystickError("a pattern that is made of columns is in no word that PostgreSQL shares")
    text = _SIGN.sub(r"\\u\1", str(pattern.this))
    for theirs, its in _IN_PATTERNS.items():
        text = text.replace(theirs, its)
    if grouped and (parts := _OPTIONS.fullmatch(text)):
        text = f"{parts[1] or ''}({parts[2]})"
    return sge.convert(text)
