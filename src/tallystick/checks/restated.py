"""Which records changed since the release in force before, and what that did to the total."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tallystick.checks.profile import Profile, amount_column, day_column
from tallystick.checks.repeats import pushed_out
from tallystick.checks.subject import EVIDENCE_ROWS, Subject, usd
from tallystick.checks.unchanged import unchanged
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity

_MONEY_SEVERE, _MONEY, _ROWS = Decimal("0.25"), Decimal("0.02"), 0.05
# Of the actions that two captures of one year hold, at most 0.4 per cent had another amount in the later one.
_REWRITTEN_SEVERE, _REWRITTEN, _REWRITTEN_AT_LEAST = 0.05, 0.01, 20
_LARGE = 1_000_000


@dataclass(frozen=True)
class Change:
    """What became of the keys of one scope: how many, and by how much the total moved (USD).

    `turned` is the sum of the moves without their signs: amounts that slid among rows leave the total as it was.
    """

    kind: str
    keys: int
    usd: Decimal
    turned: Decimal

    def __str__(self) -> str:
        slid = self.kind == "changed" and self.turned != abs(self.usd)
        signless = f", {usd(self.turned)} without the signs" if slid else ""
        return f"{self.keys:,} {self.kind} ({usd(self.usd)}{signless})"


def restatement(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """The records that went, came or changed among the days both releases cover: a note; a warning where what went or
    changed moved 2% of the money (its signs left out), what came late 20%, 5% of the rows went or 1% say another
    amount; severe where a quarter of the money was rewritten or 5% of the rows say another amount. What is reported
    late never stops publishing, and new actions of later days are growth.
    """
    if not (key := key_of_both(subject, earlier, scopes)) or amount_column(subject.publication) is None:
        return
    table = differences(subject, earlier, scopes, key)
    for scope in scopes:
        rows = f"SELECT * EXCLUDE (scope) FROM {table} WHERE scope = {quoted(scope)}"
        changes = [
            Change(**row)
            for row in subject.query(
                "SELECT kind, count(*) AS keys, sum(change)::DECIMAL(18,2) AS usd, "
                f"sum(abs(change))::DECIMAL(18,2) AS turned FROM ({rows}) GROUP BY kind ORDER BY kind"
            )
        ]
        if not changes:
            if subject.release.speaks_for > earlier.release.speaks_for:
                yield unchanged(subject, earlier, scope, key)
            continue
        moved = sum((change.usd for change in changes), Decimal(0))
        before = earlier.profiles[scope].rows
        changed = next((change.keys for change in changes if change.kind == "changed"), 0)
        share = f"; {changed / before:.1%} of its rows say another amount" if changed >= _REWRITTEN_AT_LEAST else ""
        yield subject.finding(
            "restatement",
            _severity(changes, moved, earlier.profiles[scope]),
            f"{scope} moved by {usd(moved)} between {earlier.release.name} ({earlier.release.speaks_for}) and "
            f"{subject.release.name} ({subject.release.speaks_for}) among the days that both cover: "
            f"{', '.join(map(str, changes))}{share}",
            scope,
            evidence=subject.query(f"SELECT * FROM ({rows}) ORDER BY abs(change) DESC LIMIT {EVIDENCE_ROWS}"),
            count=sum(change.keys for change in changes),
            next_step=f"every record: tallystick diff {earlier.release.id} {subject.release.id}",
        )


def _severity(changes: list[Change], moved: Decimal, before: Profile) -> Severity:
    """How grave the changes of a scope are beside what it was `before`; `moved` is what they did to its total."""
    kinds = {change.kind: change for change in changes}
    rewritten = sum((change.turned for change in changes if change.kind != "added"), Decimal(0))
    turnover = before.turnover or Decimal(1)
    changed, gone = (kinds[kind].keys if kind in kinds else 0 for kind in ("changed", "gone"))
    share = changed / before.rows if changed >= _REWRITTEN_AT_LEAST else 0.0
    if rewritten >= turnover * _MONEY_SEVERE or share >= _REWRITTEN_SEVERE:
        return Severity.SEVERE
    heavy = max(rewritten, abs(moved) / 10) >= turnover * _MONEY or gone >= before.rows * _ROWS
    return Severity.WARNING if heavy or share >= _REWRITTEN else Severity.NOTE


def power_of_ten(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """An amount that is ten, a hundred, a thousand ... times what it was, or such a part of it, rounded: the decimal
    point slipped, or amounts are told in thousands.

    Severe when an amount became a million dollars or more, or in twenty actions and more; else a warning. One that
    became less may be the publisher's mending of an earlier slip, so alone it is a warning whatever it was.
    """
    amount, key = amount_column(subject.publication), key_of_both(subject, earlier, scopes)
    if amount is None or not key:
        return
    table = differences(subject, earlier, scopes, key)
    for scope in scopes:
        rows = (
            f"SELECT * EXCLUDE (scope) FROM {table} WHERE scope = {quoted(scope)} AND kind = 'changed' AND was <> 0 "
            f"AND ({_SLIPPED})"
        )
        found = subject.query(
            f"SELECT * FROM ({rows}) ORDER BY greatest(abs(now), abs(was)) DESC LIMIT {EVIDENCE_ROWS}"
        )
        if not found:
            continue
        count = subject.query(f"SELECT count(*) AS n FROM ({rows})")[0]["n"]
        grave = count >= _REWRITTEN_AT_LEAST or any(abs(row["was"]) < abs(row["now"]) >= _LARGE for row in found)
        yield subject.finding(
            "power_of_ten",
            Severity.SEVERE if grave else Severity.WARNING,
            f"{scope} says {usd(found[0]['now'])} in {subject.release.name} where {earlier.release.name} said "
            f"{usd(found[0]['was'])} of the same action: {_times(found[0])}; {count:,} action(s) are like this",
            scope,
            evidence=found,
            count=count,
            next_step="look the action up at the publisher; correct it in source.yml, or accept it with the reason",
        )


# Multiplied and rounded as decimals: a quotient would be binary, and 77336540 / 77336.54 is not 1000 there. Few cents
# or dollars are such a part of many amounts by chance.
_MORE = ", ".join(f"was::DECIMAL(18,2) * {10**power}::DECIMAL(7,0)" for power in range(1, 7))
_LESS = ", ".join(f"round(was::DECIMAL(18,2) * {10**-power:.6f}::DECIMAL(7,6), 2)" for power in range(1, 7))
_LESS_IN_DOLLARS = ", ".join(
    f"round(was::DECIMAL(18,2) * {10**-power:.6f}::DECIMAL(7,6), 0)" for power in range(1, 7)
)
_SLIPPED = (
    f"now IN ({_MORE}) OR (abs(now) >= 1 AND now IN ({_LESS})) OR (abs(now) >= 1000 AND now IN ({_LESS_IN_DOLLARS}))"
)


def _times(row: Mapping[str, Decimal]) -> str:
    """How often the amount before is in the amount now, or the other way round."""
    more = abs(row["now"]) > abs(row["was"])
    times = row["now"] / row["was"] if more else row["was"] / row["now"]
    power = 10 ** round(math.log10(abs(times)))
    return f"{power:,} times as much" if more else f"a {power:,}th of it"


def key_of_both(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> list[str]:
    """The key columns that both releases fill."""
    return [
        column
        for column in subject.publication.key
        if all(held.profiles[scope].filled[column] for held in (subject, earlier) for scope in scopes)
    ]


def differences(subject: Subject, earlier: Subject, scopes: tuple[str, ...], key: list[str]) -> str:
    """The table of keys whose total differs: scope, kind (gone, added, changed), key, day, was, now, change (USD).

    `added` are keys that came although their day was covered before: they were reported late. As many keys as
    unstable paging pushed out of either release, of the amounts that it pushed out, are no change. The table is
    made once for the two releases and lives as long as the engine.
    """
    table = named(f"changes {subject.table} {earlier.release.id} {subject.release.id}")
    names = ", ".join(map(named, ["scope", *key]))
    new, old = (_by_key(held, scopes, names) for held in (subject, earlier))
    covered = ", ".join(f"({quoted(scope)}, {_last_day(earlier, scope)})" for scope in scopes)
    subject.engine.run(
        f"CREATE TEMP TABLE IF NOT EXISTS {table} AS WITH covered(scope, last_day) AS (VALUES {covered}), "
        "differing AS (SELECT CASE WHEN new.n IS NULL THEN 'gone' WHEN old.n IS NULL THEN 'added' "
        f"ELSE 'changed' END AS kind, {names}, coalesce(new.day, old.day) AS day, old.usd AS was, new.usd AS now "
        f"FROM ({new}) new FULL JOIN ({old}) old USING ({names}) "
        "WHERE new.n IS NULL OR old.n IS NULL OR new.usd IS DISTINCT FROM old.usd), "
        f"pushed AS (SELECT 'gone' AS kind, * FROM ({pushed_out(subject)}) UNION ALL "
        f"SELECT 'added' AS kind, * FROM ({pushed_out(earlier)})), "
        f"ranked AS (SELECT *, coalesce(now, was) AS usd, row_number() OVER (PARTITION BY kind, scope, "
        f"coalesce(now, was) ORDER BY {names}) AS nth FROM differing JOIN covered USING (scope) "
        "WHERE NOT (kind = 'added' AND coalesce(day > last_day, false))) "
        f"SELECT kind, {names}, day, was, now, coalesce(now, 0) - coalesce(was, 0) AS change "
        "FROM ranked LEFT JOIN pushed USING (kind, scope, usd) WHERE nth > coalesce(n, 0)"
    )
    return table


def _by_key(held: Subject, scopes: tuple[str, ...], names: str) -> str:
    """One amount for each key: a row repeated with its key, amount and day counts once."""
    amount, day = amount_column(held.publication), day_column(held.publication)
    shown = named(day) if day else "CAST(NULL AS DATE)"
    return (
        f"SELECT {names}, count(*) AS n, sum(usd) AS usd, min(day) AS day FROM "
        f"(SELECT DISTINCT {names}, {named(amount or '')} AS usd, {shown} AS day FROM {held.rows} "
        f"WHERE scope IN ({', '.join(map(quoted, scopes))})) GROUP BY {names}"
    )


def _last_day(held: Subject, scope: str) -> str:
    day = held.profiles[scope].last_day
    return f"DATE {quoted(str(day))}" if day else "CAST(NULL AS DATE)"
