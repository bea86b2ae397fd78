"""Cells: counts of people in linked tables, and the sums by which one follows from others."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tallystick.disclosure.shape import Level, Shape
from tallystick.errors import RecordError

Counts: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Key = tuple[Level, tuple[Hashable, ...]]
Sum = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Cells:
    """Counts above zero, each under its `key`, and the `sums` that hold between them.

    A sum is the place of a total and the places of its parts. Zeros are no cells: they are shown, so that nobody has
    to infer them. Raises `RecordError` for a sum that does not add up, or counts below one.
    """

    keys: tuple[Hashable, ...]
    counts: Counts
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        if np.any(self.counts < 1):
            raise RecordError("a cell of people holds fewer than one", next_step="leave zeros out: they are shown")
        off = np.flatnonzero(self.matrix @ self.counts)
        if len(off):
            total, _ = self.sums[int(off[0])]
            raise RecordError(f"the parts of {self.keys[total]} do not add up to it")

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def matrix(self) -> csr_matrix:
        """A row for each sum, 1 at its parts and -1 at its total: times the counts it gives zeros."""
        rows: Counts = np.repeat(np.arange(len(self.sums)), [len(parts) + 1 for _, parts in self.sums])
        columns = np.fromiter((place for total, parts in self.sums for place in (*parts, total)), dtype=np.int64)
        signs = np.fromiter((sign for _, parts in self.sums for sign in (*[1] * len(parts), -1)), dtype=np.int64)
        return csr_matrix((signs, (rows, columns)), shape=(len(self.sums), len(self.keys)))

    @cached_property
    def floors(self) -> Counts:
        """What is known of each cell from the zeros alone: one person, or as many as parts of it are not zero.

        What is the only part of a total is known to hold as much as that.
        """
        parts = self.matrix.copy()
        parts.data = np.where(parts.data > 0, 1, 0)
        totals = np.array([total for total, _ in self.sums], dtype=np.int64)
        alone = [(found[0], total) for total, found in self.sums if len(found) == 1]
        only, whole = np.array(alone, dtype=np.int64).reshape(-1, 2).T
        floors: Counts = np.ones(len(self), dtype=np.int64)
        while True:
            told = floors.copy()
            np.maximum.at(told, totals, parts @ floors)
            np.maximum.at(told, only, told[whole])
            if (told == floors).all():
                return floors
            floors = told

    def places(self) -> Mapping[Hashable, int]:
        return {key: place for place, key in enumerate(self.keys)}


def cells_of(shape: Shape, columns: Mapping[str, Sequence[Hashable]], counts: Sequence[int]) -> Cells:
    """The cells of every table of `shape` over rows told by column, in an order that depends on their keys alone.

    `columns` has, for each column of the shape, what stands there in each row; None is a value like any other (an
    arrest without an area).
    """
    tallied: dict[Key, int] = {}
    above: dict[Key, set[Key]] = {}
    tables = set(shape.tables)
    steps = {level: [one for one in shape.coarser(level) if one in tables] for level in tables}
    for place, count in enumerate(counts):
        if count:
            for level in tables:
                key = (level, tuple(columns[name][place] for name in level))
                tallied[key] = tallied.get(key, 0) + int(count)
                if key not in above:
                    above[key] = {(one, tuple(columns[name][place] for name in one)) for one in steps[level]}
    keys = sorted(tallied, key=_in_order)
    return Cells(tuple(keys), np.array([tallied[key] for key in keys], dtype=np.int64), _sums(keys, above))


def _sums(keys: Sequence[Key], above: Mapping[Key, set[Key]]) -> tuple[Sum, ...]:
    """A sum for each cell and each finer table that it is the total of."""
    places = {key: place for place, key in enumerate(keys)}
    parts: dict[tuple[int, Level], list[int]] = {}
    for key in keys:
        for total in above[key]:
            parts.setdefault((places[total], key[0]), []).append(places[key])
    return tuple((total, tuple(found)) for (total, _), found in sorted(parts.items()))


def _in_order(key: Key) -> tuple[int, Level, tuple[tuple[bool, str], ...]]:
    level, values = key
    return -len(level), level, tuple((value is None, str(value)) for value in values)
