"""How the publisher's titles and labels become words that do not change from one release to the next."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FISCAL_YEAR = re.compile(r"(?:FY|fiscal year(?: \(FY\))?) ?(20\d\d|\d\d)(?!\d)", re.IGNORECASE)

_BOOKED = re.compile(r"\bbook[ -]?(in|out)s?\b")
_OLD_NAMES = re.compile(r"\b(?:non-?citizens?|aliens?|individuals?)\b")
_FISCAL_WORD = re.compile(r"(?:eo|eoy)?fy\d*|ytd\d*|x+|\d+|ye|year|end|fiscal")
_TELLS_NOTHING = frozenset(
    ["by", "and", "of", "in", "the", "a", "an", "for", "with", "to", "as", "thru", "through", "ii"]
)
_OF_A_YEAR = re.compile(r" (?:for|in) fy ?\d+")
_MONTH_WORD = re.compile(rf"(?:{'|'.join(MONTHS)})[a-z]*")
_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]* ,?(20\d\d)\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:quarter |q)([1-4])\b", re.IGNORECASE)

_SAME = {
    "dual technology": "dual tech",
    "no technology": "no tech",
    "washingtondc": "washington dc",
    "washington": "washington dc",
    "washington, dc": "washington dc",
    "washington d.c.": "washington dc",
    "washington, d.c.": "washington dc",
    "saint paul": "st paul",
    "new york city": "new york",
    "st. paul": "st paul",
    "medical mental": "medical/mental health",
    "fy overall": "total",
    "grand total": "total",
    "removals with an frc detention": "removals with a frc detention",
    "removals with an fsc detention": "removals with a fsc detention",
    "relief granted by ij total": "relief granted by ij",
    "transferred total": "transferred",
    "transfer to u.s. marshals or other agency total": "transfer to u.s. marshals or other agency",
}


@cache
def telling(title: str) -> frozenset[str]:
    """The words of a title that tell what it is of: no dates and fiscal years, no little words, singular, lower case.

    So `ICE Removals: FY2022 YTD` is `{ice, removal}`, and one title is told from another whatever the order of its
    words. People without citizenship are `person`, whatever the year called them.
    """
    said = _OLD_NAMES.sub("person", _BOOKED.sub(r"book\1", title.lower()))
    words = re.findall(r"[a-z0-9]+", said)
    return frozenset(
        _singular(word)
        for word in words
        if word not in _TELLS_NOTHING and not _FISCAL_WORD.fullmatch(word) and not _MONTH_WORD.fullmatch(word)
    ) | frozenset({"month"} & set(words))


@cache
def plain(label: str) -> str:
    """A label in lower case without marks of footnotes and edge signs, by one name over the years."""
    said = _OLD_NAMES.sub("individuals", label.lower().strip(" *:`")).replace(" area of responsibility", "")
    said = _OF_A_YEAR.sub("", " ".join(said.replace("postive", "positive").split()))
    return _SAME.get(said, said)


@cache
def fiscal_year(text: str) -> str:
    """The last fiscal year that a text names, in four digits; blank if none."""
    found = FISCAL_YEAR.findall(re.sub(r"\bYTD(?=20\d\d)", "FY", text))
    return f"20{found[-1][-2:]}" if found else ""


@cache
def month_of(text: str) -> date | None:
    """The first day of the month that a text names with its year (`March 2026`)."""
    found = _MONTH_YEAR.search(text)
    return date(int(found[2]), MONTHS.index(found[1].lower()) + 1, 1) if found else None


@cache
def quarter_of(text: str) -> str:
    found = _QUARTER.search(text)
    return f"Q{found[1]}" if found else ""


@cache
def month_in(fiscal: str, label: str) -> date | None:
    """The month called `Oct` or `October` of a fiscal year, which begins in October of the year before."""
    short = label[:3].lower()
    if not fiscal or short not in MONTHS or not _MONTH_WORD.fullmatch(label.lower()):
        return None
    month = MONTHS.index(short) + 1
    return date(int(fiscal) - (month >= 10), month, 1)


def fiscal_year_of(day: date) -> str:
    return str(day.year + (day.month >= 10))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
