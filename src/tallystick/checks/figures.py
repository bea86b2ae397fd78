"""Do the figures of a tab add up to their totals, only grow where they are counted up, stay once a month is over?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import Figures
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

Key = tuple[str, ...]
_ROUNDING = Decimal("0.5")
_APART_SEVERE, _APART = Decimal("0.1"), Decimal("0.01")
_FELL_SEVERE, _FELL = Decimal("0.02"), Decimal("0.002")
_RESTATED, _LARGE = Decimal("0.05"), 1000
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
                    f"'{title}' in {dossier.release.name}: the parts of {_label(worst.total, figures)} add up to "
                    f"{_number(worst.parts)}, the total says {_number(worst.stated)} ({_where(worst.total)})"
                    + (f", and {len(sums) - 1} more total(s) differ" if len(sums) > 1 else ""),
                    scope,
                    evidence=[
                        {"sheet": found.total.get("sheet"), "cell": found.total.get("cell"),
                         "total": found.stated, "parts": found.parts, "of": _label(found.total, figures)}
                        for found in sums
                    ],
                    count=len(sums),
                    next_step="see which of the cells is wrong; take the parts where they are themselves complete",
                )  # fmt: skip


def beside_the_last(dossier: Dossier) -> Iterator[Finding]:
    """What became of each figure since the release in force before: counts that fell, months that were over and say
    something else, parts of a total that moved."""
    for table, figures, _ in dossier.expecting("figures"):
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                now, was = ({_key(row, figures.by): row for row in _counts(all_, figures)} for all_ in (rows, before))
                pair = _Pair(dossier, figures, scope, release, now, was)
                yield from cumulative_falls(pair)
                yield from restated_months(pair)
                yield from moved_between_parts(pair)


@dataclass(frozen=True)
class _Pair:
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


def cumulative_falls(pair: _Pair) -> Iterator[Finding]:
    """A count that only grows within a fiscal year is lower than in the release before: a note, a warning from two in
    a thousand, severe from two in a hundred."""
    figures, value = pair.figures, pair.figures.value
    fell = [(row, was) for row, was in pair.both if row[value] < was[value] and _only_grows(row, figures)]
    if fell:
        row, was = max(fell, key=lambda found: _fall(found[0], found[1], value))
        yield pair.dossier.finding(
            "cumulative_falls",
            _graded(_fall(row, was, value), _FELL_SEVERE, _FELL),
            f"'{row[figures.by[0]]}' ({_label(row, figures)}) counts {_number(row[value])} in "
            f"{pair.dossier.release.name} ({_where(row)}) and {_number(was[value])} in {pair.release.name}: a count "
            "of the fiscal year so far cannot fall",
            pair.scope,
            evidence=_both(fell, figures),
            count=len(fell),
            next_step="see whether the sheet is an older one; take the later figure otherwise, and say that it fell",
        )


def restated_months(pair: _Pair) -> Iterator[Finding]:
    """Figures of months that were over before the last release and that say something else now: a note, a warning
    where one of a thousand or more moved by a twentieth a month later still."""
    figures, value = pair.figures, pair.figures.value
    changed = [
        (row, was)
        for row, was in pair.both
        if abs(row[value] - was[value]) > _ROUNDING and _is_over(row.get(figures.month), pair.release)
    ]
    if changed:
        heavy = [found for found in changed if _is_heavy(*found, value) and _is_long_over(found[0], pair)]
        row, was = max(heavy or changed, key=lambda found: abs(found[0][value] - found[1][value]))
        yield pair.dossier.finding(
            "restatement",
            Severity.WARNING if heavy else Severity.NOTE,
            f"{len(changed)} figure(s) of months that were over are not in {pair.dossier.release.name} what "
            f"{pair.release.name} said: '{row[figures.by[0]]}' ({_label(row, figures)}) was "
            f"{_number(was[value])} and is {_number(row[value])} ({_where(row)})",
            pair.scope,
            evidence=_both(sorted(changed, key=lambda found: -abs(found[0][value] - found[1][value])), figures),
            count=len(changed),
            next_step="every record: tallystick diff",
        )


def moved_between_parts(pair: _Pair) -> Iterator[Finding]:
    """A part of a total that lost half of itself and a twentieth of the total, while the total stayed: a warning,
    since people were counted under another name. Where a new name took its place: a note."""
    figures = pair.figures
    moved = list(_moved(pair))
    if moved:
        gone = [found for found in moved if found.new is None]
        renamed = len(gone) == len(moved) and any(found.heir for found in gone)
        worst = max(moved, key=lambda found: found.lost)
        says = f"is {_number(worst.new[figures.value])} ({_where(worst.new)})" if worst.new else "is there no more"
        heir = f"; '{worst.heir}' is new" if worst.heir else ""
        yield pair.dossier.finding(
            "renamed_category" if renamed else "category_gone" if worst.new is None else "moved_between_parts",
            Severity.NOTE if renamed else Severity.WARNING,
            f"'{worst.row[figures.by[0]]}' ({_label(worst.row, figures)}) was {_number(worst.row[figures.value])} in "
            f"{pair.release.name} and {says} in {pair.dossier.release.name}, while the total stayed{heir}",
            pair.scope,
            evidence=[
                {"cell": found.row.get("cell"), "of": _label(found.row, figures), "was": found.row[figures.value],
                 "now": found.new[figures.value] if found.new else None}
                for found in moved
            ],
            count=len(moved),
            next_step="do not compare the parts across the two releases",
        )  # fmt: skip


@dataclass(frozen=True)
class _Move:
    """A part of a total that `lost` so much: its figure before, and now if it has one, else the label that is new."""

    row: Row
    new: Row | None
    lost: Decimal
    heir: str


def _moved(pair: _Pair) -> Iterator[_Move]:
    figures, value = pair.figures, pair.figures.value
    for key, row in pair.before.items():
        new = pair.now.get(key)
        lost = row[value] - (new[value] if new else 0)
        if lost < max(row[value] * _GONE, _LARGE):
            continue
        for label, part_of in figures.part_of.items():
            total_key = _key({**row, label: row[part_of]}, figures.by) if row.get(part_of) else ()
            if total_key not in pair.before or total_key not in pair.now:
                continue
            total = pair.before[total_key][value]
            stayed = abs(pair.now[total_key][value] - total) <= total * _GONE / 5
            if stayed and lost >= total * _MOVED:
                yield _Move(row, new, lost, "" if new else _heir(row, label, pair))
                break


def _heir(row: Row, label: str, pair: _Pair) -> str:
    """The label that is new beside the one that went, for figures alike in all else."""
    by = pair.figures.by
    alike = _key({**row, label: ""}, by)
    new = (
        found[label]
        for key, found in pair.now.items()
        if key not in pair.before and _key({**found, label: ""}, by) == alike
    )
    return next((str(name) for name in new if name), "")


def _sums(rows: Rows, figures: Figures) -> Iterator[_Sum]:
    """Every stated total whose parts add up to something else; where a label stands twice nothing is said."""
    counts = list(_counts(rows, figures))
    totals: dict[Key, Row | None] = {}
    for row in counts:
        totals[_key(row, figures.by)] = None if _key(row, figures.by) in totals else row
    for label, part_of in figures.part_of.items():
        parts: dict[Key, list[Row]] = {}
        for row in counts:
            if row.get(part_of):
                parts.setdefault(_key({**row, label: row[part_of]}, figures.by), []).append(row)
        for key, rows_of in parts.items():
            total = totals.get(key)
            if total is None or any(totals[_key(row, figures.by)] is None for row in rows_of):
                continue
            added = sum((row[figures.value] for row in rows_of), Decimal(0))
            if abs(added - total[figures.value]) > _ROUNDING:
                yield _Sum(total, total[figures.value], added)


def _counts(rows: Rows, figures: Figures) -> Iterator[Row]:
    return (row for row in rows if row[figures.value] is not None and row.get(figures.unit) in figures.counted)


def _only_grows(row: Row, figures: Figures) -> bool:
    return any(_fits(row, told) for told in figures.rises)


def _fits(row: Row, told: Mapping[str, Iterable[str]]) -> bool:
    return all((row.get(column) or "") in values for column, values in told.items())


def _is_over(month: object, release: Release) -> bool:
    """Whether a month was over, and a fortnight for late reports past, when a release came."""
    if not isinstance(month, date):
        return False
    months = (release.speaks_for.year - month.year) * 12 + release.speaks_for.month - month.month
    return months > 1 or (months == 1 and release.speaks_for.day >= 15)


def _is_long_over(row: Row, pair: _Pair) -> bool:
    """Whether the month was over for another month: what is counted late is counted by then."""
    month, day = row[pair.figures.month], pair.release.speaks_for
    return bool((day.year - month.year) * 12 + day.month - month.month > 1)


def _is_heavy(row: Row, was: Row, value: str) -> bool:
    return bool(was[value] >= _LARGE and abs(row[value] - was[value]) >= was[value] * _RESTATED)


def _fall(row: Row, was: Row, value: str) -> Decimal:
    return Decimal(1 - row[value] / was[value])


def _graded(share: Decimal, severe: Decimal, warning: Decimal) -> Severity:
    if share >= severe:
        return Severity.SEVERE
    return Severity.WARNING if share >= warning else Severity.NOTE


def _both(pairs: Iterable[tuple[Row, Row]], figures: Figures) -> list[Row]:
    return [
        {"sheet": row.get("sheet"), "cell": row.get("cell"), "of": f"{row[figures.by[0]]}: {_label(row, figures)}",
         "was": was[figures.value], "now": row[figures.value]}
        for row, was in pairs
    ]  # fmt: skip


def _label(row: Row, figures: Figures) -> str:
    return ", ".join(str(row[name]) for name in figures.by[1:] if row.get(name))


def _where(row: Row) -> str:
    return f"cell {row.get('cell')}"


def _number(value: Decimal) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _key(row: Row, by: Iterable[str]) -> Key:
    return tuple(str(row.get(name) or "") for name in by)
