"""Are all months of a fiscal year there? A part that was left out says nothing of itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median

from tallystick.checks.profile import amount_column, day_column, fiscal_year
from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import named
from tallystick.nouns.finding import Finding, Severity

Months = Mapping[str, Mapping[date, int]]
# The quietest month of a year held here (October, under a lapse in appropriations) has 0.11 of its median month.
_QUIETEST = 0.1
_INCOMPLETE, _WARNING = 5.0, 3.0
_MANY, _LEFT = 30, 0.1


def month_without_rows(subject: Subject) -> Iterator[Finding]:
    """A month of the fiscal year without a row, up to the last that has one: a part of the year is not there.

    Were rows to fall into months by chance, a tenth as many as in the median month would all miss it with the
    probability e^-(median / 10): incomplete below 10^-5, a warning below 10^-3.
    """
    for scope, by_month in _months(subject).items():
        year = fiscal_year(scope)
        empty = [month for month in _until(year, max(by_month)) if month not in by_month] if year else []
        weight = median(by_month.values()) * _QUIETEST * math.log10(math.e)
        if not empty or weight < _WARNING:
            continue
        yield subject.finding(
            "month_without_rows",
            Severity.INCOMPLETE if weight >= _INCOMPLETE else Severity.WARNING,
            f"{scope} in {subject.release.name} has no row of {_named(empty)}, and "
            f"{median(by_month.values()):,.0f} in its median month: a part of the year was left out",
            scope,
            evidence=[{"month": month, "rows": by_month.get(month, 0)} for month in _until(year, max(by_month))],
            count=len(empty),
            next_step="get the year again, whole; its total is unknown until then",
        )


def missing_month(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> Iterator[Finding]:
    """A month of thirty rows or more of which a tenth or less is left: severe, the earlier release stays in force."""
    now, before = _months(subject), _months(earlier)
    for scope in scopes:
        was, its = before.get(scope, {}), now.get(scope, {})
        lost = {m: n for m, n in sorted(was.items()) if n >= _MANY and its.get(m, 0) <= n * _LEFT}
        if not lost:
            continue
        rows, left = sum(lost.values()), sum(its.get(month, 0) for month in lost)
        yield subject.finding(
            "missing_month",
            Severity.SEVERE,
            f"{scope} in {subject.release.name} has {left:,} row(s) of {_named(list(lost))}, where "
            f"{earlier.release.name} has {rows:,}",
            scope,
            evidence=[{"month": month, "rows_before": n, "rows": its.get(month, 0)} for month, n in lost.items()],
            count=rows - left,
            next_step="get the year again, whole; if these actions were really taken back, accept the Finding",
        )


def _months(held: Subject) -> Months:
    """The rows of each scope by the month of their day, where money is told and fiscal years are restated."""
    publication, found = held.publication, dict[str, dict[date, int]]()
    day = day_column(publication)
    if held.restates != "scope" or day is None or amount_column(publication) is None:
        return found
    for row in held.query(
        f"SELECT scope, date_trunc('month', {named(day)})::DATE AS month, count(*) AS n FROM {held.rows} "
        f"WHERE {named(day)} IS NOT NULL AND scope IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ):
        found.setdefault(row["scope"], {})[row["month"]] = row["n"]
    return found


def _until(year: int | None, last: date) -> list[date]:
    """The months of a fiscal year up to that of `last`."""
    all_ = [date(year - (month > 9), month, 1) for month in (10, 11, 12, *range(1, 10))] if year else []
    return [month for month in all_ if month <= last]


def _named(months: list[date]) -> str:
    return ", ".join(f"{month:%B %Y}" for month in months)
