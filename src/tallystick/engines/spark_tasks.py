"""Tasks on the workers of a cluster that speaks Spark Connect: a function of a text, of many texts at once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import pyarrow as pa

from tallystick.engines.spark import session

_NAME = "tallystick_task"
_RETRIES = 3


class SparkTasks:
    """A session whose workers are given tasks.

    Raises `UsageError` when the cluster is not reached or what speaks to it is not installed.
    """

    def __init__(self, address: str) -> None:
        self._session, self._error = session(address)
        from pyspark.sql.connect.client.retries import DefaultPolicy

        # its own would ask a server that is gone for ten minutes
        self._session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
        warnings.filterwarnings("ignore", message=r"\[RETRIES_EXCEEDED\]")  # `answers` tells it
        self._is_lost = False

    def answers(self, work: Callable[[str], str], tasks: Sequence[str]) -> Sequence[str] | None:
        """What `work` makes of each task, in their order; None where the cluster was lost or a worker failed.

        What is within `work` is sent as it stands; what it imports must be installed on the workers.
        """
        from pyspark.sql.types import StringType

        if self._is_lost:
            return None
        try:
            self._session.udf.register(_NAME, work, StringType())
            rows = self._session.createDataFrame(pa.table({"place": range(len(tasks)), "task": list(tasks)}))
            made = rows.repartition(len(tasks), "place").selectExpr("place", f"{_NAME}(task) AS told").toArrow()
        except self._error:
            self._is_lost = True
            return None
        return [row["told"] for row in sorted(made.to_pylist(), key=lambda row: row["place"])]

    def end(self) -> None:
        """Give up what is asked for, and end the session."""
        if self._is_lost:
            return
        try:
            self._session.interruptAll()
            self._session.stop()
        except self._error:
            return
