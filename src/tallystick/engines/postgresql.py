"""PostgreSQL as a warehouse: the tables of one Edition, in a schema of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import resources
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlglot.dialects.postgres import Postgres

from tallystick.engines import estimates
from tallystick.engines.dialects import POSTGRESQL
from tallystick.engines.engine import named, quoted
from tallystick.engines.places import called
from tallystick.engines.postgresql_sql import column_type
from tallystick.errors import TallystickError, UsageError

_HEADER = 4  # what a type's modifier of PostgreSQL counts before its own
_LONGEST = 63  # bytes of a name
_TURNS = 3  # an estimate may be of rows that are told by another


class PostgreSQL:
    """A connection whose statements see one schema; all they change is there at once, on `keep`, or not at all."""

    dialect = POSTGRESQL

    def __init__(self, url: str, schema: str) -> None:
        self.schema = schema
        self._driver = _driver()
        try:
            self._connection = self._driver.connect(url, autocommit=True)
        except self._driver.Error as error:
            raise UsageError(
                f"PostgreSQL could not be reached: {_reason(error)}",
                where=url.rpartition("@")[2].removeprefix("postgresql://"),
                next_step="see that it runs, and that TALLYSTICK_ENGINE names its user, host and database",
            ) from error
        self._run(f"SET search_path TO {named(schema)}, public")
        self._run("SET synchronize_seqscans TO off")
        self._run("SET client_min_messages TO warning")
        self._begun = False

    def __enter__(self) -> PostgreSQL:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def exists(self) -> bool:
        """Whether the schema is there: then its tables are, whole."""
        told = f"SELECT 1 AS one FROM pg_namespace WHERE nspname = {quoted(self.schema)}"
        return bool(self.query(told).num_rows)

    def begin(self) -> bool:
        """Make the schema, with the functions that PostgreSQL has no words for. Seen by others once kept.

        False, and nothing is begun, where another made it meanwhile: two that begin the same wait for one another.
        """
        self._connection.adbc_connection.set_autocommit(False)
        self._begun = True
        self._run(f"SELECT pg_advisory_xact_lock(hashtextextended({quoted(self.schema)}, 0))")
        if self.exists():
            self.keep()
            return False
        self._run("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public")
        self._run(f"CREATE SCHEMA {named(self.schema)}")
        functions = resources.files("tallystick.engines").joinpath("postgresql.sql").read_text(encoding="utf-8")
        for statement in functions.split("\n\n"):
            self._run(statement)
        return True

    def keep(self) -> None:
        """Let everyone see what was changed."""
        with self._told("COMMIT"):
            self._connection.commit()
        self._ended()

    def query(self, sql: str, values: Sequence[str | date] = ()) -> pa.Table:
        """See `Engine`. Raises `TallystickError` when PostgreSQL refuses the statement."""
        if not estimates.needed(sql):
            return self._asked(sql, values)
        self._run(
            "CREATE TEMP TABLE IF NOT EXISTS estimates (key text PRIMARY KEY, name text, spells text, others text, "
            "known boolean, value double precision)"
        )
        for _ in range(_TURNS):
            rows = self._asked(sql, values)
            if not self._work_out():
                break
        return rows

    def create(self, name: str, sql: str) -> None:
        """Run a SELECT and keep its rows as the table `name`."""
        if estimates.needed(sql):
            self.query(sql)  # then they are known
        self._run(f"CREATE TABLE {named(name)} AS {sql}")
        self._run(f"ANALYZE {named(name)}")

    def take(self, name: str, columns: Mapping[str, Any], rows: pa.RecordBatchReader) -> None:
        """Copy rows into the table `name`, whose columns are of these types."""
        declared = ", ".join(f"{named(column)} {column_type(dtype)}" for column, dtype in columns.items())
        self._run(f"CREATE TABLE {named(name)} ({declared})")
        with self._told(name), self._connection.cursor() as cursor:
            cursor.adbc_ingest(name, _shortened(rows), mode="append", db_schema_name=self.schema)
        self._run(f"ANALYZE {named(name)}")

    def drop(self, name: str) -> None:
        """Take away the table `name`, if there is one."""
        self._run(f"DROP TABLE IF EXISTS {named(name)}")

    def tables(self) -> Sequence[str]:
        told = f"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = {quoted(self.schema)}"
        return sorted(self.query(told)["name"].to_pylist())

    def close(self) -> None:
        self._connection.close()

    def _asked(self, sql: str, values: Sequence[str | date]) -> pa.Table:
        with self._told(sql), self._connection.cursor() as cursor:
            cursor.execute(called(sql, Postgres, "${}".format) if values else sql, tuple(values) or None)
            return _decimals(cursor.fetch_arrow_table())

    def _run(self, sql: str) -> None:
        with self._told(sql), self._connection.cursor() as cursor:
            cursor.execute(sql)

    def _work_out(self) -> int:
        """Work out the estimates that were asked and are not known; how many there were."""
        asked = self._asked("SELECT key, name, spells, others FROM pg_temp.estimates WHERE NOT known", ())
        for row in asked.to_pylist():
            value = estimates.of_text(row["name"], row["spells"], row["others"])
            told = "NULL" if value is None else f"{value!r}"
            self._run(f"UPDATE pg_temp.estimates SET known = true, value = {told} WHERE key = {quoted(row['key'])}")
        return int(asked.num_rows)

    def _ended(self) -> None:
        self._begun = False
        self._connection.adbc_connection.set_autocommit(True)

    @contextmanager
    def _told(self, where: str) -> Iterator[None]:
        try:
            yield
        except self._driver.Error as error:
            if self._begun:
                self._connection.rollback()
                self._ended()
            raise TallystickError(f"PostgreSQL refused a statement: {_reason(error)}", where=where[:400]) from error


def _driver() -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise UsageError(
            "PostgreSQL is named as the engine, and what speaks to it is not installed",
            next_step="install tallystick[postgresql]",
        ) from error
    return dbapi


def _reason(error: Exception) -> str:
    """What PostgreSQL said was wrong, without the statement that the driver repeats."""
    said = re.search(r"(?:ERROR|FATAL): +(.+)", str(error))
    return said[1] if said else str(error).partition("\n")[0]


def _shortened(rows: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """The rows under names as PostgreSQL cuts them off; two that were then one would be refused by it."""
    names = [name.encode()[:_LONGEST].decode(errors="ignore") for name in rows.schema.names]
    schema = pa.schema([field.with_name(name) for field, name in zip(rows.schema, names, strict=True)])
    return pa.RecordBatchReader.from_batches(schema, (batch.rename_columns(names) for batch in rows))


def _decimals(rows: pa.Table) -> pa.Table:
    """The rows with their numerics, which come as text, as decimals of the statement's precision."""
    for place, field in enumerate(rows.schema):
        if (field.metadata or {}).get(b"POSTGRESQL:type") == b"numeric":
            modifier = int(field.metadata[b"POSTGRESQL:typmod"]) - _HEADER
            precision, scale = (modifier >> 16, modifier & 0x7FF) if modifier >= 0 else (38, 9)
            text = rows.column(place).cast(pa.string()) if rows.num_rows else pa.array([], pa.string())
            rows = rows.set_column(place, field.name, pc.cast(text, pa.decimal128(precision, scale)))
    return rows
