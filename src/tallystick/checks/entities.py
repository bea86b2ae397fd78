"""Do the rows of things, such as facilities, agree with themselves, with other tables and with the rows before?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.nouns.expected import AddsUp, Entities
from tallystick.nouns.finding import Finding, Severity

_SEVERE, _SEVERE_ACROSS = 5, 2
_UNIT = Decimal(1)
_ROWS_TO_JUDGE_BY = 20
_LEFT, _FEW = 0.2, 5
_SWAPPED = Decimal("0.3")


def columns_apart(dossier: Dossier) -> Iterator[Finding]:
    """Groups of columns that break one total down and add up to different things: a warning, severe where they are
    five times further apart than they may be."""
    for table, declared, _ in dossier.expecting("adds_up"):
        for scope, rows in dossier.by_scope(table).items():
            for told in declared:
                yield from _apart(dossier, told, scope, rows)


def tables_apart(dossier: Dossier) -> Iterator[Finding]:
    """A sum over one table that is not the figure another table states: a warning, severe where they are twice as
    far apart as they may be."""
    for table, declared, _ in dossier.expecting("across"):
        for scope, rows in dossier.by_scope(table).items():
            for told in declared:
                year = rows[0].get(told.year)
                stated = [
                    row
                    for row in dossier.tables.get(told.table, ())
                    if row.get(told.year) == year and all(row.get(c) == v for c, v in told.where.items())
                ]
                added = _total(rows, told.columns)
                if not stated or not added or not stated[0][told.value]:
                    continue
                says = stated[0][told.value]
                apart = abs(added - says) / max(added, says)
                if apart > told.apart:
                    severe = apart > Decimal(str(told.apart)) * _SEVERE_ACROSS
                    yield dossier.finding(
                        "tables_apart",
                        Severity.SEVERE if severe else Severity.WARNING,
                        f"{dossier.release.name}: {told.says}; {scope} adds up to {added:,.0f}, and "
                        f"'{stated[0].get('sheet')}' says {says:,.0f} (cell {stated[0].get('cell')})",
                        scope,
                        evidence=[{"scope": scope, "adds_up_to": round(added, 2), "stated": says,
                                   "sheet": stated[0].get("sheet"), "cell": stated[0].get("cell")}],
                        count=1,
                        next_step="see which of the two sheets is of another day",
                    )  # fmt: skip


def merged_by_name(dossier: Dossier) -> Iterator[Finding]:
    """Things of one name in several places with the very same numbers: a warning, since a join by name alone gave
    one of them to all."""
    for table, entities, _ in dossier.expecting("entities"):
        for scope, rows in dossier.by_scope(table).items():
            alike: dict[tuple[object, ...], list[Row]] = {}
            for row in rows:
                counts = tuple(row[name] for name in entities.counts)
                if sum(count or 0 for count in counts) > 0:
                    alike.setdefault((_name(row[entities.name]), *counts), []).append(row)
            twice = [all_ for all_ in alike.values() if len({_place(row, entities) for row in all_}) > 1]
            if twice:
                first = twice[0]
                places = " and ".join(_place(row, entities) for row in first)
                yield dossier.finding(
                    "merged_by_name",
                    Severity.WARNING,
                    f"{dossier.release.name} gives {first[0][entities.name]} the same numbers in {places}"
                    + (f", and so {len(twice) - 1} more" if len(twice) > 1 else "")
                    + ": the numbers of one place stand twice",
                    scope,
                    evidence=[
                        {"sheet": row.get("sheet"), "row": row.get("sheet_row"), "name": row[entities.name],
                         "place": _place(row, entities), "all": _total((row,), entities.counts)}
                        for all_ in twice
                        for row in all_
                    ],
                    count=sum(map(len, twice)),
                    next_step="count such a place once; ask the publisher whose numbers they are",
                )  # fmt: skip


def renamed_or_removed(dossier: Dossier) -> Iterator[Finding]:
    """Things of the release before that bear another name (a note), or are no more (a warning from a fifth)."""
    for scope, entities, rows, (before, was) in _beside(dossier):
        new = _by_name(rows, entities).keys() - _by_name(was, entities).keys()
        gone = _by_name(was, entities).keys() - _by_name(rows, entities).keys()
        named = dict(_renamed(_by_name(was, entities), gone, _by_name(rows, entities), new, entities))
        removed = sorted(gone - named.keys())
        if named:
            old, now = next(iter(named.items()))
            yield dossier.finding(
                "renamed",
                Severity.NOTE,
                f"{len(named)} of {before} bear another name in {dossier.release.name}: {old[0]} is {now[0]}",
                scope,
                evidence=[{"was": " ".join(a), "now": " ".join(b)} for a, b in named.items()],
                count=len(named),
            )
        if removed:
            share = len(removed) / max(1, len(was))
            lost = sum((_total((_by_name(was, entities)[name],), entities.counts) for name in removed), Decimal(0))
            yield dossier.finding(
                "removed",
                Severity.WARNING if share >= _LEFT and len(removed) >= _FEW else Severity.NOTE,
                f"{len(removed)} of the {len(was)} in {before} are not in {dossier.release.name}: {removed[0][0]}"
                + (" and others" if len(removed) > 1 else ""),
                scope,
                evidence=[{"name": name[0], "place": name[1]} for name in removed],
                count=len(removed),
                next_step=f"what they had in all: {lost:,.1f}" if lost else "",
            )


def column_zeroed(dossier: Dossier) -> Iterator[Finding]:
    """A column of numbers that lost nine tenths of its sum or all of it while the others did not: severe."""
    for scope, entities, rows, (before, was) in _beside(dossier):
        if len(rows) < _ROWS_TO_JUDGE_BY:
            continue
        sums = {name: (_total(was, [name]), _total(rows, [name])) for name in entities.counts}
        kept = [now / old for old, now in sums.values() if old]
        usual = sorted(kept)[len(kept) // 2] if kept else Decimal(0)
        for name, (old, now) in sums.items():
            if old >= _ROWS_TO_JUDGE_BY and now <= old * usual / 10:
                yield dossier.finding(
                    "column_zeroed",
                    Severity.SEVERE,
                    f"{name} adds up to {now:,.1f} in {dossier.release.name}; it was {old:,.1f} in {before}, and "
                    "other columns went on",
                    scope,
                    evidence=[{"column": name, "was": round(old, 2), "now": round(now, 2)}],
                    count=len(rows),
                    next_step="see whether the column was emptied, moved or counted otherwise",
                )


def numbers_swapped(dossier: Dossier) -> Iterator[Finding]:
    """Two columns of numbers that changed places: each thing's number is near to what it had in the other: severe."""
    for scope, entities, rows, (before, was) in _beside(dossier):
        old = _by_name(was, entities)
        pairs = [(row, old[key]) for key, row in _by_name(rows, entities).items() if key in old]
        if len(pairs) < _ROWS_TO_JUDGE_BY:
            continue
        for n, one in enumerate(entities.counts):
            for other in entities.counts[n + 1 :]:
                if _changed_places(pairs, one, other):
                    yield dossier.finding(
                        "swapped_columns",
                        Severity.SEVERE,
                        f"{one} and {other} changed places between {before} and {dossier.release.name}",
                        scope,
                        evidence=[
                            {"row": row.get("sheet_row"), "name": row[entities.name],
                             one: row[one], other: row[other], "before": f"{then[one]}, {then[other]}"}
                            for row, then in pairs[:5]
                        ],
                        count=len(pairs),
                        next_step="see whether the publisher changed the order of its columns",
                    )  # fmt: skip


def _apart(dossier: Dossier, told: AddsUp, scope: str, rows: Rows) -> Iterator[Finding]:
    sums = {name: _total(rows, columns) for name, columns in told.parts.items()}
    filled = {name: added for name, added in sums.items() if added}
    if len(filled) < 2:
        return
    apart = (max(filled.values()) - min(filled.values())) / max(filled.values())
    limit = Decimal(str(told.apart))
    if apart > limit:
        wrong = [row for row in rows if _row_apart(row, told, limit)]
        yield dossier.finding(
            "columns_apart",
            Severity.SEVERE if apart > limit * _SEVERE else Severity.WARNING,
            f"{dossier.release.name}: {told.says}; in {scope} "
            + ", ".join(f"{name} adds up to {added:,.0f}" for name, added in filled.items()),
            scope,
            evidence=[
                {"sheet": row.get("sheet"), "row": row.get("sheet_row"), "name": row.get("name"),
                 **{name: round(_total((row,), columns), 2) for name, columns in told.parts.items()}}
                for row in wrong
            ],
            count=len(wrong),
            next_step="take the columns that agree with the other tabs; the other group was cut or shifted",
        )  # fmt: skip


def _row_apart(row: Row, told: AddsUp, limit: Decimal) -> bool:
    sums = [_total((row,), columns) for columns in told.parts.values()]
    return max(sums) - min(sums) > max(sums) * limit + _UNIT


def _beside(dossier: Dossier) -> Iterator[tuple[str, Entities, Rows, tuple[str, Rows]]]:
    for table, entities, _ in dossier.expecting("entities"):
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                yield scope, entities, rows, (release.name, before)


def _changed_places(pairs: Sequence[tuple[Row, Row]], one: str, other: str) -> bool:
    def far(now: str, then: str) -> Decimal:
        return sum((abs((row[now] or 0) - (was[then] or 0)) for row, was in pairs), Decimal(0))

    stayed, went = far(one, one) + far(other, other), far(one, other) + far(other, one)
    return stayed > _ROWS_TO_JUDGE_BY and went < stayed * _SWAPPED


def _renamed(
    was: Mapping[tuple[str, str], Row],
    gone: set[tuple[str, str]],
    now: Mapping[tuple[str, str], Row],
    new: set[tuple[str, str]],
    entities: Entities,
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Things that went and came at one place, one each, with nearly the same numbers."""
    went, came = Counter(place for _, place in gone), Counter(place for _, place in new)
    for old in sorted(gone):
        for named in sorted(new):
            alone = went[old[1]] == 1 and came[named[1]] == 1
            if alone and old[1] == named[1] and _is_near(was[old], now[named], entities.counts):
                yield old, named


def _is_near(was: Row, now: Row, counts: Sequence[str]) -> bool:
    before, after = _total((was,), counts), _total((now,), counts)
    return abs(before - after) <= max(before, after) * _SWAPPED


def _by_name(rows: Rows, entities: Entities) -> dict[tuple[str, str], Row]:
    return {(_name(row[entities.name]), _place(row, entities)): row for row in rows}


def _name(name: object) -> str:
    return " ".join(str(name or "").upper().split())


def _place(row: Row, entities: Entities) -> str:
    return ", ".join(_name(row[column]) for column in entities.place if row.get(column))


def _total(rows: Sequence[Row], columns: Sequence[str]) -> Decimal:
    return sum((Decimal(row[name]) for row in rows for name in columns if row.get(name) is not None), Decimal(0))
