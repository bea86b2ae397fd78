"""Whether a sentence says more than a claim: a word that the claim lacks may turn its meaning round.

'ICE returned $70 million of weapons' has every word of a claim that it ordered them, and one more. So a sentence is
taken only when each of its words is the claim's, or one of a short list that reports and pays alike; who said so
('according to records') is left aside.
"""

from __future__ import annotations

import re

from tallystick.articles.quantity import Kind, Quantity
from tallystick.articles.subject import agencies_out, content

_SEGMENT = re.compile(r"\s*[,;:—–]\s+|\s+(?=according to\b)")
_TELLS = (
    r"records|data|documents|filings|figures|contracts?|statistics|releases?|spreadsheets?|lists?|tallies|tally|review|"
    r"analysis|report|database|dataset|files|numbers"
)
_WHO_SAYS = re.compile(
    r"(?i)^(?:according to|as (?:reported|shown|stated)|"
    r"(?:[\w’'.-]+\s){0,6}"
    rf"(?:{_TELLS}) (?:(?:of|from|by|dated|released|published|posted|obtained|compiled|reviewed|made public)"
    r" ?[\w,.’' -]{0,40} )?(?:show|shows|showed|shown|say|says|indicate|indicates|indicated|suggest|suggests|found|"
    r"finds|reveals?)[.”\"]*$|"
    r"what (?:[\w’'-]+\s){1,8}(?:shows?|says?|does show) is(?: that)?$|"
    r"(?:in|by|on) (?:[\w’'-]+\s){0,4}(?:own )(?:statistics|figures|data|records|count|numbers|tally)$|"
    r"(?:a|an|the|our|new|recent)\s(?:[\w’'.-]+\s){0,8}(?:found|shows|showed|indicates|reveals|revealed)$|"
    r"(?:[\w’'.-]+\s){0,4}(?:said|say|says|reported|reports|wrote|found|told \w+)(?: \w+)?[.”\"]*$)"
)
_ALIKE = content(
    "award awarded awards gave give given gives giving pay paid pays spend spent spending order orders "
    "ordered buy bought purchase purchased purchases place placed places obligate obligated obligations "
    "obligation sign signed contract contracts contracting deal deals agreement worth valued value amount "
    "amounts total totaling totalling sum money dollars funds funding receive received receives got get "
    "went goes won landed issued made make makes firm company vendor contractor supplier maker agency "
    "federal government department officials report reports reported reporting reporters records record "
    "data documents show showed shows new called named known software system systems technology tool "
    "tools product products used use using part against compared comparison where when these those "
    "other both all some such only just now then there here each every alone section program programme "
    "found inspector number numbers officers people letter what how much many while also including "
    "included includes set last body center centre between "
)
_RECEIVES = re.compile(r"(?i)\b(?:received?s?|receiving|got|won|landed|was (?:given|awarded|paid)|from|by|went|of)\b")


def says_more(text: str, found: tuple[Quantity, ...], claim: str) -> frozenset[str]:
    """Words of the sentence that are neither the claim's nor alike in meaning."""
    plain = text
    for one in reversed(found):
        if one.kind is Kind.PERIOD or one.value is not None:
            plain = plain[: one.start] + " " + plain[one.end :]
    segments = (part for part in _SEGMENT.split(agencies_out(plain)) if part and not _WHO_SAYS.match(part))
    words = frozenset(word for part in segments for word in content(part))
    return words - content(claim) - _ALIKE


def is_who_says(text: str) -> bool:
    """Whether a piece of a sentence only says who tells the rest."""
    return _WHO_SAYS.match(text.strip(" ,;:.—–")) is not None


def unexplained(text: str, plain: frozenset[str]) -> frozenset[str]:
    """The words of a text that change something: neither alike to paying nor `plain`."""
    words = re.findall(r"[^\W\d_]{3,}", agencies_out(text).lower())
    return frozenset(word for word in words if content(word) - _ALIKE - plain)


def turned_round(text: str, claim: str, giver: re.Pattern[str], names: frozenset[str]) -> bool:
    """Whether agency and firm stand the other way round than in the claim, with no word that turns giving round."""
    here, there = _order(text, giver, names), _order(claim, giver, names)
    return here is not None and there is not None and here != there and _RECEIVES.search(text) is None


def _order(text: str, giver: re.Pattern[str], names: frozenset[str]) -> bool | None:
    """Whether the agency stands before the first of the names; None where one of them is not there."""
    agency = giver.search(text)
    places = [text.lower().find(name) for name in names if name in text.lower()]
    return None if agency is None or not places else agency.start() < min(places)
