"""A judgement for search engines and fact-check databases: schema.org's ClaimReview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.nouns.judgement import Judgement
from tallystick.views.judgement import edition
from tallystick.views.visit import Links


def claim_review(judgement: Judgement, links: Links) -> Mapping[str, Any]:
    """The judgement as known now as JSON-LD (https://schema.org/ClaimReview).

    The rating is our verdict in words: it has no place on a scale, since *unknown* lies on none.
    """
    claim, now = judgement.claim, judgement.now
    day = now.known_on or now.day
    return _stated(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": links.whole(f"/claims/{claim.name}"),
            "claimReviewed": claim.said,
            "datePublished": day.isoformat() if day else None,
            "author": {"@type": "Organization", "name": "Tallystick", "url": links.whole("/")},
            "reviewRating": {
                "@type": "Rating",
                "alternateName": now.word,
                "ratingExplanation": _because(judgement),
            },
            "itemReviewed": {
                "@type": "Claim",
                "author": {"@type": "Organization", "name": claim.by},
                "datePublished": claim.on.isoformat(),
                **(_appearance(claim.citation) if claim.cites == "sentence" else {}),
            },
        }
    )


def _because(judgement: Judgement) -> str:
    figures = "; ".join(f"{found.check}: {found.because}" for found in judgement.now.stated.figures)
    return f"{figures} ({edition(judgement.now)})"


def _appearance(citation: str) -> Mapping[str, Any]:
    """Where it was said: an address, or else the words of the citation."""
    if citation.startswith(("https://", "http://")) and " " not in citation:
        return {"appearance": {"@type": "CreativeWork", "url": citation}}
    return {"appearance": {"@type": "CreativeWork", "citation": citation}}


def _stated(told: dict[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in told.items() if value is not None}
