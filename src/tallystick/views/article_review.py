"""The judged numbers of an article for search engines and fact-check databases: schema.org's ClaimReview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallystick.articles.answered import Answered, Checked, Word
from tallystick.articles.article import Article
from tallystick.views.article import read_as, told

JUDGED = frozenset({Word.SUPPORTED, Word.CONTRADICTED, Word.DEPENDS, Word.WAS_RIGHT, Word.NOT_CHECKABLE})


def article_reviews(article: Article, found: Sequence[Checked]) -> Mapping[str, Any]:
    """Every judged number as a ClaimReview (https://schema.org/ClaimReview) in one JSON-LD graph.

    The rating is our word: it has no place on a scale, since *not checkable* lies on none. What could not be matched
    safely is not in it.
    """
    graph = [_review(article, one, answer) for one, answer in _judged(found)]
    return {"@context": "https://schema.org", "@graph": graph}


def _judged(found: Sequence[Checked]) -> Iterator[tuple[Checked, Answered]]:
    for one in found:
        yield from ((one, answer) for answer in one.answers if answer.word in JUDGED and answer.match)


def _review(article: Article, one: Checked, answer: Answered) -> Mapping[str, Any]:
    reading = answer.reading
    day = (reading.known_on or reading.day) if reading else None
    told_as = f" Read as {read_as(answer.match)}." if answer.match else ""
    said = {
        "@type": "ClaimReview",
        "claimReviewed": one.sentence.text,
        "datePublished": day.isoformat() if day else None,
        "author": {"@type": "Organization", "name": "Tallystick"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": answer.word.value,
            "ratingExplanation": f"{answer.quantity.text}: {told(answer)}.{told_as}",
        },
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": article.day.isoformat() if article.day else None,
            "appearance": {"@type": "CreativeWork", "name": article.name},
        },
    }
    return {name: value for name, value in said.items() if value is not None}
