"""Hidden cells of rows: known and not told, to point at nobody; every view shows them as neither zero nor unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HIDDEN = "hidden"
"""The word for such a cell, and the mark of its row."""


def is_hidden(row: Mapping[str, Any], column: str) -> bool:
    """Whether the absent figure of a row in `column` is hidden: the row says so of its only one, or names those."""
    told = row.get(HIDDEN) or ()
    return row.get(column) is None and (column in told if isinstance(told, tuple | list) else bool(told))


def seen(row: Mapping[str, Any], column: str) -> Any:
    """The cell as it is shown: the word *hidden* where that is what it is."""
    return HIDDEN if is_hidden(row, column) else row[column]
