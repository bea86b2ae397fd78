"""Does a column become filled, or blank, so suddenly that its groups only seem to grow or shrink?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tallystick.checks.subject import Subject
from tallystick.engines.duckdb import named
from tallystick.nouns.expected import Missing
from tallystick.nouns.finding import Finding, Severity

_LEAP, _ERRORS, _ROWS, _QUARTERS = 0.1, 5.0, 30, 3


def missingness_shift(subject: Subject) -> Iterator[Finding]:
    """The share of blanks leaps by a tenth and five standard errors from one quarter to the next: a warning.

    The share before is that of all quarters before, back to the last leap and three at least: the new share must lie
    outside of all of them, so that a noisy series needs a leap out of its own range. Quarters are of the calendar.
    The two shares are held against each other with the two-proportion z statistic.
    """
    for told in subject.publication.expect.missing:
        held: list[dict[str, Any]] = []
        for before, after in pairwise(_quarters(subject, told)):
            held.append(before)
            if not _leaps(held, after):
                continue
            yield _shift(subject, told, held, before, after)
            held = []


def _leaps(held: list[dict[str, Any]], after: dict[str, Any]) -> bool:
    rows, blank = sum(q["rows"] for q in held), sum(q["blank"] for q in held)
    if len(held) < _QUARTERS or rows < _ROWS or after["rows"] < _ROWS:
        return False
    now = after["blank"] / after["rows"]
    shares = [q["blank"] / q["rows"] for q in held]
    outside = max(min(shares) - now, now - max(shares))
    pooled = (blank + after["blank"]) / (rows + after["rows"])
    error = math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / after["rows"]))
    return bool(outside >= _LEAP and abs(blank / rows - now) >= _ERRORS * error)


def _shift(
    subject: Subject, told: Missing, held: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any]
) -> Finding:
    shares = [q["blank"] / q["rows"] for q in held]
    filled = [q["rows"] - q["blank"] for q in (before, after)]
    growth = f"{filled[1] / filled[0] - 1:+.0%}" if filled[0] else "from nothing"
    return subject.finding(
        "missingness_shift",
        Severity.WARNING,
        f"{told.column} is blank in {min(shares):.0%} to {max(shares):.0%} of what {subject.release.name} counts "
        f"from {held[0]['quarter']} to {before['quarter']}, and in {after['blank'] / after['rows']:.1%} in "
        f"{after['quarter']}: where it is filled the count changes by {growth} to that quarter, in all by "
        f"{after['rows'] / before['rows'] - 1:+.0%}",
        evidence=[*held, after],
        count=int(after["rows"]),
        next_step=f"do not compare groups of {told.column} across these quarters; compare shares of all",
    )


def _quarters(subject: Subject, told: Missing) -> list[dict[str, Any]]:
    day, weight = named(told.by), named(told.weight) if told.weight else "1"
    return subject.query(
        f"SELECT year({day}) || 'Q' || quarter({day}) AS quarter, sum({weight})::BIGINT AS rows, "
        f"coalesce(sum({weight}) FILTER ({named(told.column)} IS NULL), 0)::BIGINT AS blank FROM {subject.rows} "
        f"WHERE {day} IS NOT NULL GROUP BY 1 HAVING sum({weight}) > 0 ORDER BY 1"
    )
