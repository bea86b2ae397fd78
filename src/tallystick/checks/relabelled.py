"""Did counts of a time that is over become zero, or did two labels change places, since the release before?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from math import log

from tallystick.checks.counted import Key, Pair, both, is_over, key_of, labels_of, number, where
from tallystick.checks.dossier import Row
from tallystick.nouns.finding import Finding, Severity

_Cells = dict[Key, tuple[Row, Row]]
_FEWEST = 3
_LEAST = 10
_APART, _NEAR = 0.3, 0.3


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
    """Two labels whose figures stand each at the level of the other's: severe where both are parts of one total,
    since each group's people would be told as the other's; else a warning.

    Levels are held in logarithms, so that figures months apart are still known as their own: all distances crosswise
    are three tenths or less of those straight, and these three tenths on average.
    """
    figures = pair.figures
    for column, part_of in figures.part_of.items():
        for title, (one, other), cells in _exchanged(pair, column):
            row, was = cells[0]
            yield pair.dossier.finding(
                "labels_exchanged",
                Severity.SEVERE if all(now.get(part_of) for now, _ in cells) else Severity.WARNING,
                f"'{title}' in {pair.dossier.release.name} has under '{one}' the level that {pair.release.name} had "
                f"under '{other}', and the other way round: {labels_of(row, figures)} is "
                f"{number(row[figures.value])} ({where(row)}), which was {number(was[figures.value])}",
                pair.scope,
                evidence=both(cells, figures),
                count=len(cells),
                next_step="see which of the two releases has the labels right: a part is never above its whole",
            )


def _exchanged(pair: Pair, column: str) -> Iterator[tuple[str, tuple[str, str], list[tuple[Row, Row]]]]:
    """Titles and two labels of `column` that changed places, with their figures as they are and as they were."""
    series: dict[str, dict[str, _Cells]] = {}
    value, title = pair.figures.value, pair.figures.by[0]
    for row, was in pair.both:
        if row[column] and min(row[value], was[value]) >= _LEAST:
            rest = key_of({**row, column: ""}, pair.figures.by)
            series.setdefault(row[title], {}).setdefault(row[column], {})[rest] = (row, was)
    for told, labels in series.items():
        for one, other in combinations(sorted(labels), 2):
            shared = sorted(labels[one].keys() & labels[other].keys())
            if _changed_places(labels[one], labels[other], shared, value):
                yield told, (one, other), [labels[name][key] for key in shared for name in (one, other)]


def _changed_places(one: _Cells, other: _Cells, shared: Sequence[Key], value: str) -> bool:
    if len(shared) < _FEWEST:
        return False
    stayed = sum(_far(cells[key], cells[key], value) for cells in (one, other) for key in shared)
    if stayed <= len(shared) * _APART * 2:
        return False
    crossed = sum(_far(one[key], other[key], value) + _far(other[key], one[key], value) for key in shared)
    return crossed <= stayed * _NEAR


def _far(now: tuple[Row, Row], then: tuple[Row, Row], value: str) -> float:
    """How far apart two levels are: the logarithm of how many times the one is the other."""
    return abs(log(now[0][value] / then[1][value]))


def _is_of_a_time(row: Row, pair: Pair) -> bool:
    return is_over(row.get(pair.figures.month), pair.release) or bool(row.get(pair.figures.period))


def _is_revised_away(row: Row, was: Row, pair: Pair) -> bool:
    """Whether a count of one or two went as late corrections go, where its title has other counts yet."""
    title, value = pair.figures.by[0], pair.figures.value
    others = any(now[value] for now in pair.now.values() if now[title] == row[title])
    return was[value] < _FEWEST and others
