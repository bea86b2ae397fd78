"""QUALIFY, for engines that have no such clause."""

from __future__ import annotations

from typing import Any

import sqlglot.expressions as sge


def unqualified(rows: Any) -> Any:
    """The SELECT with the columns of each QUALIFY under their bare names: it becomes the WHERE of a SELECT around."""
    rows = rows.copy()  # each part then knows what it is part of
    for clause in rows.find_all(sge.Qualify):
        for column in clause.find_all(sge.Column):
            if column.find_ancestor(sge.Window, sge.Qualify) is clause:
                column.set("table", None)
    return rows
