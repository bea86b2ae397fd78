"""Do the figures of a tab add up to their totals, only grow where they are counted up, stay once a month is over?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tallystick.checks.counted import Key, Pair, both, counting, is_over, key_of, labels_of, number, where
from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.checks.relabelled import counts_zeroed, labels_exchanged
from tallystick.nouns.expected import Figures
from tallystick.nouns.finding import Finding, Severity

_ROUNDING = Decimal("0.5")
_APART_SEVERE, _APART = Decimal("0.1"), Decimal("0.01")
_FELL_SEVERE, _FELL = Decimal("0.02"), Decimal("0.002")
_RESTATED, _RESTATED_PART, _LARGE = Decimal("0.05"), Decimal("0.1"), 1000
_GONE, _MOVED = Decimal("0.5"), Decimal("0.05")


@dataclass(frozen=True)
class _Sum:
    """A stated total and what its parts add up to."""

    total: Row
    stated: Decimal
    parts: Decimal

    @property
    def apart(self) -> Decimal:
        """How far they are apart, as a share of the larger."""
        largest = max(abs(self.stated), abs(self.parts))
        return abs(self.parts - self.stated) / largest if largest else Decimal(0)


def parts_and_total(dossier: Dossier) -> Iterator[Finding]:
    """Parts that do not add up to the total beside them: a note, a warning from 1 per cent apart, severe from 10."""
    for table, figures, _ in dossier.expecting("figures"):
        for scope, rows in dossier.by_scope(table).items():
            by_title: dict[str, list[_Sum]] = {}
            for found in _sums(rows, figures):
                by_title.setdefault(found.total[figures.by[0]], []).append(found)
            for title, sums in by_title.items():
                worst = max(sums, key=lambda found: (found.apart, abs(found.stated)))
                yield dossier.finding(
                    "parts_and_total",
                    _graded(worst.apart, _APART_SEVERE, _APART),
                    f"'{title}' in {dossier.release.name}: the parts of {labels_of(worst.total, figures)} add up to "
                    f"{number(worst.parts)}, the total says {number(worst.stated)} ({where(worst.total)})"
                    + (f", and {len(sums) - 1} more total(s) differ" if len(sums) > 1 else ""),
                    scope,
                    evidence=[
                        {"sheet": found.total.get("sheet"), "cell": found.total.get("cell"),
                         "total": found.stated, "parts": found.parts, "of": labels_of(found.total, figures)}
                        for found in sums
                    ],
                    count=len(sums),
                    next_step="see which of the cells is wrong; take the parts where they are themselves complete",
                )  # fmt: skip


def beside_the_last(dossier: Dossier) -> Iterator[Finding]:
    """What became of each figure since the release in force before: counts that fell, months that were over and say
    something else, parts of a total that moved, counts that became zero, labels that changed places."""
    for table, figures, _ in dossier.expecting("figures"):
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                now, was = (
                    {key_of(row, figures.by): row for row in counting(all_, figures)} for all_ in (rows, before)
                )
                pair = Pair(dossier, figures, scope, release, now, was)
                yield from cumulative_falls(pair)
                yield from restated_months(pair)
                yield from moved_between_parts(pair)
                yield from counts_zeroed(pair)
                yield from labels_exchanged(pair)


def cumulative_falls(pair: Pair) -> Iterator[Finding]:
    """A count that only grows within a fiscal year is lower than in the release before: a note, a warning from two in
    a thousand, severe from two in a hundred."""
    figures, value = pair.figures, pair.figures.value
    fell = [(row, was) for row, was in pair.both if row[value] < was[value] and _only_grows(row, figures)]
    if fell:
        row, was = max(fell, key=lambda found: _fall(found[0], found[1], value))
        yield pair.dossier.finding(
            "cumulative_falls",
            _graded(_fall(row, was, value), _FELL_SEVERE, _FELL),
            f"'{row[figures.by[0]]}' ({labels_of(row, figures)}) counts {number(row[value])} in "
            f"{pair.dossier.release.name} ({where(row)}) and {number(was[value])} in {pair.release.name}: a count "
            "of the fiscal year so far cannot fall",
            pair.scope,
            evidence=both(fell, figures),
            count=len(fell),
            next_step="see whether the sheet is an older one; take the later figure otherwise, and say that it fell",
        )


def restated_months(pair: Pair) -> Iterator[Finding]:
    """Figures of months that were over before the last release and that say something else now: a note; a warning
    where a total of a thousand or more moved by a twentieth a month later still, or a part of one by a tenth."""
    figures, value = pair.figures, pair.figures.value
    changed = [
        (row, was)
        for row, was in pair.both
        if abs(row[value] - was[value]) > _ROUNDING and is_over(row.get(figures.month), pair.release)
    ]
    if changed:
        heavy = [found for found in changed if _is_heavy(*found, pair) and _is_long_over(found[0], pair)]
        row, was = max(heavy or changed, key=lambda found: abs(found[0][value] - found[1][value]))
        yield pair.dossier.finding(
            "restatement",
            Severity.WARNING if heavy else Severity.NOTE,
            f"{len(changed)} figure(s) of months that were over are not in {pair.dossier.release.name} what "
            f"{pair.release.name} said: '{row[figures.by[0]]}' ({labels_of(row, figures)}) was "
            f"{number(was[value])} and is {number(row[value])} ({where(row)})",
            pair.scope,
            evidence=both(sorted(changed, key=lambda found: -abs(found[0][value] - found[1][value])), figures),
            count=len(changed),
            next_step="every record: tallystick diff",
        )


def moved_between_parts(pair: Pair) -> Iterator[Finding]:
    """A part of a total that lost half of itself and a twentieth of the total, while the total stayed: a warning,
    since people were counted under another name. A note where a new name took its place, or where it is less than
    a twentieth of the whole that the total is within: one area that changes over moves no national figure."""
    figures = pair.figures
    moved = list(_moved(pair))
    if moved:
        gone = [found for found in moved if found.new is None]
        renamed = len(gone) == len(moved) and any(found.heir for found in gone)
        worst = max(moved, key=lambda found: (not found.is_within, found.lost))
        says = f"is {number(worst.new[figures.value])} ({where(worst.new)})" if worst.new else "is there no more"
        heir = f"; '{worst.heir}' is new" if worst.heir else ""
        yield pair.dossier.finding(
            "renamed_category" if renamed else "category_gone" if worst.new is None else "moved_between_parts",
            Severity.NOTE if renamed or worst.is_within else Severity.WARNING,
            f"'{worst.row[figures.by[0]]}' ({labels_of(worst.row, figures)}) was "
            f"{number(worst.row[figures.value])} in {pair.release.name} and {says} in {pair.dossier.release.name}, "
            f"while the total stayed{heir}",
            pair.scope,
            evidence=[
                {"cell": found.row.get("cell"), "of": labels_of(found.row, figures), "was": found.row[figures.value],
                 "now": found.new[figures.value] if found.new else None}
                for found in moved
            ],
            count=len(moved),
            next_step="do not compare the parts across the two releases",
        )  # fmt: skip


@dataclass(frozen=True)
class _Move:
    """A part of a total that `lost` so much: its figure before, and now if it has one, else the label that is new.

    `is_within` says that the total is within a whole for which this is little.
    """

    row: Row
    new: Row | None
    lost: Decimal
    heir: str
    is_within: bool


def _moved(pair: Pair) -> Iterator[_Move]:
    figures, value = pair.figures, pair.figures.value
    for key, row in pair.before.items():
        new = pair.now.get(key)
        lost = row[value] - (new[value] if new else 0)
        if lost < max(row[value] * _GONE, _LARGE):
            continue
        for label, whole in _wholes(row, pair):
            total, then = pair.now.get(key_of(whole, figures.by)), whole[value]
            stayed = total is not None and abs(total[value] - then) <= then * _GONE / 5
            if stayed and lost >= then * _MOVED:
                within = lost < _whole(whole, pair)[value] * _MOVED
                yield _Move(row, new, lost, "" if new else _heir(row, label, pair), within)
                break


def _whole(row: Row, pair: Pair) -> Row:
    """The total of totals that the figure is within."""
    return next((_whole(whole, pair) for _, whole in _wholes(row, pair)), row)


def _wholes(row: Row, pair: Pair) -> Iterator[tuple[str, Row]]:
    """The totals that a figure of the release before is a part of, each with the column of labels that says so."""
    for label, part_of in pair.figures.part_of.items():
        key = key_of({**row, label: row[part_of]}, pair.figures.by) if row.get(part_of) else ()
        if key in pair.before and row[part_of] != row[label]:
            yield label, pair.before[key]


def _heir(row: Row, label: str, pair: Pair) -> str:
    """The label that is new beside the one that went, for figures alike in all else."""
    by = pair.figures.by
    alike = key_of({**row, label: ""}, by)
    new = (
        found[label]
        for key, found in pair.now.items()
        if key not in pair.before and key_of({**found, label: ""}, by) == alike
    )
    return next((str(name) for name in new if name), "")


def _sums(rows: Rows, figures: Figures) -> Iterator[_Sum]:
    """Every stated total whose parts add up to something else; where a label stands twice nothing is said."""
    counts = list(counting(rows, figures))
    totals: dict[Key, Row | None] = {}
    for row in counts:
        totals[key_of(row, figures.by)] = None if key_of(row, figures.by) in totals else row
    for label, part_of in figures.part_of.items():
        parts: dict[Key, list[Row]] = {}
        for row in counts:
            if row.get(part_of):
                parts.setdefault(key_of({**row, label: row[part_of]}, figures.by), []).append(row)
        for key, rows_of in parts.items():
            total = totals.get(key)
            if total is None or any(totals[key_of(row, figures.by)] is None for row in rows_of):
                continue
            added = sum((row[figures.value] for row in rows_of), Decimal(0))
            if abs(added - total[figures.value]) > _ROUNDING:
                yield _Sum(total, total[figures.value], added)


def _only_grows(row: Row, figures: Figures) -> bool:
    return any(_fits(row, told) for told in figures.rises)


def _fits(row: Row, told: Mapping[str, Iterable[str]]) -> bool:
    return all((row.get(column) or "") in values for column, values in told.items())


def _is_long_over(row: Row, pair: Pair) -> bool:
    """Whether the month was over for another month: what is counted late is counted by then."""
    month, day = row[pair.figures.month], pair.release.speaks_for
    return bool((day.year - month.year) * 12 + day.month - month.month > 1)


def _is_heavy(row: Row, was: Row, pair: Pair) -> bool:
    """Whether a figure of some size moved by more than late reports and a few people counted otherwise move it."""
    value, before = pair.figures.value, was[pair.figures.value]
    wholes = (whole for _, whole in _wholes(was, pair) if whole.get(pair.figures.month) == was[pair.figures.month])
    least = before * (_RESTATED if next(wholes, None) is None else _RESTATED_PART)
    return bool(before >= _LARGE and row[value] > 0 and abs(row[value] - before) >= least)


def _fall(row: Row, was: Row, value: str) -> Decimal:
    return Decimal(1 - row[value] / was[value])


def _graded(share: Decimal, severe: Decimal, warning: Decimal) -> Severity:
    if share >= severe:
        return Severity.SEVERE
    return Severity.WARNING if share >= warning else Severity.NOTE
