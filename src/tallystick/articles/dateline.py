"""The day on which an article says it was published: in its page's metadata, or in a short line at its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tallystick.articles.article import Paragraph
from tallystick.articles.clauses import dateline
from tallystick.articles.periods import periods_in
from tallystick.articles.spanish import in_english

_META = re.compile(
    rb"(?:article:published_time|datePublished|publish[-_]?date|name=[\"']date[\"']|itemprop=[\"']datePublished[\"'])"
    rb"[^>]{0,80}?(\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\.\s*$")
_BYLINE = re.compile(r"(?i)\s*(?:by|published|updated|posted|last updated)\b")
_FIRST = 4
_MOST_WORDS = 14


def day_in_page(data: bytes) -> date | None:
    """The day in the metadata of a web page."""
    found = _META.search(data[:200_000])
    try:
        return date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def day_in(paragraphs: Sequence[Paragraph]) -> date | None:
    """The one whole day named in a short line among the first (`Published October 22, 2025`), or in a dateline."""
    for paragraph in paragraphs[:_FIRST]:
        if opens := dateline(paragraph.text):
            days = _days(paragraph.text[:opens])
            if len(days) == 1:
                return days[0]
        if len(paragraph.text.split()) > _MOST_WORDS or (
            _SAYS.search(paragraph.text) and not _BYLINE.match(paragraph.text)
        ):
            continue
        days = _days(paragraph.text)
        if len(days) == 1:
            return days[0]
    return None


def _days(text: str) -> list[date]:
    """Each whole day that the text names."""
    return [
        one.period.start
        for one in periods_in(in_english(text))
        if one.period.start and one.period.start == one.period.end
    ]
