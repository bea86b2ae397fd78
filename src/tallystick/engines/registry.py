"""Which engine a setting names."""

from __future__ import annotations

from tallystick.engines.engine import EngineOfEditions
from tallystick.errors import UsageError

_SPARK = "sc://"
_POSTGRESQL = ("postgresql://", "postgres://")


def warehouse(named: str, edition: str) -> EngineOfEditions:
    """The warehouse at an address, as it holds the Edition of an id.

    Raises `UsageError` where nobody knows such an engine, its package is not installed or it cannot be reached.
    """
    if named.startswith(_POSTGRESQL):
        from tallystick.engines.postgresql import PostgreSQL  # only who names it needs it

        return PostgreSQL(named, f"tallystick_{edition}")
    if named.startswith(_SPARK):
        from tallystick.engines.spark import Spark

        return Spark(named, f"tallystick_{edition}")
    raise UsageError(
        f"TALLYSTICK_ENGINE begins with '{named.partition(':')[0]}', which is no engine known here",
        next_step="write postgresql://user:password@host/database or sc://host:15002/;tables=/folder, or leave it "
        "out for the embedded one",
    )
