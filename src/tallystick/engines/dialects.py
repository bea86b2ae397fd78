"""How an expression is said in the SQL of each engine. Definitions stay as they are; what an engine says otherwise is
said otherwise here."""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.engines import engine

POSTGRESQL = "postgres"
SPARK = "pyspark"


def said(expression: Any, dialect: str) -> str:
    """The SELECT of an expression over unbound tables, in a dialect."""
    if dialect == POSTGRESQL:
        from tallystick.engines.postgresql_sql import said_in_postgresql  # half a second, for who needs it

        return said_in_postgresql(expression)
    if dialect == SPARK:
        from tallystick.engines.spark_sql import said_in_spark

        return said_in_spark(expression)
    return str(ibis.to_sql(expression, dialect=dialect))


def named(name: str, dialect: str) -> str:
    """`name` as an identifier of a dialect."""
    return "`" + name.replace("`", "``") + "`" if dialect == SPARK else engine.named(name)


def quoted(text: str, dialect: str) -> str:
    """`text` as a literal of a dialect."""
    if dialect != SPARK:
        return engine.quoted(text)
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
