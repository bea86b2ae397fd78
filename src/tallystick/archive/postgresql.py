"""The ledger in a PostgreSQL, for writers and readers on several machines: the same tables and the same promises.

Rows are numbered without gaps in the order in which others see them, as SQLite numbers them: whoever adds one holds a
lock until it is committed. Triggers refuse every UPDATE, DELETE and TRUNCATE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from tallystick.archive.ledger import Ledger
from tallystick.archive.told import Told
from tallystick.errors import ArchiveError, TallystickError, UsageError

PREFIXES = ("postgresql://", "postgres://")
_SCHEMA = "tallystick_ledger"
_OURS = 0x7A115  # the first of the two numbers of each of our locks, the second says which
_ADDING, _AT_WORK, _MAKING = 1, 2, 3
_PATIENCE = 10  # seconds until a server that does not answer is said to be out of reach
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION {_SCHEMA}.numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({_OURS}, {_ADDING});
    EXECUTE format('SELECT coalesce(max(rowid), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO NEW.rowid;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION {_SCHEMA}.refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $$;
"""


class LedgerInPostgreSQL(Ledger):
    """The ledger of a database. Safe to open on several machines at once; one thread at a time may use it.

    A connection that was lost is made anew when something is asked next. Raises `UsageError` where the driver is not
    installed, `ArchiveError` where the server cannot be reached or refuses.
    """

    def __init__(self, address: str, told: Told | None = None) -> None:
        self._driver = _driver()
        self._address = address
        self._told = told or Told()
        self._server: Any = self._connected()
        try:
            if self._version() != self.schema:
                self._make()
        except TallystickError:
            self.close()
            raise

    def close(self) -> None:
        self._server.close()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """See `Ledger`. The server takes the mark back when the connection ends, however that comes about."""
        self._rows(f"SELECT pg_advisory_lock_shared({_OURS}, {_AT_WORK})")
        try:
            yield
        finally:
            with suppress(self._driver.Error):  # with the connection it is gone already
                self._server.execute(f"SELECT pg_advisory_unlock_shared({_OURS}, {_AT_WORK})")

    def is_at_work(self) -> bool:
        return bool(
            self._rows(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = ? AND objid = ? "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                (_OURS, _AT_WORK),
            )
        )

    def _version(self) -> int:
        ((told,),) = self._rows("SELECT obj_description(to_regnamespace(?)::oid, 'pg_namespace')", (_SCHEMA,))
        version = int((told or "0").rpartition(" ")[2])
        if version > self.schema:
            raise ArchiveError(
                f"this {self.called} was made by a newer Tallystick (schema {version}, this one knows {self.schema})",
                where=self._where,
                next_step="use a newer Tallystick",
            )
        return version

    def _make(self) -> None:
        with self._asked(), self._server.transaction():
            self._server.execute(f"SELECT pg_advisory_xact_lock({_OURS}, {_MAKING})")
            self._server.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
            self._server.execute(_FUNCTIONS)
            for table, columns in self.tables.items():
                declared = f"rowid BIGINT PRIMARY KEY, {columns.replace('INTEGER', 'BIGINT')}"
                self._server.execute(f"CREATE TABLE IF NOT EXISTS {table} ({declared})")
                self._server.execute(
                    f"CREATE OR REPLACE TRIGGER numbered BEFORE INSERT ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {_SCHEMA}.numbered()"
                )
                self._server.execute(
                    f"CREATE OR REPLACE TRIGGER refused BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {_SCHEMA}.refused()"
                )
            self._server.execute(f"COMMENT ON SCHEMA {_SCHEMA} IS 'the ledger of Tallystick, schema {self.schema}'")

    def _append(self, sql: str, values: Iterable[Any]) -> None:
        """Committed once this returns. It is tried once: whether a lost connection had committed nobody knows."""
        self._rows("SELECT 1")  # a connection that was lost meanwhile is made anew
        with self._asked():
            self._server.execute(_theirs(sql), tuple(values))

    def _append_all(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._asked(), self._server.transaction(), self._server.cursor() as cursor:
            cursor.executemany(_theirs(sql), list(rows))

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        given = tuple(values)
        with self._asked():
            try:
                found = self._server.execute(_theirs(sql), given or None).fetchall()
            except self._driver.OperationalError:
                if not self._server.closed:
                    raise
                self._server = self._connected()
                found = self._server.execute(_theirs(sql), given or None).fetchall()
        return list(found)

    def _connected(self) -> Any:
        with self._asked():
            made = self._driver.connect(self._address, autocommit=True, connect_timeout=_PATIENCE)
            made.execute(f"SET search_path TO {_SCHEMA}")
            made.execute("SET synchronous_commit TO on")
            made.execute("SET client_min_messages TO warning")
            return made

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except self._driver.Error as error:
            raise ArchiveError(
                f"the {self.called} could not be read or written: {str(error).splitlines()[0]}",
                where=self._where,
                next_step="see that PostgreSQL runs and that TALLYSTICK_LEDGER names its user, host and database; "
                "nothing was recorded",
            ) from error

    @property
    def _where(self) -> str:
        """The address without what must not be shown: user, password and options."""
        return self._address.partition("://")[2].rpartition("@")[2].partition("?")[0]


def _driver() -> Any:
    try:
        return import_module("psycopg")
    except ImportError as error:
        raise UsageError(
            "TALLYSTICK_LEDGER names a PostgreSQL, and its driver is not installed",
            next_step="install tallystick[postgresql]",
        ) from error


def _theirs(sql: str) -> str:
    """The statement with places for values as the driver has them; no statement of ours has other such signs."""
    return sql.replace("?", "%s")
