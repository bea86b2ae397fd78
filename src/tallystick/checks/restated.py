"""Which records changed since the release in force before, and what that did to the total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tallystick.checks.profile import amount_column, day_column
from tallystick.checks.subject import EVIDENCE_ROWS, Subject, usd
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity

_MONEY_SEVERE, _MONEY, _ROWS = Decimal("0.25"), Decimal("0.02"), 0.05
_LARGE = 1_000_000


@dataclass(frozen=True)
class Change:
    """What became of the keys of one scope: how many, and by how much the total moved (USD)."""

    kind: str
    keys: int
    usd: Decimal


def restatement(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """The records that went, came or changed among the days both releases cover: a note, a warning from 2% of the
    money moved or 5% of the rows gone, severe from a quarter of the money. New actions of later days are growth.
    """
    if not (key := _key(subject, earlier, scopes)) or amount_column(subject.publication) is None:
        return
    for scope in scopes:
        rows = _changes(subject, earlier, scope, key)
        changes = [
            Change(**row)
            for row in subject.query(
                f"SELECT kind, count(*) AS keys, sum(change)::DECIMAL(20,2) AS usd FROM ({rows}) GROUP BY kind "
                "ORDER BY kind"
            )
        ]
        if not changes:
            if subject.release.speaks_for > earlier.release.speaks_for:
                yield _unchanged(subject, earlier, scope)
            continue
        moved = sum((change.usd for change in changes), Decimal(0))
        turnover = earlier.profiles[scope].turnover or Decimal(1)
        gone = next((change.keys for change in changes if change.kind == "gone"), 0)
        heavy = abs(moved) >= turnover * _MONEY or gone >= earlier.profiles[scope].rows * _ROWS
        severity = Severity.WARNING if heavy else Severity.NOTE
        told = ", ".join(f"{change.keys:,} {change.kind} ({usd(change.usd)})" for change in changes)
        yield subject.finding(
            "restatement",
            Severity.SEVERE if abs(moved) >= turnover * _MONEY_SEVERE else severity,
            f"{scope} moved by {usd(moved)} between {earlier.release.name} ({earlier.release.speaks_for}) and "
            f"{subject.release.name} ({subject.release.speaks_for}) among the days that both cover: {told}",
            scope,
            evidence=subject.query(f"SELECT * FROM ({rows}) ORDER BY abs(change) DESC LIMIT {EVIDENCE_ROWS}"),
            count=sum(change.keys for change in changes),
            next_step="every record: tallystick diff",
        )


def power_of_ten(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """An amount that is exactly ten, a hundred, a thousand ... times what it was: a slip of the decimal point.

    Severe when the new amount is a million dollars or more, else a warning.
    """
    amount, key = amount_column(subject.publication), _key(subject, earlier, scopes)
    if amount is None or not key:
        return
    for scope in scopes:
        rows = (
            f"SELECT * FROM ({_changes(subject, earlier, scope, key)}) WHERE kind = 'changed' AND was <> 0 "
            f"AND now / was IN (10, 100, 1000, 10000, 100000, 1000000)"
        )
        found = subject.query(f"SELECT * FROM ({rows}) ORDER BY abs(now) DESC LIMIT {EVIDENCE_ROWS}")
        if not found:
            continue
        worst = found[0]
        yield subject.finding(
            "power_of_ten",
            Severity.SEVERE if abs(worst["now"]) >= _LARGE else Severity.WARNING,
            f"{scope} says {usd(worst['now'])} in {subject.release.name} where {earlier.release.name} said "
            f"{usd(worst['was'])} of the same action: {worst['now'] / worst['was']:,.0f} times as much",
            scope,
            evidence=found,
            count=subject.query(f"SELECT count(*) AS n FROM ({rows})")[0]["n"],
            next_step="look the action up at the publisher; correct it in source.yml, or accept it with the reason",
        )


def _unchanged(subject: Subject, earlier: Subject, scope: str) -> Finding:
    days = (subject.release.speaks_for - earlier.release.speaks_for).days
    same = subject.profiles[scope].rows == earlier.profiles[scope].rows
    return subject.finding(
        "same_content" if same else "only_grown",
        Severity.NOTE,
        f"{scope} in {subject.release.name} holds {'exactly' if same else 'all'} what {earlier.release.name} held "
        f"{days} day(s) before" + ("" if same else ", and more"),
        scope,
    )


def _key(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> list[str]:
    """The key columns that both releases fill."""
    return [
        column
        for column in subject.publication.key
        if all(held.profiles[scope].filled[column] for held in (subject, earlier) for scope in scopes)
    ]


def _changes(subject: Subject, earlier: Subject, scope: str, key: list[str]) -> str:
    """One row for each key whose total differs: kind (gone, added, changed), the key, was, now, change (USD).

    `added` are keys that came although their day was covered before: they were reported late.
    """
    names = ", ".join(map(named, key))
    day, last = day_column(subject.publication), earlier.profiles[scope].last_day
    new, old = (_by_key(held, scope, names) for held in (subject, earlier))
    growth = f"WHERE NOT (kind = 'added' AND day > DATE {quoted(str(last))})" if day and last else ""
    return (
        f"SELECT kind, {names}, day, was, now, coalesce(now, 0) - coalesce(was, 0) AS change FROM ("
        f"SELECT CASE WHEN new.n IS NULL THEN 'gone' WHEN old.n IS NULL THEN 'added' ELSE 'changed' END AS kind, "
        f"{names}, coalesce(new.day, old.day) AS day, old.usd AS was, new.usd AS now "
        f"FROM ({new}) new FULL JOIN ({old}) old USING ({names}) "
        f"WHERE new.n IS NULL OR old.n IS NULL OR new.usd IS DISTINCT FROM old.usd) {growth}"
    )


def _by_key(held: Subject, scope: str, names: str) -> str:
    """One amount for each key: rows repeated in every column count once."""
    amount, day = amount_column(held.publication), day_column(held.publication)
    columns = ", ".join(named(column) for column in held.publication.columns)
    shown = f"min({named(day)})" if day else "NULL"
    return (
        f"SELECT {names}, count(*) AS n, sum({named(amount or '')}) AS usd, {shown} AS day FROM "
        f"(SELECT DISTINCT {columns} FROM {held.rows} WHERE scope = {quoted(scope)}) GROUP BY {names}"
    )
