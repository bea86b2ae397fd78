"""Is a scope cut off? A capture that stopped paging looks whole unless it is held against a complete one.

The test: let c be the end at which the scope's own values stop, and s the share of a complete scope's rows that
lie beyond c. A complete scope of n rows has none beyond c by chance (1 - s)^n of the time, and a row count that
is a multiple of the page size one time in the page size. See docs/methods/forensics.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from tallystick.checks.profile import Profile, amount_column, day_column, fiscal_year
from tallystick.checks.subject import Subject, usd
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity

# Agencies differ: complete years of the two in the archive took money back in 5 to 26 per cent of actions, and
# their amounts differ by less than an order of magnitude. Both are granted before chance is reckoned.
_AGENCIES_DIFFER = 5
_MAGNITUDE = 10
_SEVERE, _WARNING = -5.0, -3.0
_QUIET_DAYS = 30
_TAIL, _TAIL_AT_LEAST = 100, 20
# How far below zero amounts reach: in complete years the lowest is at least 0.0009 of gross obligations, and of the
# declared share of negative rows at least this much lies below each part of the gross (61 captures of 2026).
_TAILS = ((Decimal("0.000001"), 1.0), (Decimal("0.00001"), 1 / 3), (Decimal("0.0001"), 1 / 15))


@dataclass(frozen=True)
class Cut:
    """Where a scope stops (`at`, in words) and the share of a complete scope's rows expected beyond it."""

    at: str
    beyond: float


def truncated_capture(subject: Subject) -> Iterator[Finding]:
    """Each scope whose rows stop where a complete scope's do not: incomplete when chance is ruled out, else asked."""
    if subject.restates != "scope":
        return
    for scope, profile in subject.profiles.items():
        cuts = [cut for way in _WAYS if (cut := way(subject, scope, profile))]
        if not cuts:
            continue
        cut = max(cuts, key=lambda cut: cut.beyond)
        chance = log_chance(profile.rows, cut.beyond, subject.publication.expect.page_size)
        if chance <= _WARNING:
            yield _finding(subject, scope, profile, cut, chance)


def log_chance(rows: int, beyond: float, page_size: int | None) -> float:
    """The decimal logarithm of the chance that a complete scope of `rows` rows looks cut off like this."""
    missing = rows * math.log10(1 - min(beyond, 0.999999))
    whole_pages = page_size is not None and page_size > 1 and rows % page_size == 0
    return missing - (math.log10(page_size) if whole_pages and page_size else 0)


def _by_amount(subject: Subject, scope: str, profile: Profile) -> Cut | None:
    amount = amount_column(subject.publication)
    if amount is None or profile.lowest is None or not profile.gross:
        return None
    expect, end = subject.publication.expect, profile.lowest
    if end < 0 and not (profile.order.get(amount) == "falling" and _whole_pages(subject, profile)):
        return None
    beyond = _siblings_below(subject, scope, amount, end * _MAGNITUDE if end < 0 else end / _MAGNITUDE)
    if end >= 0:
        beyond = max(beyond, expect.negative_share_min or 0.0)
        return Cut(f"none of them takes money back (the lowest amount is {usd(end)})", beyond)
    tail = next((share for part, share in _TAILS if -end < profile.gross * part), 0.0)
    beyond = max(beyond, tail * (expect.negative_share_min or 0.0))
    return Cut(f"no amount lies below {usd(end)}", beyond)


def _siblings_below(subject: Subject, scope: str, amount: str, limit: Decimal) -> float:
    """The median share of rows below `limit` in the release's other scopes, agencies' differences granted."""
    rows = subject.query(
        f"SELECT avg(({named(amount)} < {limit})::INT) AS share FROM {subject.rows} "
        f"WHERE scope <> {quoted(scope)} GROUP BY scope HAVING count({named(amount)}) >= 100"
    )
    return median(row["share"] for row in rows) / _AGENCIES_DIFFER if rows else 0.0


def _by_tail(subject: Subject, scope: str, profile: Profile) -> Cut | None:
    """Rows sorted downwards that stop on a full page among the amounts taken back, before these thin out.

    The largest of k amounts with a Pareto tail of index 1 exceeds the k-th by less than a factor e^t with
    probability (1 - e^-t)^(k-1) (Renyi's representation of order statistics). Complete years have heavier tails.
    """
    amount, most = amount_column(subject.publication), min(_TAIL, profile.negative // 2)
    if amount is None or most < _TAIL_AT_LEAST or profile.order.get(amount) != "falling":
        return None
    if not _whole_pages(subject, profile):
        return None
    lowest = subject.query(
        f"SELECT {named(amount)} AS usd FROM {subject.rows} WHERE scope = {quoted(scope)} ORDER BY usd LIMIT {most}"
    )
    end, inner = lowest[0]["usd"], lowest[-1]["usd"]
    chance = (1 - float(inner / end)) ** (most - 1)
    return Cut(f"the amounts taken back break off at {usd(end)}, close beside one another",
               1 - max(chance, 1e-300) ** (1 / profile.rows))  # fmt: skip


def _by_high_amount(subject: Subject, scope: str, profile: Profile) -> Cut | None:
    """Rows sorted upwards by amount that stop on a full page: the large amounts are missing."""
    amount = amount_column(subject.publication)
    if amount is None or profile.order.get(amount) != "rising" or not _whole_pages(subject, profile):
        return None
    (top,) = subject.query(f"SELECT max({named(amount)}) AS at FROM {subject.rows} WHERE scope = {quoted(scope)}")
    rows = subject.query(
        f"SELECT avg(({named(amount)} > {max(top['at'], 1) * _MAGNITUDE})::INT) AS share FROM {subject.rows} "
        f"WHERE scope <> {quoted(scope)} GROUP BY scope HAVING count({named(amount)}) >= 100"
    )
    beyond = median(row["share"] for row in rows) / _AGENCIES_DIFFER if rows else 0.0
    return Cut(f"no amount lies above {usd(top['at'])}", beyond)


def _by_day(subject: Subject, scope: str, profile: Profile) -> Cut | None:
    """Rows sorted by day that stop on a full page well before the year (or the day spoken for) does."""
    day, year = day_column(subject.publication), fiscal_year(scope)
    if day is None or year is None or not profile.first_day or not profile.last_day:
        return None
    if day not in profile.order or not _whole_pages(subject, profile):
        return None
    start, end = date(year - 1, 10, 1), date(year, 9, 30)
    end = min(end, subject.release.provenance.as_of or end)
    early, late = profile.first_day - start, end - profile.last_day
    gap = late if profile.order[day] == "rising" else early
    if gap <= timedelta(days=_QUIET_DAYS) or end <= start:
        return None
    return Cut(f"none lies {'after' if gap is late else 'before'} "
               f"{profile.last_day if gap is late else profile.first_day}, {gap.days} days of the year missing",
               gap / (end - start) / _AGENCIES_DIFFER)  # fmt: skip


def _by_text(subject: Subject, scope: str, profile: Profile) -> Cut | None:
    """Rows sorted by a text that stop on a full page well before the other scopes' texts do."""
    known = (amount_column(subject.publication), day_column(subject.publication))
    columns = [column for column in profile.order if column not in known]
    if not columns or not _whole_pages(subject, profile):
        return None
    column, rises = columns[0], profile.order[columns[0]] == "rising"
    (last,) = subject.query(
        f"SELECT {'max' if rises else 'min'}({named(column)}) AS at FROM {subject.rows} WHERE scope = {quoted(scope)}"
    )
    rows = subject.query(
        f"SELECT avg(({named(column)} {'>' if rises else '<'} {quoted(last['at'])})::INT) AS share "
        f"FROM {subject.rows} WHERE scope <> {quoted(scope)} GROUP BY scope HAVING count({named(column)}) >= 100"
    )
    beyond = median(row["share"] for row in rows) / _AGENCIES_DIFFER if rows else 0.0
    return Cut(f"no {column} comes {'after' if rises else 'before'} '{last['at']}'", beyond)


_WAYS = (_by_amount, _by_tail, _by_high_amount, _by_day, _by_text)


def _whole_pages(subject: Subject, profile: Profile) -> bool:
    page = subject.publication.expect.page_size
    return page is not None and profile.rows % page == 0


def _finding(subject: Subject, scope: str, profile: Profile, cut: Cut, chance: float) -> Finding:
    page = subject.publication.expect.page_size
    signs = []
    if page and profile.rows % page == 0:
        pages = profile.rows // page
        signs.append(f"exactly {pages} page{'s' * (pages != 1)} of {page}")
    signs += [f"sorted by {column}, {order}" for column, order in profile.order.items()]
    signs.append(cut.at)
    others = {
        other: f"{seen.rows:,} rows, {seen.negative / seen.rows:.1%} negative"
        for other, seen in subject.profiles.items()
        if other != scope and seen.rows
    }
    odds = "a hundred thousand" if chance > -6 else f"10^{min(int(-chance), 300)}"
    odds = "a thousand" if chance > _SEVERE else odds
    return subject.finding(
        "truncated_capture",
        Severity.INCOMPLETE if chance <= _SEVERE else Severity.WARNING,
        f"{scope} in {subject.release.name} looks cut off: {profile.rows:,} rows, {', '.join(signs)}. "
        f"A complete year looks like this less than once in {odds}",
        scope,
        evidence=[{"scope": scope, "rows": profile.rows, "negative": profile.negative, "zero": profile.zero,
                   "lowest": profile.lowest, "log10_chance": round(chance, 1), "other_scopes": str(others)}],
        count=profile.rows,
        next_step="capture this scope again to its last page; until then an earlier good release stays in force",
    )  # fmt: skip
