"""Do the months of a row stand one column away from where the release before had them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from tallystick.checks.counted import Key, both, counting, is_over, key_of, labels_of, number, where
from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import Figures
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

_FEWEST, _LEAST_APART = 3, 20
_ALIKE = Decimal("0.1")
_Months = dict[int, Row]
_Cells = list[tuple[Row, Row]]
"""A figure as it is, and what the release before had for a month beside it."""


def months_shifted(dossier: Dossier) -> Iterator[Finding]:
    """Rows whose months that were over say what the release before said of the month beside each: severe, since every
    month of them is told as another's."""
    for table, figures, _ in dossier.expecting("figures"):
        for scope, rows in dossier.by_scope(table).items():
            if figures.month and (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                for title, cells in _shifted(rows, before, figures, release).items():
                    row, was = max(cells, key=lambda pair: Decimal(pair[0][figures.value]))
                    yield dossier.finding(
                        "shifted_column",
                        Severity.SEVERE,
                        f"'{title}' in {dossier.release.name} stands a month away from where {release.name} had it: "
                        f"{number(row[figures.value])} ({labels_of(row, figures)}, {where(row)}) was said of "
                        f"{was[figures.month]:%B %Y}",
                        scope,
                        evidence=both(cells, figures),
                        count=len(cells),
                        next_step="see which of the two has the months under the right heads",
                    )


def _shifted(now: Rows, before: Rows, figures: Figures, release: Release) -> Mapping[str, _Cells]:
    """By title, the cells of its rows that moved by one month to either side."""
    found: dict[str, _Cells] = {}
    series, were = (_series(rows, figures) for rows in (now, before))
    for key, months in series.items():
        for step in (1, -1):
            cells = list(_beside(months, were.get(key, {}), step, figures, release))
            if _is_moved(cells, were.get(key, {}), figures):
                found.setdefault(str(cells[0][0][figures.by[0]]), []).extend(cells)
    return found


def _series(rows: Rows, figures: Figures) -> dict[Key, _Months]:
    """Counts by month, of each row of labels."""
    found: dict[Key, _Months] = {}
    by = [name for name in figures.by if name != figures.month]
    heads = _heads(rows, figures)
    for row in counting(rows, figures):
        if isinstance(row.get(figures.month), date):
            rest = {**row, **dict.fromkeys(heads, "")}
            found.setdefault(key_of(rest, by), {})[_number_of(row[figures.month])] = row
    return found


def _heads(rows: Iterable[Row], figures: Figures) -> list[str]:
    """The labels that only say the month again: one for each month, and another for another."""
    said: dict[str, set[tuple[str, int]]] = {name: set() for name in figures.part_of}
    for row in rows:
        if isinstance(row.get(figures.month), date):
            for name, pairs in said.items():
                pairs.add((str(row.get(name) or ""), row[figures.month].month))
    return [
        name
        for name, pairs in said.items()
        if len(pairs) == len({word for word, _ in pairs}) == len({month for _, month in pairs})
    ]


def _beside(
    now: _Months, before: _Months, step: int, figures: Figures, release: Release
) -> Iterator[tuple[Row, Row]]:
    """Figures now and the ones before of the month beside, where both months were over by then."""
    for month, row in now.items():
        other = before.get(month - step)
        if other and month in before and all(is_over(cell[figures.month], release) for cell in (row, other)):
            yield row, other


def _is_moved(cells: _Cells, before: _Months, figures: Figures) -> bool:
    """Whether the figures are those of the months beside, and far from those of their own."""
    value = figures.value
    own = [before[_number_of(row[figures.month])] for row, _ in cells]
    went = sum((abs(row[value] - was[value]) for row, was in cells), Decimal(0))
    stayed = sum((abs(row[value] - was[value]) for (row, _), was in zip(cells, own, strict=True)), Decimal(0))
    return len(cells) >= _FEWEST and stayed > _LEAST_APART and went <= stayed * _ALIKE


def _number_of(month: date) -> int:
    return month.year * 12 + month.month
