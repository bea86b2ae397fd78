"""Do the years of one agency belong together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tallystick.checks.profile import fiscal_year
from tallystick.nouns.coverage import Coverage
from tallystick.nouns.finding import Finding, Severity

_BREAK = 1.6
_ROWS_TO_JUDGE_BY = 1000


def year_breaks(coverage: Iterable[Coverage]) -> Iterator[Finding]:
    """A year with 1.6 times the rows of the year before, or as much fewer: a comparison across it misleads.

    Only years that were over on the day spoken for, and that are whole, are compared; a gap of years is no break, and
    a state on a day is no year.
    """
    series: dict[tuple[str, str], dict[int, Coverage]] = {}
    for scope in coverage:
        year = fiscal_year(scope.scope)
        if year is not None and _is_whole(scope, year):
            series.setdefault((scope.table, scope.scope.replace(f"FY{year}", "FY")), {})[year] = scope
    for years in series.values():
        yield from _breaks(years)


def _is_whole(scope: Coverage, year: int) -> bool:
    day = scope.speaks_for
    return day is not None and not scope.incomplete and not scope.snapshots and (day.year, day.month) > (year, 9)


def _breaks(years: Mapping[int, Coverage]) -> Iterator[Finding]:
    for year, now in sorted(years.items()):
        before = years.get(year - 1)
        if before is None or max(now.rows, before.rows) < _ROWS_TO_JUDGE_BY:
            continue
        if max(now.rows, before.rows) < min(now.rows, before.rows) * _BREAK:
            continue
        yield Finding(
            now.release or "",
            "year_break",
            Severity.NOTE,
            f"{now.scope} has {now.rows:,} rows and {before.scope} {before.rows:,}: counts and totals on either side "
            "may not mean the same",
            now.scope,
            evidence=({"scope": before.scope, "rows": before.rows}, {"scope": now.scope, "rows": now.rows}),
            count=abs(now.rows - before.rows),
            next_step="see whether the publisher changed what it reports, or a part is missing",
        )
