"""Does each cell of a year that is told again stand in its own row, or did a column slide past the others?"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Restates, Type

_JUDGED = (Type.TEXT, Type.CODE, Type.DATE)
# Of the actions that two captures of one year hold, at most 1 in 100 had another recipient or day in the later one.
_CHANGED, _FEWEST, _SAME = 0.05, 20, 0.6
_MOST_LOOKED_AT = 20_000


def strayed_column(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """A column that says the same values as before, of other rows: severe.

    Judged where a year is told again and twenty keys and a twentieth of them say something else than before, three
    fifths of it what other such keys said: words that are only written anew are nobody's from before.
    """
    for scope in scopes if subject.restates == Restates.SCOPE else ():
        key = _key(subject, earlier, scope)
        columns = _columns(subject, earlier, scope, key)
        if not key or not columns:
            continue
        every = max(1, subject.profiles[scope].rows // _MOST_LOOKED_AT)
        for column in _often_changed(subject, earlier, scope, key, columns, every):
            changed = _changed(subject, earlier, scope, key, column)
            (count,) = subject.query(
                f"WITH changed AS ({changed}), old AS (SELECT was, count(*) AS n FROM changed GROUP BY 1), "
                "new AS (SELECT now, count(*) AS n FROM changed GROUP BY 1) SELECT count(*) AS n, (SELECT "
                "sum(least(old.n, new.n)) FROM old JOIN new ON old.was = new.now) AS kept FROM changed"
            )
            if count["n"] < _FEWEST or (count["kept"] or 0) < count["n"] * _SAME:
                continue
            yield subject.finding(
                "shifted_column",
                Severity.SEVERE,
                f"{column} of {scope} does not stand in its own rows in {subject.release.name}: {count['n']:,} of "
                f"them say something else than in {earlier.release.name}, {count['kept']:,} what others said",
                scope,
                evidence=subject.query(f"SELECT * FROM ({changed}) ORDER BY source_row LIMIT {EVIDENCE_ROWS}"),
                count=count["n"],
                next_step="get the file again: the column slid past the others, or was sorted without them",
            )


def _key(subject: Subject, earlier: Subject, scope: str) -> list[str]:
    """The columns that tell a row of both releases, where every row fills them."""
    return [
        name
        for name in subject.publication.key
        if all(held.profiles[scope].filled[name] == held.profiles[scope].rows for held in (subject, earlier))
    ]


def _columns(subject: Subject, earlier: Subject, scope: str, key: list[str]) -> list[str]:
    return [
        name
        for name, column in subject.publication.columns.items()
        if column.type in _JUDGED
        and name not in key
        and all(held.profiles[scope].filled[name] for held in (subject, earlier))
    ]


def _often_changed(
    subject: Subject, earlier: Subject, scope: str, key: list[str], columns: list[str], every: int
) -> list[str]:
    """The columns of which a twentieth of the keys say something else; of many keys one of `every` is looked at."""
    shares = ", ".join(f"avg((new.{named(c)} IS DISTINCT FROM old.{named(c)})::INT) AS {named(c)}" for c in columns)
    new, old = (_by_key(held, scope, key, columns, every) for held in (subject, earlier))
    (row,) = subject.query(f"SELECT {shares} FROM ({new}) new JOIN ({old}) old USING ({_names(key)})")
    return [column for column in columns if (row[column] or 0) >= _CHANGED]


def _changed(subject: Subject, earlier: Subject, scope: str, key: list[str], column: str) -> str:
    """The SELECT of keys whose `column` says something else: the key, member, source_row, was, now."""
    new, old = (_by_key(held, scope, key, [column, "member", "source_row"], 1) for held in (subject, earlier))
    return (
        f"SELECT {_names(key)}, new.member, new.source_row, old.{named(column)} AS was, new.{named(column)} AS now "
        f"FROM ({new}) new JOIN ({old}) old USING ({_names(key)}) "
        f"WHERE old.{named(column)} IS DISTINCT FROM new.{named(column)}"
    )


def _by_key(held: Subject, scope: str, key: list[str], columns: list[str], every: int) -> str:
    """The rows of a scope that alone have their key."""
    cells = ", ".join(f"any_value({named(c)}) AS {named(c)}" for c in columns)
    some = f" AND hash({_names(key)}) % {every} = 0" if every > 1 else ""
    return (
        f"SELECT {_names(key)}, {cells} FROM {held.rows} WHERE scope = {quoted(scope)}{some} "
        f"GROUP BY {_names(key)} HAVING count(*) = 1"
    )


def _names(key: list[str]) -> str:
    return ", ".join(map(named, key))
