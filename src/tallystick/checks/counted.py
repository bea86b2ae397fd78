"""The labelled figures of a tab, which of them count something, and those of the release before beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import Figures
from tallystick.nouns.release import Release

Key = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The counts of one scope `now` and as they were `before` in `release`, by their labels."""

    dossier: Dossier
    figures: Figures
    scope: str
    release: Release
    now: Mapping[Key, Row]
    before: Mapping[Key, Row]

    @property
    def both(self) -> Iterator[tuple[Row, Row]]:
        return ((row, self.before[key]) for key, row in self.now.items() if key in self.before)


def counting(rows: Rows, figures: Figures) -> Iterator[Row]:
    """The figures that count something, averages of counts with them; none that is blank."""
    return (row for row in rows if row[figures.value] is not None and row.get(figures.unit) in figures.counted)


def is_over(month: object, release: Release) -> bool:
    """Whether a month was over, and a fortnight for late reports past, when a release came."""
    if not isinstance(month, date):
        return False
    months = (release.speaks_for.year - month.year) * 12 + release.speaks_for.month - month.month
    return months > 1 or (months == 1 and release.speaks_for.day >= 15)


def both(pairs: Iterable[tuple[Row, Row]], figures: Figures) -> list[Row]:
    """Each figure as it is and as it was, as evidence."""
    return [
        {"sheet": row.get("sheet"), "cell": row.get("cell"), "of": f"{row[figures.by[0]]}: {labels_of(row, figures)}",
         "was": was[figures.value], "now": row[figures.value]}
        for row, was in pairs
    ]  # fmt: skip


def labels_of(row: Row, figures: Figures) -> str:
    """All labels of a figure but its title."""
    return ", ".join(str(row[name]) for name in figures.by[1:] if row.get(name))


def where(row: Row) -> str:
    return f"cell {row.get('cell')}"


def number(value: Decimal) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def key_of(row: Row, by: Iterable[str]) -> Key:
    return tuple(str(row.get(name) or "") for name in by)
