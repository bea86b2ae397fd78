"""Shapes: which tables of counts are made of the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

Level = tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """Which tables are made of rows: `dimensions` from the finest column to the coarsest, and the `finest` tables.

    A table is named by its columns, at most one of each dimension. With each finest table stand all that are coarser:
    {day, area} brings day, month by area, month, area and the one total.
    """

    dimensions: tuple[tuple[str, ...], ...]
    finest: tuple[frozenset[str], ...]

    @property
    def tables(self) -> tuple[Level, ...]:
        """The columns of every table, each once, the finest first."""
        found: dict[tuple[int, ...], None] = {}
        for one in self.finest:
            spans = [range(self._depth(dimension, one), len(dimension) + 1) for dimension in self.dimensions]
            found.update(dict.fromkeys(product(*spans)))
        return tuple(self._named(depths) for depths in sorted(found))

    def coarser(self, level: Level) -> Iterator[Level]:
        """The tables one step coarser than `level`, by each dimension it has."""
        for dimension in self.dimensions:
            for place, column in enumerate(dimension):
                if column in level:
                    above = dimension[place + 1 : place + 2]
                    kept = {*level, *above} - {column}
                    yield tuple(name for names in self.dimensions for name in names if name in kept)

    def _depth(self, dimension: tuple[str, ...], table: frozenset[str]) -> int:
        return next((place for place, column in enumerate(dimension) if column in table), len(dimension))

    def _named(self, depths: Sequence[int]) -> Level:
        pairs = zip(self.dimensions, depths, strict=True)
        return tuple(dimension[depth] for dimension, depth in pairs if depth < len(dimension))
