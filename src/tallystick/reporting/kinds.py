"""The kinds of reports: which columns each has, which of them tell one row from another, and whom a token binds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tallystick.errors import UnknownName
from tallystick.reporting import cells

Row = Mapping[str, str]
"""A row as it is kept: a text for each column, '' where nothing is said."""


@dataclass(frozen=True)
class Column:
    """One column: how a cell of it is read, whether it must be there and filled, what a `blank` one stands for.

    One that `came_later` lacks in batches of before. Such columns are the last of their kind.
    """

    name: str
    read: Callable[[str], str]
    is_required: bool = True
    blank: str = ""
    came_later: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of report. `key` are the columns that make a row's id, `scopes` those that a token is bound to.

    `unit` are the columns by whose values rows are held against one another; none where no two rows bear on another.
    `counts_people` says that a row is a count of persons, which may be too small to be told to everybody.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scopes: tuple[str, ...]
    unit: tuple[str, ...] = ()
    counts_people: bool = False

    @property
    def source(self) -> str:
        """The source whose releases hold what was reported."""
        return f"reported_{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def id_of(self, row: Row) -> str:
        """What tells the row from every other of its kind."""
        return "|".join(row[name] for name in self.key)

    def unit_of(self, row: Row) -> str:
        """What the row is about, where rows bear on one another."""
        return "|".join(row[name] for name in self.unit)

    def digest(self, row: Row) -> bytes:
        """Sixteen bytes over all that the row says. Columns that came later, all blank, add nothing to it."""
        cells = [row.get(column.name, "") for column in self.columns if not column.came_later]
        later = [row.get(column.name, "") for column in self.columns if column.came_later]
        said = [*cells, *later] if any(later) else cells
        return hashlib.sha256("\x1f".join(said).encode()).digest()[:16]


STAGE_EVENTS = Kind(
    "stage_events",
    "a unit entered or left a stage of a process",
    (
        Column("event_id", cells.name),
        Column("process", cells.name),
        Column("unit", cells.name),
        Column("stage", cells.name, is_required=False),
        Column("event", cells.event),
        Column("at", cells.instant, is_required=False),
        Column("day", cells.day, is_required=False),
        Column("corrects", cells.name, is_required=False),
        Column("state", cells.name, is_required=False, came_later=True),
        Column("model", cells.name, is_required=False, came_later=True),
        Column("size", cells.size, is_required=False, came_later=True),
        Column("owner", cells.name, is_required=False, came_later=True),
    ),
    key=("event_id",),
    scopes=("process",),
    unit=("process", "unit"),
)
_COUNTED = (
    Column("day", cells.day),
    Column("measure", cells.name),
    Column("count", cells.count),
    Column("revision", cells.revision, is_required=False, blank="1"),
)
OFFICE_COUNTS = Kind(
    "office_counts",
    "how many an office counted on a day",
    (
        Column("office", cells.name),
        *_COUNTED,
    ),
    key=("office", "day", "measure", "revision"),
    scopes=("office", "measure"),
    counts_people=True,
)
TRAINING = Kind(
    "training",
    "how many of an agency's people in a role a course counted on a day",
    (
        Column("agency", cells.name),
        Column("role", cells.name),
        Column("course", cells.name),
        *_COUNTED,
    ),
    key=("agency", "role", "course", "day", "measure", "revision"),
    scopes=("agency", "measure"),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (STAGE_EVENTS, OFFICE_COUNTS, TRAINING)}


def kind_named(name: str) -> Kind:
    """The kind of that name, in which `-` may stand for `_`. Raises `UnknownName`."""
    found = KINDS.get(name.replace("-", "_"))
    if found is None:
        raise UnknownName("kind of report", name, KINDS)
    return found


def kind_of(columns: tuple[str, ...]) -> Kind:
    """The kind whose columns these are: the one that has most of them. Raises `UnknownName` when none has any."""
    shared = {kind.name: len(set(kind.names) & set(columns)) for kind in KINDS.values()}
    best = max(shared, key=lambda name: shared[name])
    if not shared[best]:
        raise UnknownName("kind of report with the columns", ", ".join(columns)[:80], KINDS)
    return KINDS[best]


def instant_of(row: Row) -> datetime | None:
    """When the row's event was, in UTC; None where only its day is told."""
    return datetime.fromisoformat(row["at"]).astimezone(UTC) if row.get("at") else None
