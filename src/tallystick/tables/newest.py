"""Of several releases that tell of the same thing, the one to believe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def newest(rows: Any, by: Sequence[str]) -> Any:
    """The rows of the newest release (`as_of`) in each group; of two of one day, of the one whose name sorts last."""
    rows = rows.mutate(told=rows.as_of.cast("string") + " " + rows.member + " " + rows.release_id)
    last = rows.group_by(by).aggregate(last=rows.told.max())
    return rows.semi_join(last, [*by, rows.told == last.last]).drop("told")
