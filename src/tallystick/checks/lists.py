"""Does a list agree with the other lists of its day, and with its own keys in the release before?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tallystick.checks.dossier import Dossier, Row, Rows, place_of
from tallystick.nouns.finding import Finding, Severity

Key = tuple[str, ...]
_FEW, _MANY = 5, 0.25
_OTHER, _OWN = 0.5, 0.2
_REVISED = 0.05


def already_listed(dossier: Dossier) -> Iterator[Finding]:
    """Keys that stand in a list which excludes them: a note, a warning where a quarter of the list (and five) do."""
    for table, declared, rows in dossier.expecting("excludes"):
        for other in declared:
            if other.table not in dossier.others:
                continue
            their, theirs = dossier.others[other.table]
            listed = _by_key(theirs, other.key)
            both = [row for row in rows if key_of(row, other.key) in listed]
            if not both:
                continue
            many = len(both) >= _FEW and len(both) >= len(rows) * _MANY
            yield dossier.finding(
                "already_listed",
                Severity.WARNING if many else Severity.NOTE,
                f"{len(both)} of the {len(rows)} rows of {dossier.release.name} are already in {their.name} "
                f"({their.speaks_for}), which they should not be in: {', '.join(key_of(both[0], other.key))}"
                + (" and others" if len(both) > 1 else ""),
                evidence=[
                    {"table": table, **place_of(row), **{name: row[name] for name in other.key},
                     "there": place_of(listed[key_of(row, other.key)])}
                    for row in both
                ],
                count=len(both),
                next_step="count a key that is in both lists once",
            )  # fmt: skip


def list_of_another(dossier: Dossier) -> Iterator[Finding]:
    """Most keys are those of another list, and few are those of the own list before: severe, since the file holds
    another list than its name says. Of a list `unlike` the other, few of the keys before are still there."""
    for table, told in dossier.source.publishes.items():
        rows = dossier.tables.get(table, ())
        before = [row for (of, _), (_, all_) in sorted(dossier.last.items()) if of == table for row in all_]
        for other in (*told.expect.excludes, *told.expect.unlike) if before and len(rows) >= _FEW else ():
            if other.table not in dossier.others:
                continue
            their, theirs = dossier.others[other.table]
            lost = other in told.expect.unlike
            own = _share(before, rows, other.key) if lost else _share(rows, before, other.key)
            foreign = _share(rows, theirs, other.key)
            if foreign >= _OTHER and own <= _OWN:
                among = "of its own list before are in it" if lost else "in its own list before"
                yield dossier.finding(
                    "list_of_another",
                    Severity.SEVERE,
                    f"{dossier.release.name} holds another list than its name says: {foreign:.0%} of its {len(rows)} "
                    f"keys are in {their.name} and {own:.0%} {among}",
                    count=len(rows),
                    next_step="get the file again; or wait until the publisher has put out the right one",
                )


def revised_value(dossier: Dossier) -> Iterator[Finding]:
    """A lasting column that says another thing of a key than the release before: a note, a warning from a twentieth
    of the keys."""
    for table, columns, _ in dossier.expecting("lasting"):
        key = dossier.source.publishes[table].key
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) in dossier.last:
                release, before = dossier.last[table, scope]
                for column in columns:
                    changed = _changed(rows, before, key, column)
                    if changed:
                        yield _revision(dossier, column, release.name, (scope, len(rows)), changed)


def several_values(dossier: Dossier) -> Iterator[Finding]:
    """A lasting column that says two things of one key within a release: a note."""
    for table, columns, rows in dossier.expecting("lasting"):
        key = dossier.source.publishes[table].key
        for column in columns:
            said: dict[Key, dict[str, Row]] = {}
            for row in rows:
                said.setdefault(key_of(row, key), {}).setdefault(str(row[column]), row)
            several = {of: values for of, values in said.items() if len(values) > 1}
            if several:
                of, values = next(iter(several.items()))
                yield dossier.finding(
                    "several_values",
                    Severity.NOTE,
                    f"{dossier.release.name} says {len(values)} things of {', '.join(of)}: {column} is "
                    f"{' and '.join(values)}" + (f", and so of {len(several) - 1} more" if len(several) > 1 else ""),
                    evidence=[
                        {**place_of(row), **dict(zip(key, of, strict=True)), column: row[column]}
                        for of, values in several.items()
                        for row in values.values()
                    ],
                    count=len(several),
                )


def _revision(
    dossier: Dossier, column: str, before: str, of: tuple[str, int], changed: Sequence[tuple[Row, Row]]
) -> Finding:
    (scope, rows), (now, was) = of, changed[0]
    return dossier.finding(
        "revised_value",
        Severity.WARNING if len(changed) >= max(_FEW, rows * _REVISED) else Severity.NOTE,
        f"{column} of {len(changed)} key(s) in {dossier.release.name} is not what {before} said, such as "
        f"{now[column]} for {was[column]} (row {place_of(now).get('row')})",
        scope,
        evidence=[{**place_of(new), "was": old[column], "now": new[column]} for new, old in changed],
        count=len(changed),
        next_step="see which is right; both stay in the archive, each for its day",
    )


def _changed(rows: Rows, before: Rows, key: Sequence[str], column: str) -> list[tuple[Row, Row]]:
    """Rows whose key stands once in both releases and says something else in `column`."""
    now, was = once(rows, key), once(before, key)
    return [(row, was[of]) for of, row in now.items() if of in was and row[column] != was[of][column]]


def once(rows: Rows, key: Sequence[str]) -> dict[Key, Row]:
    """The rows whose key no other row has, by key."""
    found: dict[Key, Row | None] = {}
    for row in rows:
        of = key_of(row, key)
        found[of] = None if of in found else row
    return {of: row for of, row in found.items() if row is not None}


def _share(rows: Sequence[Row], of: Iterable[Row], key: Sequence[str]) -> float:
    there = _by_key(of, key)
    return sum(key_of(row, key) in there for row in rows) / len(rows)


def _by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[Key, Row]:
    return {key_of(row, key): row for row in reversed(tuple(rows))}


def key_of(row: Row, key: Sequence[str]) -> Key:
    """What a row says in the columns of the key, in one case and with one space."""
    return tuple([_tidied(str(row.get(name) or "")) for name in key])


@lru_cache(maxsize=1 << 16)
def _tidied(word: str) -> str:
    # releases of one series say the same words: most are looked up, not tidied again
    return " ".join(word.casefold().split())
