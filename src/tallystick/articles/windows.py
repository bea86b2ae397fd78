"""Which days the periods of a sentence are, with what the article said before: `since`, `the same period`, terms.

Where the days are not certain there is none, and the reason in words: a guess would judge another period than was
meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tallystick.articles.before import Before, Window
from tallystick.articles.moments import is_moment, is_rough, moment
from tallystick.articles.numbers import WORDS
from tallystick.articles.periods import period_of
from tallystick.articles.quantity import Kind, Period, Quantity
from tallystick.articles.wording import Span
from tallystick.articles.words import places

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
ITEM = re.compile(r"[\s\-•*–·▪]*[^.!?:]{0,40}:\s?[^.!?:]{0,60}\.?$")
"""A point of a list: a label, and what it is of."""
_BY_YEAR = re.compile(r"(?i)\bfiscal years?\b")
_ON_TO = re.compile(r"(?i)\s(?:to|through|until)\s(?:the\s)?$")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")
_SINCE = re.compile(r"(?i)\b(?:since|starting(?: in| on)?|beginning(?: in| on)?)(?: the| last| this)?\s*$")
_WHEN = re.compile(r"(?i)\b(?:when|the day|on the day|as)(?: that)?\s*$")
_UNTIL = re.compile(
    r"(?i)(?<!dates )(?<!dated )(?<!dating )(?<!back )"
    r"\b(?:through|until|up to|to|as of|by)(?: the end of| last| this| late| mid| early)?\s*$"
)
_ROUGH = re.compile(r"(?i)\b(?:early|mid|late|around|about|before|after)[\s-]*$")
_SAME = re.compile(
    r"(?i)^(?:the )?same\b|year (?:earlier|before|ago|prior)$|^(?:the )?(?:previous|prior|preceding)\b.*year$"
)
_BEFORE = re.compile(r"(?i)^(?:the )?(?:previous|prior|preceding)\b.*year$")
_MOST_OF_A_YEAR = timedelta(days=300)
_LATER = re.compile(r"(?i)year later$|^the following (?:fiscal )?year$")
_THAT = re.compile(r"(?i)^that (?P<what>fiscal year|year|month|day|date|period|time)$")
_OF_THAT_YEAR = re.compile(r"(?i)\s(?:of|in)\s(?:that|the\ssame|the\s(?P<before>previous|prior|preceding))\syear$")
_FIRST = re.compile(r"(?i)^(?:the )?first (?P<many>\w+) months?\b")
_PART = re.compile(
    r"(?i)^(?:the )?(?P<which>first|second|third|fourth|last|final)\s(?:fiscal\s)?(?P<what>quarter|half|month)\b|"
    r"^Q(?P<q>[1-4])\b"
)
_NEXT = 6
_FISCAL = re.compile(r"(?i)fiscal|FY")
_THIS = re.compile(r"(?i)^(?:the )?(?P<which>this|last|past|previous)\s(?P<what>fiscal year|year|month)$")


@dataclass(frozen=True)
class Dating:
    """A period's place in its sentence and its window; or why it has none."""

    start: int
    end: int
    window: Window | None
    because: str = ""


def datings(text: str, found: Sequence[Quantity], times: Sequence[Span], before: Before) -> tuple[Dating, ...]:
    """Each period of the sentence in order, dated as far as words and article allow; one may lean on the last."""
    made: list[Dating] = []
    # of several times told before, none is the one that 'a year earlier' is seen from
    several = len(before.last.windows) != 1 and len(before.windows) > 1
    known = replace(before, window=None if several else before.window, year=_year_told(before))
    years = [int(year) for year in _YEAR.findall(text)]
    if len(set(years)) == 1:
        known = replace(known, year=years[0])
    named = _by_name(text, times, before)
    fiscal = ITEM.match(text) is not None and _BY_YEAR.search(before.last.text) is not None
    for quantity in (one for one in found if one.kind is Kind.PERIOD):
        if any(one.start < quantity.end and quantity.start < one.end for one in named):
            continue
        one = _dated(text, quantity, times, known)
        if made and made[-1].window is not None and _ON_TO.match(text, made[-1].end, quantity.start):
            one = _of_range(quantity, one)
        if one.window is not None and _BARE_YEAR.fullmatch(quantity.text) and (fiscal or any(map(_fiscal, made))):
            one = replace(one, window=_as_fiscal(int(quantity.text)))
        made.append(one)
        if one.window is not None:
            known = replace(known, year=one.window.end.year, window=one.window)
    every = sorted([*made, *named], key=lambda one: one.start)
    return tuple(one for one in every if (one.window and one.window.certain) or not _told_next(one, every))


def _year_told(before: Before) -> int | None:
    """The one year of which the sentence before speaks for certain."""
    years = {window.end.year for window in before.last.windows if window.certain}
    return years.pop() if len(years) == 1 else None


def _of_range(quantity: Quantity, one: Dating) -> Dating:
    """The second of `from fiscal 2024 to fiscal 2025`: a time of its own, and no end of the first."""
    period = quantity.period
    if period is None or period.start is None or period.end is None:
        return one
    return Dating(quantity.start, quantity.end, Window(period.start, period.end))


def _fiscal(one: Dating) -> bool:
    return one.window is not None and one.window.fiscal_year != ""


def _as_fiscal(year: int) -> Window:
    """`in fiscal year 2025, up from 3,000 in 2024`: the second is a fiscal year too."""
    return Window(date(year - 1, 10, 1), date(year, 9, 30), False)


def _told_next(one: Dating, every: Sequence[Dating]) -> bool:
    """Whether the very next words say which days were meant: `a year earlier, on January 16`."""
    certain = (other for other in every if other.window is not None and other.window.certain)
    return any(0 <= other.start - one.end <= _NEXT for other in certain)


def _by_name(text: str, times: Sequence[Span], before: Before) -> list[Dating]:
    """`since the president took office`: a time by what happened, up to the article's day or its own end."""
    found = []
    for span in times:
        for start, end in places(span.called, text):
            since = _SINCE.search(text[:start])
            if since is None:
                if when := _WHEN.search(text[:start]):
                    found.append(Dating(when.start(), end, Window(span.start, span.start)))
                continue
            last = None if span.end else before.day
            because = "" if last else f"until when '{text[start:end]}' counts is not said"
            window = Window(span.start, last, False) if last else None
            found.append(Dating(since.start(), end, window, because))
    return found


def _dated(text: str, quantity: Quantity, times: Sequence[Span], known: Before) -> Dating:
    before = text[: quantity.start]
    start, sure = quantity.start, True
    unsaid = Dating(start, quantity.end, None, f"which days '{quantity.text}' are is not said")
    if _ROUGH.search(before):
        return unsaid
    period = quantity.period
    if period is None or period.start is None or period.end is None:
        period = _from_article(quantity.text, times, known)
        sure = period is not None and bool(_FIRST.match(quantity.text))
    if period is None or period.start is None or period.end is None:
        return unsaid
    if period.start > period.end:
        return unsaid
    edge = is_moment(quantity.text)
    if is_rough(quantity.text) and (_SINCE.search(before) or _UNTIL.search(before)):
        return unsaid
    if since := _SINCE.search(before):
        if known.day is None or known.day < period.start:
            return replace(unsaid, because=f"until when 'since {quantity.text}' counts is not said")
        return Dating(since.start(), quantity.end, Window(period.start, known.day, False))
    if until := _UNTIL.search(before):
        return Dating(until.start(), quantity.end, Window(None, period.end, sure))
    return Dating(start, quantity.end, Window(period.start, period.end, sure, edge))


def _from_article(text: str, times: Sequence[Span], known: Before) -> Period | None:
    """The days of a period that leans on the article: the same of another year, a term's first months, this year."""
    if edge := moment(text, known):
        return edge
    if of := _OF_THAT_YEAR.search(text):
        back = 1 if of["before"] else 0
        return period_of(f"{text[: of.start()]} {known.window.end.year - back}") if known.window else None
    if that := _THAT.search(text):
        return _that(that["what"].lower(), known.window) if known.window else None
    if _SAME.search(text):
        return _same(text, known)
    if _LATER.search(text):
        return _year_on(known.window)
    if first := _FIRST.match(text):
        return _first_months(text, first["many"], times)
    if part := _PART.match(text):
        return _part(text, part)
    if this := _THIS.match(text):
        return _this(this, known.day)
    return _with_year(text, known)


def _same(text: str, known: Before) -> Period | None:
    """The last window, in the year that is named or one year earlier."""
    window = known.window
    if window is None or window.start is None:
        return None
    year = _YEAR.search(text)
    if _BEFORE.search(text):
        return _year_before(text, window)
    back = window.start.year - int(year.group()) if year else 1
    if not 0 < back < 20:
        return None
    return Period(_earlier(window.start, back), _earlier(window.end, back))


def _year_before(text: str, window: Window) -> Period | None:
    """The previous year of a whole one; of a part of one, the fiscal year before its own, where it is called so."""
    if not _FISCAL.search(text):
        whole = window.start is not None and window.end - window.start > _MOST_OF_A_YEAR
        return Period(_earlier(window.start, 1), _earlier(window.end, 1)) if whole and window.start else None
    of = window.end.year + (window.end.month >= 10) - 1
    return Period(date(of - 1, 10, 1), date(of, 9, 30))


def _that(what: str, window: Window) -> Period:
    """The day, month or year that the last window is, or lies in."""
    end = window.end
    if what.endswith("year") and not window.fiscal_year:
        of = end.year + (end.month >= 10)
        fiscal = what == "fiscal year"
        return (
            Period(date(of - 1, 10, 1), date(of, 9, 30))
            if fiscal
            else Period(date(end.year, 1, 1), date(end.year, 12, 31))
        )
    if what == "month":
        first = end.replace(day=1)
        return Period(first, _months_on(first, 1))
    return Period(window.start, end)


def _year_on(window: Window | None) -> Period | None:
    """The last window, a year later."""
    return (
        None
        if window is None or window.start is None
        else Period(_earlier(window.start, -1), _earlier(window.end, -1))
    )


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _first_months(text: str, many: str, times: Sequence[Span]) -> Period | None:
    """The first months of a term or of a year."""
    count = int(many) if many.isdecimal() else int(WORDS.get(many.lower(), 0))
    if not 0 < count <= 60:
        return None
    spans = [span for span in times if places(span.called, text)]
    year = _YEAR.search(text)
    if len(spans) == 1:
        start = spans[0].start
    elif year is not None:
        fiscal = _FISCAL.search(text)
        start = date(int(year.group()) - 1, 10, 1) if fiscal else date(int(year.group()), 1, 1)
    else:
        return None
    return Period(start, _months_on(start, count))


def _months_on(start: date, months: int) -> date:
    """The last day of so many months: of those from the first, the end of a month; from another day, its like."""
    at = start.year * 12 + start.month - 1 + months
    if start.day == 1:
        return date(at // 12, at % 12 + 1, 1) - timedelta(days=1)
    return date(at // 12, at % 12 + 1, min(start.day, 28))


def _part(text: str, found: re.Match[str]) -> Period | None:
    """A quarter or half of a fiscal or calendar year that is named."""
    year = _YEAR.search(text)
    if year is None:
        return None
    months = {"half": 6, "month": 1}.get((found["what"] or "").lower(), 3)
    last = 12 // months
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": last, "final": last}
    number = int(found["q"]) if found["q"] else ordinals[found["which"].lower()]
    if number * months > 12:
        return None
    of = int(year.group())
    opens = date(of - 1, 10, 1) if _FISCAL.search(text) else date(of, 1, 1)
    at = opens.year * 12 + opens.month - 1 + (number - 1) * months
    start = date(at // 12, at % 12 + 1, 1)
    return Period(start, _months_on(start, months))


def _this(found: re.Match[str], day: date | None) -> Period | None:
    """This or last year, fiscal year or month, seen from the article's day; this one as far as that day."""
    if day is None or found["which"].lower() == "past":
        return None
    what, last = found["what"].lower(), found["which"].lower() != "this"
    if what == "month":
        first = day.replace(day=1)
        return Period((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)) if last else None
    of = day.year + (what == "fiscal year" and day.month >= 10) - last
    opens = date(of - 1, 10, 1) if what == "fiscal year" else date(of, 1, 1)
    closes = date(of, 9, 30) if what == "fiscal year" else date(of, 12, 31)
    return Period(opens, closes if last else min(day, closes))


def _with_year(text: str, known: Before) -> Period | None:
    """A day or month without a year: that of the article's day, else of the year named last; never one to come."""
    if _YEAR.search(text) or re.search(r"(?i)past|last|next|previous|same|few|several|season|s$", text):
        return None
    years = [known.day.year, known.day.year - 1] if known.day else [known.year] if known.year else []
    for year in years:
        found = period_of(f"{text}, {year}" if re.search(r"\d", text) else f"{text} {year}")
        if found.start and found.end and (known.day is None or found.start <= known.day):
            return found
    return None
