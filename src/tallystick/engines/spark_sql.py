"""Spark's words for what it says otherwise than DuckDB, so that both give the same rows."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.backends.sql.datatypes import PySparkType
from ibis.backends.sql.dialects import PySpark

from tallystick.engines.qualify import unqualified


def said_in_spark(expression: Any) -> str:
    """The SELECT of an expression, each column of the type that the expression says it has."""
    made = expression.as_table()
    rows = unqualified(_compiler().to_sqlglot(made.unbind()))
    columns = [
        sge.alias_(sge.cast(sg.column(name, quoted=True), PySparkType.from_ibis(dtype)), name, quoted=True)
        for name, dtype in made.schema().items()
    ]
    order = rows.args.get("order")
    whole = sg.select(*columns).from_(rows.subquery("told"))
    if order is not None and isinstance(made.op(), ops.Sort):
        keys = [(key.name, key.descending, key.nulls_first) for key in made.op().keys]
        whole = whole.order_by(*(_ordered(*key) for key in keys))
    return str(whole.sql(PySpark))


def _ordered(name: str, desc: bool, nulls_first: bool) -> Any:
    return sge.Ordered(this=sg.column(name, quoted=True), desc=desc, nulls_first=nulls_first)


class _Compiler(PySparkCompiler):  # type: ignore[misc]
    SIMPLE_OPS: ClassVar[dict[Any, str]] = {}  # Ibis's own stand, and do not go before what is said here

    # Ibis takes a number that is none (NaN) for one that is not there; other engines and the definitions do not.
    visit_Field = SQLGlotCompiler.visit_Field
    visit_IsNull = SQLGlotCompiler.visit_IsNull
    visit_NotNull = SQLGlotCompiler.visit_NotNull

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        if dtype.is_floating():
            return self.cast(self.visit_DefaultLiteral(op, value=value, dtype=dtype), dtype)  # bare, it is a decimal
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:
        if op.arg.dtype.is_boolean() and to.is_decimal():
            arg = self.cast(arg, dt.int32)  # Sail has no shorter way
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Strip(self, op: Any, *, arg: Any) -> Any:
        return self._stripped(arg, "BOTH")

    def visit_LStrip(self, op: Any, *, arg: Any) -> Any:
        return self._stripped(arg, "LEADING")

    def visit_RStrip(self, op: Any, *, arg: Any) -> Any:
        return self._stripped(arg, "TRAILING")

    def _stripped(self, arg: Any, side: str) -> Any:
        # a literal of Spark takes \v and \f for the letters v and f
        blanks = self.f.concat(sge.convert(" \t\n\r"), self.f.anon.char(11), self.f.anon.char(12))
        return sge.Trim(this=arg, expression=blanks, position=side)

    def visit_DateTruncate(self, op: Any, *, arg: Any, unit: Any) -> Any:
        return self.cast(super().visit_TimestampTruncate(op, arg=arg, unit=unit), dt.date)

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:
        return self.f.count(sge.Star() if where is None else self.if_(where, 1, sge.null()))  # zero rows are zero

    def visit_Median(self, op: Any, *, arg: Any, where: Any) -> Any:
        return self._percentile(arg, 0.5, where)

    def visit_Quantile(self, op: Any, *, arg: Any, quantile: Any, where: Any) -> Any:
        return self._percentile(arg, op.quantile.value if isinstance(op.quantile, ops.Literal) else quantile, where)

    def _percentile(self, arg: Any, part: Any, where: Any) -> Any:
        # the part stays as it is where rows are left out, and bare: it must be known beforehand
        return self.f.percentile(arg if where is None else self.if_(where, arg, sge.null()), part)

    def visit_First(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:
        told = _also(where, [] if include_null else [_is_told(op.arg, arg)])
        return self.f.get(self.agg.array_agg(arg, where=told, order_by=order_by), 0)

    visit_Arbitrary = visit_First

    def visit_ArgMax(self, op: Any, *, arg: Any, key: Any, where: Any) -> Any:
        return self._by("max_by", op, arg, key, where)

    def visit_ArgMin(self, op: Any, *, arg: Any, key: Any, where: Any) -> Any:
        return self._by("min_by", op, arg, key, where)

    def _by(self, name: str, op: Any, arg: Any, key: Any, where: Any) -> Any:
        # as DuckDB: a row without the one or the other is not asked
        told = _also(where, [_is_told(op.key, key), _is_told(op.arg, arg)])
        return self.agg[name](arg, key, where=told)


@cache
def _compiler() -> _Compiler:
    return _Compiler()


def _is_told(op: Any, made: Any) -> Any:
    """That a value is there; a row of several is, whichever of them are."""
    return sge.true() if isinstance(op.dtype, dt.Struct) else made.is_(sg.not_(sge.null()))


def _also(where: Any, conditions: list[Any]) -> Any:
    return sg.and_(*([] if where is None else [where]), *conditions)
