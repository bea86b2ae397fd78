"""Did counts of a time that is over become zero, or did two labels change places, since the release before?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tallystick.checks.counted import Key, Pair, both, is_over, key_of, labels_of, number, where
from tallystick.checks.dossier import Row
from tallystick.nouns.finding import Finding, Severity

_Cells = dict[Key, tuple[Row, Row]]
_FEWEST = 3
_EXCHANGED, _LEAST_APART = Decimal("0.1"), 20


def counts_zeroed(pair: Pair) -> Iterator[Finding]:
    """Counts of a month that was over, or of a fiscal year or quarter, that were above zero and are zero: a warning.

    What happened in a time cannot come undone; numbers of those held on a day may well become zero.
    """
    value = pair.figures.value
    gone = [
        (row, was)
        for row, was in pair.both
        if not row[value] and was[value] >= 1 and _is_of_a_time(row, pair) and not _is_revised_away(row, was, pair)
    ]
    if gone:
        row, was = max(gone, key=lambda found: Decimal(found[1][value]))
        title = row[pair.figures.by[0]]
        yield pair.dossier.finding(
            "counts_zeroed",
            Severity.WARNING,
            f"{len(gone)} count(s) of a time that was told before are 0 in {pair.dossier.release.name}, such as "
            f"'{title}' ({labels_of(row, pair.figures)}, {where(row)}), which was {number(was[value])} in "
            f"{pair.release.name}",
            pair.scope,
            evidence=both(sorted(gone, key=lambda found: -found[1][value]), pair.figures),
            count=len(gone),
            next_step="take the figure of the release before; a zero here says that nothing was filled in",
        )


def labels_exchanged(pair: Pair) -> Iterator[Finding]:
    """Two labels whose figures are each near to what the other's were, and far from their own: severe where both are
    parts of one total, since each group's people would be told as the other's; else a warning."""
    for column in pair.figures.part_of:
        for title, (one, other), cells in _exchanged(pair, column):
            row, was, now = cells[0][0], cells[0][1], pair.dossier.release.name
            parts = all(cell.get(pair.figures.part_of[column]) for told in cells for cell in told[:1])
            yield pair.dossier.finding(
                "labels_exchanged",
                Severity.SEVERE if parts else Severity.WARNING,
                f"'{title}' in {now} has under '{one}' what {pair.release.name} had under '{other}', and the other "
                f"way round: {number(row[pair.figures.value])} ({where(row)}), which was "
                f"{number(was[pair.figures.value])}",
                pair.scope,
                evidence=both(cells, pair.figures),
                count=len(cells),
                next_step="see which of the two releases has the labels right: a part is never above its whole",
            )


def _exchanged(pair: Pair, column: str) -> Iterator[tuple[str, tuple[str, str], list[tuple[Row, Row]]]]:
    """Titles and two labels of `column` that changed places, with the figures now and before of the first and of the
    second."""
    series: dict[str, dict[str, _Cells]] = {}
    value, title = pair.figures.value, pair.figures.by[0]
    for row, was in pair.both:
        if row[column] and row[value] and was[value]:
            rest = key_of({**row, column: ""}, pair.figures.by)
            series.setdefault(row[title], {}).setdefault(row[column], {})[rest] = (row, was)
    for told, labels in series.items():
        moved = sorted(label for label, cells in labels.items() if _moved(cells, cells, value) > _LEAST_APART)
        for n, one in enumerate(moved):
            for other in moved[n + 1 :]:
                if _changed_places(labels[one], labels[other], value):
                    shared = sorted(labels[one].keys() & labels[other].keys())
                    cells = [labels[name][key] for key in shared for name in (one, other)]
                    yield told, (one, other), cells


def _changed_places(one: _Cells, other: _Cells, value: str) -> bool:
    shared = one.keys() & other.keys()
    if len(shared) < _FEWEST:
        return False
    a, b = ({key: cells[key] for key in shared} for cells in (one, other))
    stayed = _moved(a, a, value) + _moved(b, b, value)
    return _moved(a, b, value) + _moved(b, a, value) <= stayed * _EXCHANGED


def _moved(now: _Cells, then: _Cells, value: str) -> Decimal:
    """How far the figures of one label now lie, all together, from those of another before."""
    return sum((abs(now[key][0][value] - then[key][1][value]) for key in now), Decimal(0))


def _is_of_a_time(row: Row, pair: Pair) -> bool:
    return is_over(row.get(pair.figures.month), pair.release) or bool(row.get(pair.figures.period))


def _is_revised_away(row: Row, was: Row, pair: Pair) -> bool:
    """Whether a count of one or two went as late corrections go, where its title has other counts yet."""
    title, value = pair.figures.by[0], pair.figures.value
    others = any(now[value] for now in pair.now.values() if now[title] == row[title])
    return was[value] < _FEWEST and others
