"""Dates and periods as English writes them, and the days that they are, where the words alone say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tallystick.articles.quantity import Period

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, start=1)}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:19|20)\d{2}"
_DAY = (
    rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d|,\d{{3}})(?:,?\s{_YEAR}\b)?|"
    rf"\d{{1,2}}\s{_MONTH}(?:\s{_YEAR})?\b|{_YEAR}-\d{{2}}-\d{{2}}\b)"
)
_OF_MONTH = rf"{_MONTH}(?:\sof)?,?\s{_YEAR}\b"
_POINT = rf"(?:{_DAY}|{_OF_MONTH}|{_MONTH}\b)"
_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple of|dozen)"
_UNITS = (
    r"(?:(?:spring|summer|autumn|fall|winter)\b|days?|weeks?|months?|quarters?|"
    r"(?:fiscal\s|calendar\s)?years?|decades?)"
)
_OF_WHAT = (
    r"(?:\s(?:of|in)\s(?:(?:the|this|his|her|its|last|their)\s)?(?:(?:fiscal\s(?:year\s)?|calendar\s(?:year\s)?|FY\s?)?"
    rf"{_YEAR}|(?:\w+[’']?s?\s){{0,2}}(?:term|year|administration|agreement|contract|presidency|operation)))?"
)

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:the\s)?(?:start|beginning|end|close)\sof\s(?:(?:the|this|last)\s(?:fiscal\s)?(?:month|year)\b|"
        rf"(?:fiscal\s(?:year\s)?|FY\s?)?{_YEAR}\b))|\b(?i:the\s)?(?i:start|beginning|end)\sof\s{_MONTH}(?:\s{_YEAR})?\b",
        rf"\b(?i:(?:early|mid|late)[- ]){_MONTH}(?:\s{_YEAR}\b)?(?!\s\d)",
        rf"(?i:\b(?:the\s)?fiscal\syear\s(?:that\s|which\s)?(?:had\s)?(?:closed|ended|ending|closing)(?:\son)?)\s(?:(?i:last)\s)?"
        rf"Sep(?:t(?:ember|\.)?|\.)?(?:\s30)?(?:,?\s{_YEAR}\b)?",
        rf"(?i:\b(?:those|these)\s(?:(?:first|same)\s)?(?:{_COUNT}\s)(?:days|weeks|months|quarters|years)\b)",
        rf"\b{_POINT}(?:,?\s(?:to|through|until|and)\s|\s?[–—-]\s?){_POINT}",
        rf"\b{_MONTH}\s\d{{1,2}}\s?[–-]\s?\d{{1,2}}(?!\d)(?:,?\s{_YEAR}\b)?",
        rf"\b{_MONTH}(?:\s\d{{1,2}})?\s(?:of|in)\s(?:that|the\ssame|the\s(?:previous|prior|preceding))\syear\b",
        rf"\b{_DAY}|\b{_OF_MONTH}|\b\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})\b",
        rf"(?i:\b(?:the\s)?(?:first|second|third|fourth|last|final|opening)\s(?:fiscal\s)?(?:quarter|half|month|week|day|{_COUNT}\s{_UNITS}))"
        rf"\s(?i:of|in)\s(?:the\s)?(?i:fiscal\s(?:year\s)?|calendar\s(?:year\s)?|FY\s?){_YEAR}\b",
        rf"(?i:\b(?:fiscal|financial|calendar|budget)(?:\syears?)?\s)(?:{_YEAR})"
        rf"(?:\s?[-–]\s?(?:{_YEAR}|\d{{2}})\b|\s(?:to|through|and)\s(?:{_YEAR}\b|\d{{2}}\b(?![,.%]?\d|\s?%|\s[a-z])))?",
        rf"(?i:\b(?:the\s)?{_YEAR}\s(?:fiscal|financial|budget)\syear\b)",
        r"\bFY\s?[’']?(?:\d{4}|\d{2})(?:\s?[-–]\s?(?:FY\s?)?(?:\d{4}|\d{2}))?\b",
        rf"(?i:\b(?:the\s)?(?:first|second|third|fourth|last|final|opening)\s(?:fiscal\s)?"
        rf"(?i:quarter|half|{_COUNT}\s{_UNITS}|{_UNITS}))\b{_OF_WHAT}",
        rf"\bQ[1-4](?:\s(?:of\s)?(?:FY\s?)?{_YEAR})?\b",
        rf"(?i:\b(?:the\s)?same\s(?:\w+[-\s]){{0,2}}(?:period|time|months?|span|stretch|quarters?|weeks?|days?|dates?|{_COUNT}\smonths)"
        rf"(?:\s(?:of|in|during|the)\s(?:{_YEAR}|(?:the\s)?(?:previous|prior|preceding|last)?\s?year(?:\s(?:before|earlier))?|"
        r"a\syear\s(?:before|earlier)))?|\b(?:a|the|one)\s(?:fiscal\s)?year\s(?:earlier|before|ago|prior|later)\b|\bthe\sfollowing\s(?:fiscal\s)?year\b|"
        r"\bthat\s(?:fiscal\syear|year|month|day|date)\b)",
        rf"(?i:\b(?:the\s)?(?:past|last|previous|next|prior|coming|preceding|this)\s(?:(?:{_COUNT})\s)?{_UNITS})\b{_OF_WHAT}",
        rf"\b{_YEAR}\s?[-–]\s?(?:{_YEAR}|\d{{2}})\b(?!-)",
        rf"(?<=[Bb]etween\s){_YEAR}\sand\s{_YEAR}\b|(?<=[Ff]rom\s){_YEAR}\s(?:to|through|until)\s{_YEAR}\b",
        rf"\b(?:early|mid|late)[- ]{_YEAR}\b|\b{_YEAR}s\b|\bthe\s\d0s\b",
        r"(?i:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\blast\s)|(?<=\bthrough\s)|(?<=\bduring\s)|"
        rf"(?<=\bof\s)|(?<=\bthis\s)|(?<=\bfrom\s)|(?<=\bbefore\s)|(?<=\bafter\s)){_MONTH}(?![\w’'])",
        rf"(?<![\d.,$€£#-]){_YEAR}(?![\d%]|,\d|\.\d|-\w|\s(?:percent|million|billion|thousand|dollars))\b",
    )
)  # fmt: skip
_PARTS = re.compile(
    rf"(?P<month>{_MONTH})(?:\s(?:of\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:(?:\sof)?,?\s(?P<year>{_YEAR}))?"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_EUROPEAN = re.compile(rf"(\d{{1,2}})\s({_MONTH})(?:\s({_YEAR}))?")
_PLURAL_BEHIND = re.compile(r"\s[a-z]+s\b")
_OF_TIME = re.compile(
    r"(?:\b(?:in|of|since|by|until|from|during|through|to|and|before|after|for|year|than|ended|late|early|spring|summer|"
    r"autumn|fall|winter)|[(,–-])\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dated:
    """A period found: its place in the sentence, and its days."""

    start: int
    end: int
    period: Period


def periods_in(sentence: str) -> Iterator[Dated]:
    """Each date and period, the longest where two could be read, in order."""
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in _PATTERNS:
        for one in pattern.finditer(sentence):
            start, end = one.span()
            met = any(start < other[1] and other[0] < end for other in taken)
            if met or _counts(sentence, one.group(), start, end):
                continue
            taken.append((start, end))
            found.append(Dated(start, end, period_of(one.group())))
    yield from sorted(found, key=lambda one: one.start)


def _counts(sentence: str, text: str, start: int, end: int) -> bool:
    """Whether four digits count something ("2000 officers") and name no year."""
    bare = re.fullmatch(_YEAR, text) is not None
    return bare and bool(_PLURAL_BEHIND.match(sentence, end)) and not _OF_TIME.search(sentence[:start])


def period_of(text: str) -> Period:
    """The days that the words are; without a year in them, or told by what the reader knows, they are none."""
    if re.search(
        r"same|past|last|previous|next|prior|coming|preceding|this|that|those|these|earlier|before|ago|later|following|"
        r"\b(?:start|beginning|end|close)\b|closed|ended|ending|closing|\b(?:early|mid|late)\b",
        text,
        re.IGNORECASE,
    ):
        return Period()
    years = [int(year) for year in re.findall(_YEAR, text)]
    if fiscal := re.search(r"(?i)fiscal|FY", text):
        years = years or [2000 + int(two) for two in re.findall(r"\d{2}", text[fiscal.end() :])[:1]]
        return Period(date(years[0] - 1, 10, 1), date(years[-1], 9, 30)) if years and not _part(text) else Period()
    points = _points(text, years[-1] if years else None)
    if points or _PARTS.search(text):
        return _in_order(points[0][0], points[-1][1], len(years)) if points else Period()
    if years and not _part(text) and not re.search(r"early|mid|late|\ds$", text):
        return Period(date(years[0], 1, 1), date(_last_year(text, years), 12, 31))
    return _quarter(text, years)


def _in_order(start: date, end: date, years: int) -> Period:
    """From one to the other; `October to March 2026` begins the year before, and what is turned round is none."""
    if start <= end:
        return Period(start, end)
    earlier = _day(start.year - 1, start.month, start.day)
    return Period(earlier, end) if earlier and years < 2 else Period()


def _part(text: str) -> bool:
    return re.search(r"(?i)first|second|third|fourth|half|final|opening|quarter|Q[1-4]", text) is not None


def _last_year(text: str, years: list[int]) -> int:
    short = re.search(r"\d{4}\s?[-–]\s?(\d{2})$", text)
    return years[0] // 100 * 100 + int(short[1]) if short else years[-1]


def _quarter(text: str, years: list[int]) -> Period:
    """A quarter, half or the first months of one calendar year; of a fiscal year or a term the words do not say."""
    found = re.search(r"(?i)Q([1-4])|(first|second|third|fourth)\s(quarter|half)", text)
    if found is None or not years or re.search(r"(?i)fiscal|FY", text):
        return Period()
    number = int(found[1]) if found[1] else ("first", "second", "third", "fourth").index(found[2].lower()) + 1
    length = 6 if found[3] and found[3].lower() == "half" else 3
    if number * length > 12:
        return Period()
    return Period(date(years[0], (number - 1) * length + 1, 1), _end_of_month(years[0], number * length))


def _points(text: str, year: int | None) -> list[tuple[date, date]]:
    """First and last day of each day or month named; the last year named is that of those without one."""
    if iso := _ISO.search(text):
        day = _day(*map(int, iso.groups()))
        return [(day, day)] if day else []
    if european := _EUROPEAN.fullmatch(text):
        whole = _day(int(european[3]) if european[3] else year, _number(european[2]), int(european[1]))
        return [(whole, whole)] if whole else []
    found = []
    for part in _PARTS.finditer(text):
        of = int(part["year"]) if part["year"] else year
        month = _number(part["month"])
        if of is None:
            return []
        first = _day(of, month, int(part["day"] or 1))
        if first is None:
            return []
        found.append((first, first if part["day"] else _end_of_month(of, month)))
    if (to := re.search(r"\d\s?[–-]\s?(\d{1,2})\b", text)) and len(found) == 1:
        last = _day(found[0][0].year, found[0][0].month, int(to[1]))
        found = [(found[0][0], last)] if last else []
    return found


def _number(month: str) -> int:
    return _MONTHS[month[:3].lower()]


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
