"""What the dates of a notice say of comments and of taking effect."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}\b")
_DAYS = re.compile(
    r"\b(\w+|\w+ \(\d+\)) (?:calendar )?days (?:after|from|following) (?:the )?(?:date of )?(?:its )?public"
)
_LATER = re.compile(r"whichever (?:date )?is later|the later of", re.IGNORECASE)
_WORDS = {"thirty": 30, "forty": 40, "sixty": 60}


def sentences_about(pattern: re.Pattern[str], text: str, without: re.Pattern[str] | None = None) -> str:
    """The sentences that the pattern is found in (and `without` is not), one after the other."""
    told = (s for s in _SENTENCE.split(text) if pattern.search(s) and not (without and without.search(s)))
    return " ".join(told)


def due_date(text: str, published: date) -> date | None:
    """The first day that the text states, or counts from publication; None where it does neither.

    Of several the latest where the text says that the later counts.
    """
    told = sorted(_told(text, published))
    if not told:
        return None
    return max(day for _, day in told) if _LATER.search(text) else told[0][1]


def _told(text: str, published: date) -> Iterator[tuple[int, date]]:
    """Each day told, with its place in the text. A day that the calendar does not have tells nothing."""
    for found in _DAY.finditer(text):
        try:
            yield found.start(), datetime.strptime(found[0], "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    for found in _DAYS.finditer(text):
        number = re.search(r"\d+", found[1])
        days = int(number[0]) if number else _WORDS.get(found[1].lower(), 0)
        if 0 < days < 1000:
            yield found.start(), published + timedelta(days=days)
