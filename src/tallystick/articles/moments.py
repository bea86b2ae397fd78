"""Times that a sentence tells by an edge of them: the start of the month, the end of 2024, mid-January."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallystick.articles.before import Before, Window
from tallystick.articles.numbers import WORDS
from tallystick.articles.periods import period_of
from tallystick.articles.quantity import Period

_EDGE = re.compile(r"(?i)^(?:the\s)?(?P<edge>start|beginning|end|close)\sof\s(?:the\s)?(?P<of>.+)$")
_ROUGH = re.compile(r"(?i)^(?P<edge>early|mid|late)[- ](?P<of>[a-z].*)$")
_CLOSED = re.compile(r"(?i)\bfiscal\syear\s.*\b(?:closed|ended|ending|closing)\b")
_THOSE = re.compile(
    r"(?i)^(?:those|these)\s(?:(?:first|same)\s)?(?P<many>\w+)\s(?P<what>day|week|month|quarter|year)s$"
)
_SO_LONG = re.compile(
    r"(?i)^(?:the\s)?(?:those|these|same)\s(?:(?:first|same)\s)?(?P<many>\w+)\s(?P<what>day|week|month|quarter|year)s$"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_DAYS = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.25}
_EDGE_DAYS = timedelta(days=2)
_THIRDS = {"early": (1, 10), "mid": (11, 20)}


def is_moment(text: str) -> bool:
    """Whether the words tell an edge of a longer time: how many there were then can be asked, and nothing over it."""
    return bool(_EDGE.match(text) or _ROUGH.match(text))


def is_rough(text: str) -> bool:
    """Whether no day of it is told: mid-January begins and ends nothing."""
    return _ROUGH.match(text) is not None


def moment(text: str, known: Before) -> Period | None:
    """The days of such a time; None for what is none, or where the article does not say which year's."""
    if rough := _ROUGH.match(text):
        return _third(rough["edge"].lower(), _whole(rough["of"], known))
    if edge := _EDGE.match(text):
        return _edge(edge["edge"].lower(), _whole(edge["of"], known))
    if _CLOSED.search(text):
        return _closed(text, known.day)
    if those := _THOSE.match(text):
        return _those(those["many"], those["what"].lower(), known)
    return None


def _whole(text: str, known: Before) -> Period | None:
    """The month or year that the edge is of."""
    day = known.day
    words = text.lower().split()
    if words[-1] in ("month", "year") and not _YEAR.search(text):
        if day is None:
            return None
        if words[-1] == "month":
            first = day.replace(day=1)
            first = (first - timedelta(days=1)).replace(day=1) if words[0] == "last" else first
            return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        fiscal = "fiscal" in words
        of = day.year + (fiscal and day.month >= 10) - (words[0] == "last")
        return Period(date(of - fiscal, 10 if fiscal else 1, 1), date(of, 9, 30) if fiscal else date(of, 12, 31))
    years = [""] if _YEAR.search(text) else [f" {day.year}", f" {day.year - 1}"] if day else []
    for year in years:
        found = period_of(f"{text}{year}")
        if found.start and found.end and (day is None or found.start <= day):
            return found
    return None


def _edge(edge: str, whole: Period | None) -> Period | None:
    if whole is None or whole.start is None or whole.end is None:
        return None
    if edge in ("start", "beginning"):
        return Period(whole.start, whole.start + _EDGE_DAYS)
    return Period(whole.end - _EDGE_DAYS, whole.end)


def _third(edge: str, month: Period | None) -> Period | None:
    if month is None or month.start is None or month.end is None or month.end - month.start > timedelta(days=31):
        return None
    first, last = _THIRDS.get(edge, (21, month.end.day))
    return Period(month.start.replace(day=first), month.start.replace(day=last))


def _closed(text: str, day: date | None) -> Period | None:
    """The fiscal year that ended on a last day of September, the last one where no year is told."""
    year = _YEAR.search(text)
    if year is None and day is None:
        return None
    of = int(year.group()) if year else day.year - (day <= date(day.year, 9, 30)) if day else 0
    return Period(date(of - 1, 10, 1), date(of, 9, 30))


def is_as_long(text: str, window: Window) -> bool:
    """Whether a time is as long as the words that point back to it say, where they say so: `those nine months`."""
    those = _SO_LONG.match(text)
    if those is None or window.start is None:
        return those is None
    count = int(those["many"]) if those["many"].isdecimal() else int(WORDS.get(those["many"].lower(), 0))
    said = count * _DAYS[those["what"].lower()]
    return abs((window.end - window.start).days + 1 - said) <= max(1.0, said / 20)


def _those(many: str, what: str, known: Before) -> Period | None:
    """The last window, where it is as long as is said."""
    window = known.window
    count = int(many) if many.isdecimal() else int(WORDS.get(many.lower(), 0))
    if window is None or window.start is None or not count:
        return None
    said = count * _DAYS[what]
    length = (window.end - window.start).days + 1
    return Period(window.start, window.end) if abs(length - said) <= max(1.0, said / 20) else None
