"""Whether what is held fills the time that a sentence speaks of, and how far from its day a count was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tallystick.articles.filled import NEAR
from tallystick.articles.match import Match
from tallystick.nouns.claim import Check, Claim
from tallystick.nouns.judgement import Figure, Reading
from tallystick.nouns.metric import Metric, Question

_LATE = timedelta(days=20)
_FEW_DAYS = timedelta(days=4)
_FASTER = Decimal("1.5")
_SO_FAR = re.compile(r"(?i)\b(?:so far|to date|already|until now|this (?:fiscal )?year)\b")
_TAKEN_ON = re.compile(r"\bthe figure is of (\d{4}-\d{2}-\d{2})")
Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Judging:
    """What judging needs: a claim read as known now and as known on the day it was said, the first and last day of
    the rows that a question is about, a metric by its name, the dimensions that keep its figures apart,
    and whether what words leave open is asked of the figures too, which takes time."""

    now: Callable[[Claim], Reading]
    then: Callable[[Claim], Reading]
    span: Callable[[Question], Span | None]
    metric: Callable[[str], Metric]
    apart: Callable[[str], Sequence[str]] = field(default=lambda _: ())
    thorough: bool = True


def not_whole(match: Match, judging: Judging) -> str:
    """Why the rows held do not fill the times that are spoken of; empty where they do."""
    reasons = (_not_whole(match, check, judging) for check in match.claim.checks if check.metric)
    return next((reason for reason in reasons if reason), "")


def _not_whole(match: Match, check: Check, judging: Judging) -> str:
    metric = judging.metric(check.metric or "")
    year = check.where.get("fiscal_year")
    if isinstance(year, str) and match.ask is not None and match.ask.when == "fiscal year":
        return _year_not_whole(match.claim, check, metric, judging)
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


def short_of_days(match: Match, judging: Judging) -> bool:
    """Whether all that is not held of the times are the last days before the article: `so far this fiscal year`."""
    checks = [check for check in match.claim.checks if check.metric]
    return bool(checks) and all(_short_of_days(match, check, judging) for check in checks)


def _short_of_days(match: Match, check: Check, judging: Judging) -> bool:
    metric = judging.metric(check.metric or "")
    if not _not_whole(match, check, judging):
        return True
    if "fiscal_year" in check.where:
        return _SO_FAR.search(match.claim.said) is not None
    if metric.on is None or check.start is None or check.end is None:
        return False
    span = judging.span(Question(metric.name))
    held = span is not None and span[0] is not None and span[0] <= check.start and span[1]
    return bool(held) and span is not None and span[1] is not None and check.end - span[1] <= _LATE


def _year_not_whole(claim: Claim, check: Check, metric: Metric, judging: Judging) -> str:
    year = int(str(check.where["fiscal_year"]))
    ends = date(year, 9, 30)
    span = judging.span(Question(metric.name, {"fiscal_year": str(year)})) if metric.on else None
    last = span[1] if span else None
    if last is None:
        return "" if claim.on > ends + _LATE else f"fiscal year {year} is not over in what is held"
    wanted = check.end or ends
    return f"the newest release of fiscal year {year} is of {last}" if last < wanted - _LATE else ""


def _end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def days_off(match: Match, reading: Reading) -> str | None:
    """When a count was made, where that is not about the day said; None where it is, or the figure is of no day."""
    for check, taken in _taken(match, reading):
        if (
            check.start is not None
            and check.end is not None
            and not check.start + NEAR - _FEW_DAYS <= taken <= check.end
        ):
            return f"of {taken}"
    return None


def grown_since(match: Match, reading: Reading) -> tuple[date, Decimal] | None:
    """Of a count since October whose newest release is of a day before the year's end: that day, and how much the
    count may have grown by the end, as a multiple; None for any other."""
    year = match.check.where.get("fiscal_year")
    if match.ask is None or match.ask.when != "fiscal year" or not isinstance(year, str):
        return None
    begins, ends = date(int(year) - 1, 10, 1), match.check.end or date(int(year), 9, 30)
    taken = next((found for one in reading.stated.figures if (found := _taken_on(one))), None)
    if taken is None or not begins < taken < ends:
        return None
    return taken, 1 + _FASTER * Decimal((ends - taken).days) / Decimal((taken - begins).days)


def _taken_on(figure: Figure) -> date | None:
    found = next((found for caveat in figure.caveats if (found := _TAKEN_ON.search(caveat))), None)
    return date.fromisoformat(found[1]) if found else None


def too_old(match: Match, reading: Reading) -> bool:
    """Whether a count was made so long before the day said that it tells nothing of it."""
    return any(check.start is not None and taken < check.start for check, taken in _taken(match, reading))


def _taken(match: Match, reading: Reading) -> Iterator[tuple[Check, date]]:
    """Each check of how many there were on a day, with the day of the snapshot that its figure is of."""
    if match.ask is None or match.ask.when != "day":
        return
    for check, figure in zip(match.claim.checks, reading.stated.figures, strict=True):
        taken = _taken_on(figure)
        if taken is not None and check.metric is not None:
            yield check, taken
