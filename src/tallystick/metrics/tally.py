"""How many rows stand behind a figure, and how many of them lack a column that it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_COUNTED, _LACKS = "tally_of_rows", "tally_of_lacking_"


@dataclass(frozen=True)
class Tally:
    """`counted` rows; `lacking` says how many of them lack each column that the metric is over."""

    counted: int
    lacking: Mapping[str, int] = field(default_factory=dict, hash=False)


def tallies(rows: Any, over: Iterable[str]) -> dict[str, Any]:
    """The aggregates of `rows` that a tally is made from, by the column that each makes."""
    return {_COUNTED: rows.count(), **{_LACKS + name: rows[name].isnull().sum() for name in over}}


def told_apart(rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], Tally]:
    """The rows without their tallies, and the tally of all of them; groups share no row."""
    columns = list(rows[0]) if rows else []
    names = [name for name in columns if name.startswith(_LACKS)]
    told = [name for name in columns if not _is_tally(name)]
    bare = [{name: row[name] for name in told} for row in rows]
    lacking = {name.removeprefix(_LACKS): sum(row[name] or 0 for row in rows) for name in names}
    return bare, Tally(sum(row[_COUNTED] for row in rows), lacking)


def _is_tally(name: str) -> bool:
    return name == _COUNTED or name.startswith(_LACKS)
