"""Whether what is held fills the time that a sentence speaks of, and how far from its day a count was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tallystick.articles.filled import NEAR
from tallystick.articles.match import Match
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import Reading
from tallystick.nouns.metric import Metric, Question

_LATE = timedelta(days=20)
_FEW_DAYS = timedelta(days=4)
_TAKEN_ON = re.compile(r"\bthe figure is of (\d{4}-\d{2}-\d{2})")
Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Judging:
    """What judging needs: a claim read as known now and as known on the day it was said, the first and last day of
    the rows that a question is about, a metric by its name, and the dimensions that keep its figures apart."""

    now: Callable[[Claim], Reading]
    then: Callable[[Claim], Reading]
    span: Callable[[Question], Span | None]
    metric: Callable[[str], Metric]
    apart: Callable[[str], Sequence[str]] = field(default=lambda _: ())


def not_whole(match: Match, judging: Judging) -> str:
    """Why the rows held do not fill the time that is spoken of; empty where they do."""
    check = match.claim.checks[0]
    metric = judging.metric(check.metric or "")
    year = check.where.get("fiscal_year")
    if isinstance(year, str) and match.ask is not None and match.ask.when == "fiscal year":
        return _year_not_whole(match, metric, int(year), judging)
    if metric.stock:
        return ""
    if metric.on is None or check.start is None or check.end is None:
        return ""
    span = judging.span(Question(metric.name))
    if span is None or span[0] is None or span[1] is None:
        return ""
    last = _end_of_month(span[1]) if metric.on == "month" else span[1]
    if check.end > last:
        return f"the rows held end on {last}, before the time it speaks of does"
    return f"the rows held begin on {span[0]}, after the time it speaks of" if check.start < span[0] else ""


def _year_not_whole(match: Match, metric: Metric, year: int, judging: Judging) -> str:
    check, ends = match.claim.checks[0], date(year, 9, 30)
    span = judging.span(Question(metric.name, {"fiscal_year": str(year)})) if metric.on else None
    last = span[1] if span else None
    if last is None:
        return "" if match.claim.on > ends + _LATE else f"fiscal year {year} is not over in what is held"
    wanted = check.end or ends
    return f"the newest release of fiscal year {year} is of {last}" if last < wanted - _LATE else ""


def _end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def days_off(match: Match, reading: Reading) -> str | None:
    """When a count was made, where that is not about the day said; None where it is, or the figure is of no day."""
    check, taken = match.claim.checks[0], _taken_on(reading)
    if match.ask is None or match.ask.when != "day" or check.end is None or check.start is None or taken is None:
        return None
    return None if check.start + NEAR - _FEW_DAYS <= taken <= check.end else f"of {taken}"


def too_old(match: Match, reading: Reading) -> bool:
    """Whether a count was made so long before the day said that it tells nothing of it."""
    start, taken = match.claim.checks[0].start, _taken_on(reading)
    of_a_day = match.ask is not None and match.ask.when == "day"
    return of_a_day and start is not None and taken is not None and taken < start


def _taken_on(reading: Reading) -> date | None:
    """The day of the snapshot that the stated figures are of."""
    caveats = (caveat for figure in reading.stated.figures for caveat in figure.caveats)
    return next((date.fromisoformat(found[1]) for one in caveats if (found := _TAKEN_ON.search(one))), None)
