"""How an expression is said in the SQL of each engine. Definitions stay as they are; what an engine says otherwise is
said otherwise here."""

from __future__ import annotations

from typing import Any

import ibis

POSTGRESQL = "postgres"


def said(expression: Any, dialect: str) -> str:
    """The SELECT of an expression over unbound tables, in a dialect."""
    if dialect == POSTGRESQL:
        from tallystick.engines.postgresql_sql import said_in_postgresql  # half a second, for who needs it

        return said_in_postgresql(expression)
    return str(ibis.to_sql(expression, dialect=dialect))
