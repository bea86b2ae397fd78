"""What changed in the shape of a scope since the release in force before: its rows, its columns, its presence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tallystick.checks.profile import amount_column, fiscal_year
from tallystick.checks.subject import Subject
from tallystick.checks.vocabulary import AS_WRITTEN, is_detail
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Restates, Type

_SHRINKS_SEVERE, _SHRINKS, _GROWS = 0.2, 0.03, 0.1
_LOST_HALF, _LOST, _SIGMAS = 0.5, 0.1, 5.0
_NUMBERS = (Type.NUMBER, Type.INTEGER, Type.MONEY)
_DOUBLES = 1.5
_MONTH = 30
_ROUND = 1000
_ROWS_TO_JUDGE_BY = 50


def row_count_drift(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """Fewer rows than the release before had: severe from a fifth, or where so many are what a limit lets through:
    whole pages, or thousands. A closed year that grows by a tenth: a warning.
    A snapshot of 50 rows or more that grows by three fifths (or what is declared): a warning, severe from half as
    much again. Of snapshots all this is granted anew for each month between the two: a list grows and is worked off.
    """
    months = _months_between(subject, earlier)
    for scope in scopes:
        rows, before = subject.profiles[scope].rows, earlier.profiles[scope].rows
        change = rows / before - 1
        closed, usual = _is_closed(earlier, scope), subject.publication.expect.rows.falls
        if -change >= (_SHRINKS + usual) * months and before - rows > 5:
            collapsed = -change >= (_SHRINKS_SEVERE + usual) * months and before >= _ROWS_TO_JUDGE_BY
            severity = Severity.SEVERE if collapsed or _at_a_limit(subject, rows) else Severity.WARNING
        elif subject.restates == Restates.SNAPSHOTS:
            grows = subject.publication.expect.rows.grows * months
            if change < grows or before < _ROWS_TO_JUDGE_BY:
                continue
            severity = Severity.SEVERE if change >= grows * _DOUBLES else Severity.WARNING
        elif closed and change >= _GROWS and rows - before > 5:
            severity = Severity.WARNING
        else:
            continue
        told = ", and so many as a limit lets through" if change < 0 and _at_a_limit(subject, rows) else ""
        yield subject.finding(
            "row_count_drift",
            severity,
            f"{scope} has {rows:,} rows in {subject.release.name}, {change:+.1%} on the {before:,} in "
            f"{earlier.release.name}{told}",
            scope,
            evidence=[{"release": subject.release.id, "rows": rows}, {"release": earlier.release.id, "rows": before}],
            count=abs(rows - before),
            next_step="see which records came or went: tallystick diff",
        )


def _at_a_limit(subject: Subject, rows: int) -> bool:
    """Whether a count of rows of what restates fiscal years is one at which downloads stop."""
    limit = subject.publication.expect.page_size or _ROUND
    return subject.restates == Restates.SCOPE and rows >= limit and rows % limit == 0


def _months_between(subject: Subject, earlier: Subject) -> float:
    """The months that lie between two snapshots, at least one; of what restates a closed stretch one, whenever."""
    days = (subject.release.speaks_for - earlier.release.speaks_for).days
    return max(1.0, days / _MONTH) if subject.restates == Restates.SNAPSHOTS else 1.0


def missing_scope(subject: Subject, earlier: Subject, _scopes: tuple[str, ...]) -> Iterator[Finding]:
    """A scope of the same fiscal years that the release before had and this one does not: the earlier stays."""
    years = _years(subject)
    for scope, profile in earlier.profiles.items():
        if scope not in subject.profiles and fiscal_year(scope) in years:
            yield subject.finding(
                "missing_scope",
                Severity.WARNING,
                f"{subject.release.name} has no row of {scope}; {earlier.release.name} has {profile.rows:,}, "
                "and the earlier release goes on speaking for it",
                scope,
                count=profile.rows,
                next_step="see whether this part was left out of the capture",
            )


def _years(subject: Subject) -> set[int | None]:
    """The fiscal years of the release; of a snapshot that of most of its scopes, beside which others may lie."""
    years = Counter(fiscal_year(scope) for scope in subject.profiles)
    if subject.restates != Restates.SNAPSHOTS or not years:
        return set(years)
    return {max(years, key=lambda year: (years[year], year or 0))}


def filled_drift(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """A column that is filled far less often than before, that came, or that went.

    The share of filled cells is held against the share before with the two-proportion z statistic; a tenth of
    the rows and five standard errors together make a warning, half of the rows a severe Finding.
    """
    for scope in scopes:
        new, old = subject.profiles[scope], earlier.profiles[scope]
        for column in subject.publication.columns:
            was, now = old.filled[column] / old.rows, new.filled[column] / new.rows
            if now and not was:
                yield subject.finding(
                    "column_appeared",
                    Severity.NOTE,
                    f"{scope} has {column} in {subject.release.name}, which {earlier.release.name} did not have",
                    scope,
                    count=new.filled[column],
                )
            lost = 0.0 if column.endswith(AS_WRITTEN) else was - now
            if lost < _LOST or lost < _SIGMAS * _standard_error(was, now, old.rows, new.rows):
                continue
            yield subject.finding(
                "column_emptied",
                _of_lost(subject, column, was, now),
                f"{scope} fills {column} in {now:.1%} of its rows in {subject.release.name}; "
                f"it was {was:.1%} in {earlier.release.name}",
                scope,
                evidence=[{"column": column, "filled_before": f"{was:.4f}", "filled_now": f"{now:.4f}"}],
                count=new.rows - new.filled[column],
                next_step="see whether the publisher renamed the column or the capture dropped it",
            )


def _of_lost(subject: Subject, column: str, was: float, now: float) -> Severity:
    """Severe from half of the rows; of a snapshot only where numbers went or what every row must have.

    A note where the details of things (`entities`) went altogether, as they do when a layout changes, or in a few.
    """
    told = subject.publication.columns[column]
    halved = was >= _LOST_HALF and was - now >= _LOST_HALF
    if is_detail(subject.publication, column) and told.type not in _NUMBERS:
        return Severity.WARNING if halved and now else Severity.NOTE
    matters = subject.restates != Restates.SNAPSHOTS or told.required or told.type in _NUMBERS
    return Severity.SEVERE if halved and matters else Severity.WARNING


def zero_drift(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """Amounts that became zero in a far larger share of rows than before: severe."""
    for scope in scopes:
        new, old = subject.profiles[scope], earlier.profiles[scope]
        now, was = new.zero / new.rows, old.zero / old.rows
        if amount_column(subject.publication) is None or now - was < 0.25:
            continue
        if now - was < _SIGMAS * _standard_error(was, now, old.rows, new.rows):
            continue
        yield subject.finding(
            "amounts_zeroed",
            Severity.SEVERE,
            f"{scope} has {now:.1%} of its rows at $0 in {subject.release.name}; it was {was:.1%} in "
            f"{earlier.release.name}",
            scope,
            count=new.zero,
            next_step="see whether the capture lost the amounts",
        )


def late_arrival(subject: Subject, earlier: Subject, _scopes: tuple[str, ...]) -> Iterator[Finding]:
    """The release before came a day or more after this one: it speaks for past days only."""
    if earlier.release.retrieved - subject.release.retrieved >= timedelta(days=1):
        yield subject.finding(
            "late_arrival",
            Severity.NOTE,
            f"{earlier.release.name} came after {subject.release.name} and speaks for an earlier day "
            f"({earlier.release.speaks_for}); it changes past Editions only",
        )


def _is_closed(subject: Subject, scope: str) -> bool:
    """True when the scope's fiscal year was over by the day the release speaks for."""
    year = fiscal_year(scope)
    return year is None or (subject.release.speaks_for.year, subject.release.speaks_for.month) > (year, 9)


def _standard_error(was: float, now: float, before: int, after: int) -> float:
    pooled = (was * before + now * after) / (before + after)
    return math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / after))
