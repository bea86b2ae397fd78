"""Do two parts of one total stand at each other's level since the release before, however much both changed since?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from tallystick.checks.counted import Key, both, counting, key_of, labels_of, number, where
from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import Figures
from tallystick.nouns.finding import Finding, Severity

_FEWEST, _LEAST = 3, 20
_APART, _NEAR = 0.3, 0.3
_Cells = Mapping[Key, tuple[Row, Row]]
"""The figures of one label, by all other labels: each as it is, and as it was."""


def levels_exchanged(dossier: Dossier) -> Iterator[Finding]:
    """Two parts of one total, each at the level that the other had: severe, since people of one are told as the
    other's. Levels are held in logarithms, so that figures months apart are still known as their own: all distances
    crosswise are three tenths or less of those straight, and these a third on average."""
    for table, figures, _ in dossier.expecting("figures"):
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                for title, one, other, cells in _exchanged(rows, before, figures):
                    row, was = cells[0]
                    yield dossier.finding(
                        "swapped",
                        Severity.SEVERE,
                        f"'{title}' in {dossier.release.name} has under '{one}' the level that {release.name} had "
                        f"under '{other}', and the other way round: {labels_of(row, figures)} is "
                        f"{number(row[figures.value])} ({where(row)}), which was {number(was[figures.value])}",
                        scope,
                        evidence=both(cells, figures),
                        count=len(cells),
                        next_step="see which of the two releases has the rows under the right labels",
                    )


def _exchanged(now: Rows, before: Rows, figures: Figures) -> Iterator[tuple[str, str, str, list[tuple[Row, Row]]]]:
    """Title, the two labels, and the cells of both as they are and as they were."""
    was = {key_of(row, figures.by): row for row in counting(before, figures)}
    for label, part_of in figures.part_of.items():
        parts: dict[tuple[str, str], dict[str, dict[Key, tuple[Row, Row]]]] = defaultdict(lambda: defaultdict(dict))
        for row in counting(now, figures):
            then = was.get(key_of(row, figures.by))
            if row.get(part_of) and then and min(row[figures.value], then[figures.value]) >= _LEAST:
                rest = key_of({**row, label: ""}, figures.by)
                parts[row[figures.by[0]], row[part_of]][row[label]][rest] = (row, then)
        for (title, _), cells_of in parts.items():
            for one, other in combinations(sorted(cells_of), 2):
                if _changed_places(cells_of[one], cells_of[other], figures.value):
                    cells = [*cells_of[one].values(), *cells_of[other].values()]
                    yield title, one, other, cells


def _changed_places(one: _Cells, other: _Cells, value: str) -> bool:
    shared = one.keys() & other.keys()
    stayed = sum(_far(cells[key], cells[key], value) for cells in (one, other) for key in shared)
    if len(shared) < _FEWEST or stayed <= len(shared) * _APART * 2:
        return False
    crossed = sum(_far(one[key], other[key], value) + _far(other[key], one[key], value) for key in shared)
    return crossed <= stayed * _NEAR


def _far(now: tuple[Row, Row], then: tuple[Row, Row], value: str) -> float:
    """How far apart two levels are: the logarithm of how many times the one is the other."""
    return abs(float((now[0][value] / then[1][value]).ln()))
