"""Are the rows themselves right: counted, in their year, filled?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallystick.checks.profile import amount_column, day_column, fiscal_year
from tallystick.checks.subject import EVIDENCE_ROWS, Subject
from tallystick.engines.duckdb import named, quoted
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Restates
from tallystick.sources.csv import UNKNOWN

_STRAY_SHARE = 0.02
_ROWS_TO_BE_SURE = 50


def row_count(subject: Subject) -> Iterator[Finding]:
    """Under the declared floor stops publishing, over the ceiling asks a person."""
    rows, expected = sum(profile.rows for profile in subject.profiles.values()), subject.publication.expect.rows
    if subject.restates != "keys" and rows < expected.min:
        yield subject.finding(
            "row_count",
            Severity.SEVERE,
            f"{subject.release.name} has {rows:,} row(s) of {subject.table}, under the floor of {expected.min:,}",
            count=rows,
            next_step="see whether the download was cut off or is an error page",
        )
    if expected.max is not None and rows > expected.max:
        yield subject.finding(
            "row_count",
            Severity.WARNING,
            f"{subject.release.name} has {rows:,} rows of {subject.table}, more than the {expected.max:,} expected",
            count=rows,
            next_step="see whether the publisher changed what one row is",
        )


def stray_year(subject: Subject) -> Iterator[Finding]:
    """A few rows of another fiscal year in a release that restates years: they would wipe that year out."""
    if subject.restates != "scope":
        return
    by_year: dict[int, int] = {}
    for scope, profile in subject.profiles.items():
        if (year := fiscal_year(scope)) is not None:
            by_year[year] = by_year.get(year, 0) + profile.rows
    most = max(by_year.values(), default=0)
    day = subject.release.provenance.as_of
    for scope, profile in subject.profiles.items():
        year = fiscal_year(scope)
        begun = day is not None and year is not None and 0 <= (day - date(year - 1, 10, 1)).days <= 90
        if year is None or by_year[year] >= most * _STRAY_SHARE or begun:
            continue
        yield subject.finding(
            "stray_year",
            Severity.SEVERE,
            f"{subject.release.name} is about other years, yet holds {profile.rows:,} row(s) of {scope}; "
            "taken as the whole of that year they would wipe it out",
            scope,
            evidence=subject.query(
                f"SELECT * EXCLUDE (release_id) FROM {subject.rows} WHERE scope = {quoted(scope)} "
                f"ORDER BY member, source_row LIMIT {EVIDENCE_ROWS}"
            ),
            count=profile.rows,
            next_step="see whether the dates are mistyped; correct them in source.yml",
        )


def days_to_come(subject: Subject) -> Iterator[Finding]:
    """Rows dated after the day the release speaks for: a few are slips, many mean that the day is wrong."""
    column, as_of = day_column(subject.publication), subject.release.provenance.as_of
    if column is None or as_of is None or subject.publication.expect.covers:
        return  # what a release says it covers is judged by that: see `out_of_range`
    for scope, profile in subject.profiles.items():
        if profile.last_day is None or profile.last_day <= as_of:
            continue
        late = f"FROM {subject.rows} WHERE scope = {quoted(scope)} AND {named(column)} > DATE {quoted(str(as_of))}"
        count = subject.query(f"SELECT count(*) AS n {late}")[0]["n"]
        many = count >= max(10, profile.rows * 0.01)
        because = "the day stated for the file is wrong" if many else "their dates are wrong"
        yield subject.finding(
            "days_to_come",
            Severity.SEVERE if many else Severity.WARNING,
            f"{scope} in {subject.release.name} has {count:,} row(s) dated after {as_of}, the day it is said to "
            f"speak for (the last is of {profile.last_day}): {because}",
            scope,
            evidence=subject.query(f"SELECT * EXCLUDE (release_id) {late} ORDER BY {named(column)} DESC LIMIT 20"),
            count=count,
            next_step="correct the day under releases.dated, or the dates under corrections",
        )


def empty_column(subject: Subject) -> Iterator[Finding]:
    """A scope without one value where every row must have one, or without one amount other than zero: severe.

    A question that not everyone answers must be answered somewhere in the release.
    """
    publication = subject.publication
    amount = amount_column(publication)
    answered = {name for profile in subject.profiles.values() for name, filled in profile.filled.items() if filled}
    needed = {
        name
        for name, column in publication.columns.items()
        if column.required and not (column.may_be_blank and name in answered)
    }
    needed |= {name for name in (amount, day_column(publication)) if name}
    for scope, profile in subject.profiles.items():
        if subject.restates == Restates.KEYS and set(scope.split("/")) == {UNKNOWN}:
            continue  # the rows of a delta that take others away state their key only
        empty = sorted(column for column in needed if not profile.filled[column])
        if amount and not empty and profile.turnover == 0 and profile.rows >= _ROWS_TO_BE_SURE:
            empty = [f"{amount} other than zero"]
        if empty:
            yield subject.finding(
                "empty_column",
                Severity.SEVERE,
                f"{scope} in {subject.release.name} has {profile.rows:,} row(s) and not one value in "
                f"{', '.join(empty)}",
                scope,
                count=profile.rows,
                next_step="see whether the publisher renamed the column or the capture dropped it",
            )


def blank_amount(subject: Subject) -> Iterator[Finding]:
    """Rows that say nothing where every other says an amount: incomplete, since their total is unknown."""
    amount = amount_column(subject.publication)
    for scope, profile in subject.profiles.items():
        if amount is None or not 0 < profile.filled[amount] < profile.rows:
            continue
        blank = profile.rows - profile.filled[amount]
        yield subject.finding(
            "blank_amount",
            Severity.INCOMPLETE,
            f"{scope} in {subject.release.name} has {blank:,} row(s) without {amount}: what they add is unknown, "
            "and so is the total",
            scope,
            evidence=subject.query(
                f"SELECT * EXCLUDE (release_id, misfits, repairs) FROM {subject.rows} WHERE scope = {quoted(scope)} "
                f"AND {named(amount)} IS NULL ORDER BY member, source_row LIMIT {EVIDENCE_ROWS}"
            ),
            count=blank,
            next_step="look the actions up at the publisher, or get the file again",
        )


def column_not_there(subject: Subject) -> Iterator[Finding]:
    """Columns that the source may have and this release never fills: one note, so that none takes it for zero."""
    empty = [
        column
        for column in subject.publication.columns
        if subject.profiles and not any(profile.filled[column] for profile in subject.profiles.values())
    ]
    if empty:
        yield subject.finding(
            "column_not_there",
            Severity.NOTE,
            f"{subject.release.name} has no value of {', '.join(empty)}: there they are unknown, not zero",
            count=len(empty),
        )


def missing_part(subject: Subject) -> Iterator[Finding]:
    """A fiscal year without one of the agencies that the source names, beside one that is there: a warning.

    A scope that the file's name promises is judged as such: see `promised_scope`.
    """
    parts = subject.publication.scope
    named_by = (
        subject.publication.columns[parts[0]].values if parts and parts[0] in subject.publication.columns else None
    )
    if subject.restates != Restates.SCOPE or not isinstance(named_by, dict):
        return
    for year in sorted({scope.partition("/")[2] for scope in subject.profiles if "/" in scope}):
        there = [scope for scope in subject.profiles if scope.partition("/")[2] == year]
        for name, value in named_by.items():
            if f"{value}/{year}" not in (*there, *subject.promised):
                yield subject.finding(
                    "missing_part",
                    Severity.WARNING,
                    f"{subject.release.name} has no row of {name} ({value}/{year}), and it has of {', '.join(there)}",
                    f"{value}/{year}",
                    next_step="see whether the file was cut off before this part",
                )
