"""A cluster that is reached through Spark Connect: the tables of one Edition, as Parquet files that all of it reads.

Below the folder of tables stands `<edition>.json`, which names the folder with the Edition's files. It is made last,
once, by whoever finishes first: before, nobody reads what was written; afterwards nobody writes there.
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
from pyarrow import parquet
from sqlglot.dialects.spark import Spark as SparkSQL

from tallystick.engines import estimates
from tallystick.engines.dialects import SPARK
from tallystick.engines.places import called
from tallystick.engines.spark_estimates import functions
from tallystick.errors import TallystickError, UsageError

_TABLES = ";tables="
_PATIENCE = 20  # seconds
_TRIES, _PAUSE = 7, 5_000  # milliseconds at most: together as long
_ROWS = 1_000_000  # in one file that was copied: so many can be read by several
_AS_DUCKDB = {
    "spark.sql.ansi.enabled": "false",  # a division by zero gives nothing, and refuses nothing
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.caseSensitive": "true",
}


class Spark:
    """A session; its tables are views of the files of an Edition."""

    dialect = SPARK

    def __init__(self, address: str, edition: str) -> None:
        self._remote, _, folder = address.partition(_TABLES)
        if not folder or not Path(folder).is_dir():
            raise UsageError(
                "Spark has no folder for the tables of Editions, which it and this machine can both read and write",
                where=folder,
                next_step=f"name one that is there: sc://host:15002/{_TABLES}/mnt/tallystick",
            )
        self._marker = Path(folder).absolute() / f"{edition}.json"
        self._files = self._marker.with_name(f"{edition}-{uuid4().hex}")
        self._estimates = self._kept = False
        self._session, self._error = session(self._remote)

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def exists(self) -> bool:
        """Whether the tables of the Edition are there; then this session sees them."""
        if not self._marker.exists():
            return False
        if not self._kept:
            self._files = self._marker.with_name(json.loads(self._marker.read_text(encoding="utf-8"))["files"])
            self._see_all()
            self._kept = True
        return True

    def begin(self) -> bool:
        """Make a folder for the tables, which nobody else reads."""
        self._files.mkdir()
        return True

    def keep(self) -> None:
        """Let everyone see the tables. Where another made them meanwhile, those stay and these are taken away."""
        told = self._files.with_suffix(".told")
        told.write_text(json.dumps({"files": self._files.name}), encoding="utf-8")
        try:
            self._marker.hardlink_to(told)  # there whole or not at all, and only once
        except FileExistsError:
            shutil.rmtree(self._files)
            self.exists()
        finally:
            told.unlink()
        self._kept = True

    def query(self, sql: str, values: Sequence[str | date] = ()) -> pa.Table:
        """See `Engine`. Raises `TallystickError` when Spark refuses the statement."""
        try:
            return self._asked(sql, values)
        except TallystickError:
            if not self._is_lost():
                raise
        self._session, self._error = session(self._remote)
        self._estimates = False
        self._see_all()
        return self._asked(sql, values)

    def create(self, name: str, sql: str) -> None:
        """Run a SELECT and keep its rows as the table `name`: each worker writes its part of them."""
        with self._told(sql):
            rows, folder = self._selected(sql), self._files / name
            rows.write.parquet(str(folder))
            if not any(folder.glob("*.parquet")):  # of no rows there may be no file, and so no columns
                folder.mkdir(exist_ok=True)
                parquet.write_table(rows.limit(0).toArrow(), folder / "part-00000.parquet")
        self._see(name)

    def take(self, name: str, columns: Mapping[str, Any], rows: pa.RecordBatchReader) -> None:
        """Copy rows into the table `name`, whose columns are these."""
        folder = self._files / name
        folder.mkdir()
        for number, part in enumerate(_parts(rows)):
            parquet.write_table(part.select(list(columns)), folder / f"part-{number:05}.parquet", compression="zstd")
        self._see(name)

    def drop(self, name: str) -> None:
        """Take away the table `name`, if there is one."""
        shutil.rmtree(self._files / name, ignore_errors=True)

    def tables(self) -> Sequence[str]:
        return sorted(path.name for path in self._files.iterdir())

    def close(self) -> None:
        """End the session. What was begun and not kept is taken away."""
        if not self._kept:
            shutil.rmtree(self._files, ignore_errors=True)
        self._session.stop()

    def _asked(self, sql: str, values: Sequence[str | date]) -> pa.Table:
        with self._told(sql):
            return self._selected(sql, values).toArrow()

    def _is_lost(self) -> bool:
        """Whether the session has forgotten its tables: servers end idle sessions, and are started again."""
        if not self._kept:
            return False
        try:
            return not all(self._session.catalog.tableExists(name) for name in self.tables()[:1])
        except self._error:
            return True

    def _see_all(self) -> None:
        for name in self.tables():
            self._see(name)

    def _selected(self, sql: str, values: Sequence[str | date] = ()) -> Any:
        if not self._estimates and estimates.needed(sql):
            self._register_estimates()
        # By name: Spark 4.1 and 4.2 mix up five values and more that are bound by their places (SPARK-58341).
        named = {f"value_{number}": value for number, value in enumerate(values, 1)}
        return self._session.sql(called(sql, SparkSQL, ":value_{}".format) if values else sql, named or None)

    def _register_estimates(self) -> None:
        from pyspark.sql.types import DoubleType

        for name, function in functions().items():
            # The name of a type would be looked up by the session that was begun last, perhaps at another server.
            self._session.udf.register(name, function, DoubleType())
        self._estimates = True

    def _see(self, name: str) -> None:
        with self._told(name):
            self._session.read.parquet(str(self._files / name)).createOrReplaceTempView(
                f"`{name}`" if " " in name else name
            )

    @contextmanager
    def _told(self, where: str) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            raise TallystickError(f"Spark refused a statement: {_reason(error)}", where=where[:400]) from error


def _parts(rows: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """The rows in parts; at least one, so that a table without rows has its columns."""
    held: list[pa.RecordBatch] = []
    first = True
    for batch in rows:
        held.append(batch)
        if sum(one.num_rows for one in held) >= _ROWS:
            yield pa.Table.from_batches(held, rows.schema)
            held, first = [], False
    if held or first:
        yield pa.Table.from_batches(held, rows.schema)


def session(remote: str) -> tuple[Any, type[Exception]]:
    try:
        with warnings.catch_warnings(), _from_a_file():
            warnings.simplefilter(
                "ignore"
            )  # it tells which pandas it was not tried with; no frame of it is made here
            import grpc
            from pyspark.errors import PySparkException
            from pyspark.sql.connect.client import DefaultChannelBuilder
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise UsageError(
            "Spark is named as the engine, and what speaks to it is not installed",
            next_step="install tallystick[spark]",
        ) from error
    try:
        channel = DefaultChannelBuilder(remote).toChannel()
        grpc.channel_ready_future(channel).result(timeout=_PATIENCE)  # a session would ask for ten minutes
        channel.close()
        session = SparkSession.builder.remote(remote).create()
        # A program does not end before its last words are heard, and would try for ten minutes where nobody listens.
        session.client.set_retry_policies([DefaultPolicy(max_retries=_TRIES, max_backoff=_PAUSE)])
        for key, value in _AS_DUCKDB.items():
            session.conf.set(key, value)
    except (PySparkException, grpc.FutureTimeoutError) as error:
        raise UsageError(
            f"Spark could not be reached: {_reason(error) or 'nobody answers'}",
            where=remote.partition(";")[0].rpartition("@")[2],
            next_step="see that its Connect server runs, and that TALLYSTICK_ENGINE names its host and port",
        ) from error
    return session, PySparkException


@contextmanager
def _from_a_file() -> Iterator[None]:
    """Where the program came from no file (`python -c`, a process that was handed its work), name one.

    Spark takes such a program for its own examples under test, which want a whole Spark beside them, and ends it.
    """
    program = vars(sys.modules["__main__"])
    is_named = "__file__" in program
    program.setdefault("__file__", __file__)
    try:
        yield
    finally:
        if not is_named:
            del program["__file__"]


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
